import { addMonths, type Month, type PlainDate } from '../../../domain/calendar.ts';
import { ordinaryName, type Sex, surname } from './names.ts';
import type { NumberSource } from './numbers.ts';
import type { Random } from './random.ts';
import { SAMPLE_STREETS, type SampleStreet } from './streets.ts';

/** Words as the household sheet has them (家庭名册). */
export type SampleRelation = '户主' | '配偶' | '子女' | '儿媳' | '父亲' | '母亲' | '孙子女' | '兄弟姐妹';

/** A member of a household as the sheet says it; amounts in yuan a month unless they say otherwise. Nobody real. */
export type SampleMember = {
  readonly name: string;
  readonly sex: Sex;
  readonly idNumber: string;
  readonly birthDate: PlainDate;
  readonly relation: SampleRelation;
  /** 保障对象; the others count in the income and get no share. */
  readonly covered: boolean;
  readonly disability?: {
    readonly kind: '肢体' | '视力' | '智力' | '精神' | '听力';
    readonly grade: 1 | 2 | 3 | 4;
  };
  readonly seriousIllness?: true;
  readonly student?: '学前' | '义务教育' | '高中' | '中职' | '大学' | '研究生';
  readonly work?: { readonly kind: '在职' | '灵活就业'; readonly wage: string };
  readonly pension?: string;
  readonly maintenance?: string;
  readonly transfer?: string;
  /** Yuan a year. */
  readonly otherIncome?: string;
  readonly pensionAge?: true;
  readonly reducedWorkCapacity?: true;
  readonly group?: '传统救济对象' | '优抚孤老烈属' | '单亲' | '独居' | '当地规定的其他人员';
  readonly excluded?: '服刑';
};

/** 赡养 or 抚养: what the sheet writes as duty:monthly income:persons:supported. */
export type SampleObligor = {
  readonly duty: '赡养' | '抚养';
  readonly income: string;
  readonly persons: number;
  readonly supported: number;
  readonly exempt?: '低保' | '特困' | '低收入';
};

/** What a family is, before it is given a street, papers and an account. The first member is the head. */
export type Family = {
  readonly kind: FamilyKind;
  readonly members: readonly SampleMember[];
  /** Yuan a year. */
  readonly operatingIncome?: string;
  readonly propertyIncome?: string;
  readonly obligors?: readonly SampleObligor[];
  /** Who is paid instead of the head. */
  readonly payee?: { readonly name: string; readonly idNumber: string };
};

/** A household of the sample district. */
export type SampleHousehold = Family & {
  /** 低保证号 */
  readonly certificate: string;
  readonly street: SampleStreet;
  readonly residence: '城镇' | '农村';
  readonly appliedOn: PlainDate;
  readonly account: string;
  /** The initial decision: its document, and its day, after which the amount is due from the next month on. */
  readonly decision: { readonly document: string; readonly decidedOn: PlainDate };
};

export type FamilyKind = keyof typeof MAKERS;
type Made = Omit<Family, 'kind'>;
type Given = Partial<Omit<SampleMember, 'relation' | 'idNumber' | 'name'>> & { readonly family?: string };

/** Makes families as an office has them on its roll; by construction all of them are below the standard of Beijing. */
export class FamilyMaker {
  readonly random: Random;
  readonly numbers: NumberSource;
  readonly #month: Month;

  constructor(random: Random, numbers: NumberSource, month: Month) {
    this.random = random;
    this.numbers = numbers;
    this.#month = month;
  }

  /** One of a kind. */
  of(kind: FamilyKind): Family {
    return { kind, ...MAKERS[kind][0](this) };
  }

  /** Any family, as often as its kind is found. */
  family(): Family {
    return this.of(this.random.weighted(SHARES));
  }

  street(): SampleStreet {
    return this.random.weighted(SAMPLE_STREETS.map((street) => [street, street.weight] as const));
  }

  member(relation: SampleRelation, age: number, { family, ...given }: Given = {}): SampleMember {
    const sex = given.sex ?? (this.random.chance(500) ? 'female' : 'male');
    const birthDate = given.birthDate ?? this.birthDate(age);
    return {
      name: ordinaryName(this.random, sex, family),
      relation,
      covered: true,
      ...(age >= (sex === 'male' ? 60 : 55) && { pensionAge: true as const }),
      ...given,
      sex,
      birthDate,
      idNumber: this.numbers.identityNumber(birthDate, sex),
    };
  }

  surname(): string {
    return surname(this.random);
  }

  between(least: number, most: number): number {
    return least + this.random.below(most - least + 1);
  }

