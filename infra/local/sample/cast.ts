import { addMonths, type Month, type PlainDate } from '../../../domain/calendar.ts';
import { LINKED_NAME, SPECIAL_NAMES, WRONG_DOT_NAME } from './names.ts';
import type { Given, PeopleMaker, SamplePerson } from './people.ts';
import type { DeathCells } from './sheets.ts';

/**
 * People who are in the register for a reason, by identity number. Their rows are good and are all taken; what is special
 * is what a run makes of them.
 */
export type Cast = {
  /** Two people, one account: the control "shared-account" holds both. */
  readonly sharedAccounts: readonly (readonly [string, string])[];
  /** On a matching list as dead, not certified, and still on the roll: the control "deceased" holds them. */
  readonly reportedDead: readonly string[];
  /** Their payee is on the list: held as well. */
  readonly payeeReportedDead: readonly string[];
  /** Death certified three months before: nothing is due. */
  readonly certifiedDead: readonly string[];
  /** Name with U+2022: the instruction file cannot carry it, the control "unwritable-line" blocks. */
  readonly wrongDot: readonly string[];
  /** Not eighty yet: nothing is due. */
  readonly underAge: readonly string[];
  /** Moved away, with a last month due in the sheet: nothing is due. */
  readonly movedOut: readonly string[];
  /** Turn eighty in the month that is paid: paid. */
  readonly turning80: readonly string[];
  /** Applied more than six months after turning eighty: paid from the month of application. */
  readonly lateApplications: readonly string[];
  /** A couple whose child receives for both: one payee with one account, which is nobody else's. Paid. */
  readonly oneChildForBoth: readonly string[];
  /** The couple's pair that two people set the finding aside for. */
  readonly overridden: string;
  /** Someone to be held by hand and let go later. */
  readonly heldByHand: string;
  /** The person the local beneficiary account belongs to. */
  readonly linked: string;
};

export type CastPeople = {
  readonly people: readonly SamplePerson[];
  readonly cast: Cast;
  readonly deaths: readonly DeathCells[];
};

const SHARING_PAIRS = 3;
const MATCHING_LIST = '死亡信息比对名单';

/** @param count size of the district: turning eighty and applying late is commoner in a larger one */
export function castPeople(maker: PeopleMaker, month: Month, count: number): CastPeople {
  const groups = new Map<string, readonly SamplePerson[]>();
  const several = (name: string, size: number, make: (index: number) => Given): SamplePerson[] => {
    const made = Array.from({ length: size }, (_, index) => maker.person(make(index)));
    groups.set(name, made);
    return made;
  };
  const self: Given = { payee: 'self' };
  const named = several('named', SPECIAL_NAMES.length, (index) => ({ ...self, ...SPECIAL_NAMES[index] }));
  const sharing = Array.from({ length: SHARING_PAIRS }, () => couple(maker, maker.numbers.card()));
  const reported = several('reportedDead', 2, () => ({ ...self, note: '近期未见本人' }));
  const orphaned = several('payeeReportedDead', 1, () => ({ payee: maker.relative() }));
  const certified = several('certifiedDead', 3, () => self);
  several('wrongDot', 1, () => ({ ...self, name: WRONG_DOT_NAME, sex: 'female' }));
  several('underAge', 2, (index) => ({
    ...self,
    birthDate: maker.turning80(addMonths(month, 1 + index * 4)),
    appliedOn: maker.lastDay,
  }));
  several('movedOut', 3, () => ({ ...self, stopMonth: addMonths(month, -3), note: '户籍迁出本市' }));
  const many = (most: number): number => Math.max(2, Math.min(most, Math.round(count / 40)));
  several('turning80', many(12), () => ({ birthDate: maker.turning80(month), appliedOn: maker.lastDay }));
  several('lateApplications', many(10), (index) => ({
    birthDate: maker.turning80(addMonths(month, -11 + (index % 4))),
    appliedOn: maker.lastDay,
  }));
  const child = { payee: maker.relative(), account: maker.numbers.card() };
  const couplePaidToChild = couple(maker, child.account).map((person) => ({ ...person, ...child }));
  const [heldByHand] = several('heldByHand', 1, () => ({ ...self, note: '联系不上，待街道核实' }));
  const ids = (name: string): string[] => (groups.get(name) ?? []).map((person) => person.idNumber);
  const pairs = sharing.map(([one, other]) => [idOf(one), idOf(other)] as const);
  return {
    people: [...groups.values(), ...sharing, couplePaidToChild].flat(),
    cast: {
      sharedAccounts: pairs,
      reportedDead: ids('reportedDead'),
      payeeReportedDead: ids('payeeReportedDead'),
      certifiedDead: ids('certifiedDead'),
      wrongDot: ids('wrongDot'),
      underAge: ids('underAge'),
      movedOut: ids('movedOut'),
      turning80: ids('turning80'),
      lateApplications: ids('lateApplications'),
      oneChildForBoth: couplePaidToChild.map(idOf),
      overridden: pairs[0]?.[0] ?? '',
      heldByHand: idOf(heldByHand),
      linked: idOf(named.find(({ name }) => name === LINKED_NAME)),
    },
    deaths: [
      ...certified.map((person) => death(person, `${addMonths(month, -3)}-12`, '认证', '殡葬服务机构')),
      ...reported.map((person) => death(person, `${addMonths(month, -1)}-03`, '比对', MATCHING_LIST)),
      ...orphaned.flatMap(({ payee }) =>
        payee ? [death(payee, `${addMonths(month, -1)}-05`, '比对', MATCHING_LIST)] : [],
      ),
    ],
  };
}

/** Husband and wife with one account number. */
function couple(maker: PeopleMaker, account: string): SamplePerson[] {
  const husband = maker.person({ payee: 'self', sex: 'male', account });
  return [husband, maker.person({ payee: 'self', sex: 'female', account, street: husband.street })];
}

function death(
  { idNumber, name }: { readonly idNumber: string; readonly name: string },
  diedOn: PlainDate,
  kind: string,
  list: string,
): DeathCells {
  return { idNumber, name, diedOn, kind, list };
}

function idOf(person: SamplePerson | undefined): string {
  if (person === undefined) throw new Error('a member of the cast is missing');
  return person.idNumber;
}