  /** Yuan with two decimals between two whole amounts; now and then with fen in it, as payrolls have them. */
  yuan(least: number, most: number): string {
    return `${this.between(least, most - 1)}.${this.random.chance(300) ? String(this.random.below(100)).padStart(2, '0') : '00'}`;
  }

  /** Of someone who is so old on the first day of the month that is paid. */
  birthDate(age: number): PlainDate {
    const born = addMonths(this.#month, -12 * age - 1 - this.random.below(11));
    return `${born}-${String(1 + this.random.below(28)).padStart(2, '0')}`;
  }
}

function student(maker: FamilyMaker, relation: '子女' | '孙子女', family: string): SampleMember {
  const [student, from, to] = maker.random.pick([
    ['学前', 3, 5],
    ['义务教育', 6, 14],
    ['义务教育', 7, 15],
    ['高中', 15, 18],
    ['中职', 15, 18],
    ['大学', 18, 22],
  ] as const);
  return maker.member(relation, maker.between(from, to), { student, family });
}

/** Lives alone, with a small pension or none. */
function loneElder(maker: FamilyMaker): Made {
  const pension = maker.random.chance(700) ? { pension: maker.yuan(230, 1350) } : {};
  return { members: [maker.member('户主', maker.between(61, 88), pension)] };
}

function severelyDisabled(maker: FamilyMaker): Made {
  const disability = maker.random.pick([
    { kind: '肢体', grade: 1 },
    { kind: '肢体', grade: 2 },
    { kind: '视力', grade: 1 },
    { kind: '智力', grade: 3 },
    { kind: '精神', grade: 2 },
  ] as const);
  return { members: [maker.member('户主', maker.between(25, 58), { disability })] };
}

function lessDisabled(maker: FamilyMaker): Made {
  const disability = maker.random.pick([
    { kind: '肢体', grade: 3 },
    { kind: '听力', grade: 4 },
  ] as const);
  const given = { disability, ...(maker.random.chance(500) && { reducedWorkCapacity: true as const }) };
  const head = maker.member('户主', maker.between(35, 52), { ...given, sex: 'male' });
  return { members: [{ ...head, transfer: maker.yuan(50, 600) }] };
}

function oldCouple(maker: FamilyMaker): Made {
  const age = maker.between(62, 84);
  const one = maker.member('户主', age, { sex: 'male', pension: maker.yuan(200, 1500) });
  const two = maker.member('配偶', age - maker.between(0, 4), {
    sex: 'female',
    pension: maker.yuan(100, 1100),
    ...(maker.random.chance(150) && { seriousIllness: true as const }),
  });
  const obligors: SampleObligor[] = maker.random.chance(300)
    ? [{ duty: '赡养', income: maker.yuan(5000, 8500), persons: 3, supported: maker.between(1, 2) }]
    : [];
  return { members: [one, two], ...(obligors.length > 0 && { obligors }) };
}

function couple(maker: FamilyMaker, age: number, wage: string): [SampleMember, SampleMember] {
  const work = { kind: maker.random.chance(600) ? ('在职' as const) : ('灵活就业' as const), wage };
  return [
    maker.member('户主', age, { sex: 'male', work }),
    maker.member('配偶', age - maker.between(0, 4), { sex: 'female' }),
  ];
}

function schoolFamily(maker: FamilyMaker): Made {
  const [head, wife] = couple(maker, maker.between(36, 50), maker.yuan(1200, 3900));
  const family = Array.from(head.name)[0] ?? '';
  const children = Array.from({ length: maker.between(1, 2) }, () => student(maker, '子女', family));
  return { members: [head, wife, ...children] };
}

function loneParent(maker: FamilyMaker): Made {
  const head = maker.member('户主', maker.between(32, 46), {
    sex: maker.random.chance(750) ? 'female' : 'male',
    ...(maker.random.chance(500) && { work: { kind: '灵活就业' as const, wage: maker.yuan(800, 1440) } }),
  });
  const child = student(maker, '子女', maker.surname());
  const maintenance = maker.random.chance(500) ? { maintenance: maker.yuan(200, 800) } : {};
  return { members: [head, { ...child, ...maintenance }] };
}

function seriouslyIll(maker: FamilyMaker): Made {
  const [head, wife] = couple(maker, maker.between(40, 54), maker.yuan(1500, 4200));
  const child = student(maker, '子女', Array.from(head.name)[0] ?? '');
  return { members: [head, { ...wife, seriousIllness: true }, child] };
}

/** A grown child with a severe disability and parents of sixty and more. */
function oldParentsOfDisabled(maker: FamilyMaker): Made {
  const age = maker.between(61, 72);
  const head = maker.member('户主', age, { sex: 'male', pension: maker.yuan(1000, 3300) });
  const wife = maker.member('配偶', age - 2, { sex: 'female', pension: maker.yuan(200, 900) });
  const disability = maker.random.pick([
    { kind: '智力', grade: 2 },
    { kind: '精神', grade: 3 },
  ] as const);
  const child = maker.member('子女', age - maker.between(25, 30), { disability });
  return { members: [head, wife, child] };
}

function threeGenerations(maker: FamilyMaker): Made {
  const [head, wife] = couple(maker, maker.between(36, 44), maker.yuan(1500, 4000));
  const family = Array.from(head.name)[0] ?? '';
  const father = maker.member('父亲', maker.between(64, 76), {
    sex: 'male',
    pension: maker.yuan(200, 900),
    family,
  });
  const mother = maker.member('母亲', maker.between(62, 74), {
    sex: 'female',
    pension: maker.yuan(200, 900),
  });
  const children = Array.from({ length: maker.between(1, 2) }, () => student(maker, '子女', family));
  return {
    members: [head, wife, father, mother, ...children],
    operatingIncome: maker.yuan(1000, 9000),
  };
}

function farmer(maker: FamilyMaker): Made {
  const head = maker.member('户主', maker.between(45, 58), { otherIncome: maker.yuan(300, 2400) });
  return {
    members: [head],
    operatingIncome: maker.yuan(2000, 12000),
    ...(maker.random.chance(300) && { propertyIncome: maker.yuan(200, 1800) }),
  };
}

/** The spouse is registered elsewhere: counted, and without a share. */
function uncoveredSpouse(maker: FamilyMaker): Made {
  const [head, wife] = couple(maker, maker.between(35, 48), maker.yuan(1000, 2900));
  const child = student(maker, '子女', Array.from(head.name)[0] ?? '');
  return { members: [head, { ...wife, covered: false }, child] };
}

function oneInCustody(maker: FamilyMaker): Made {
  const family = maker.surname();
  const head = maker.member('户主', maker.between(33, 45), {
    sex: 'female',
    work: { kind: '在职', wage: maker.yuan(900, 2500) },
  });
  const husband = maker.member('配偶', 44, { sex: 'male', excluded: '服刑', covered: false, family });
  return { members: [head, husband, student(maker, '子女', family)] };
}

/** Children whose guardian is no member and receives for them. */
function wards(maker: FamilyMaker): Made {
  const family = maker.surname();
  const head = maker.member('户主', maker.between(13, 16), { student: '义务教育', family });
  const younger = maker.random.chance(400)
    ? [maker.member('兄弟姐妹', maker.between(5, 11), { family, student: '义务教育' })]
    : [];
  const guardian = maker.member('户主', maker.between(48, 64), { family });
  return {
    members: [head, ...younger],
    payee: { name: guardian.name, idNumber: guardian.idNumber },
  };
}

function fullStandardGroup(maker: FamilyMaker): Made {
  const group = maker.random.pick(['传统救济对象', '优抚孤老烈属'] as const);
  const head = maker.member('户主', maker.between(70, 90), { group, pension: maker.yuan(100, 700) });
  return { members: [head] };
}

/** Grandparent, lone parent and child: relations to the head do not show the lone parent. */
function loneParentWithGrandparent(maker: FamilyMaker): Made {
  const head = maker.member('户主', maker.between(63, 72), { sex: 'female', pension: maker.yuan(300, 1800) });
  const parent = maker.member('子女', maker.between(33, 40), {
    group: '单亲',
    work: { kind: '在职', wage: maker.yuan(1000, 2300) },
  });
  const child = maker.member('孙子女', maker.between(4, 14), { student: '义务教育' });
  return { members: [head, parent, child] };
}

/** Who makes a kind of family, and its share in a thousand. */
const MAKERS = {
  单身老人: [loneElder, 160],
  单身重残: [severelyDisabled, 150],
  单身轻残: [lessDisabled, 90],
  老年夫妻: [oldCouple, 95],
  上学家庭: [schoolFamily, 130],
  单亲家庭: [loneParent, 85],
  重病家庭: [seriouslyIll, 50],
  以老养残: [oldParentsOfDisabled, 45],
  三代同堂: [threeGenerations, 25],
  务农单身: [farmer, 90],
  配偶非本地户籍: [uncoveredSpouse, 25],
  配偶服刑: [oneInCustody, 10],
  监护人代领: [wards, 15],
  全额保障: [fullStandardGroup, 15],
  隔代单亲: [loneParentWithGrandparent, 15],
} as const satisfies Record<string, readonly [(maker: FamilyMaker) => Made, number]>;
const SHARES = Object.entries(MAKERS).map(([kind, [, share]]) => [kind as FamilyKind, share] as const);
