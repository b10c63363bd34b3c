import { type Fen, fen, sumFen } from '../../../domain/money.ts';
import type { ExpectedCounts } from './district.ts';
import { organisation, type SampleOrganisation } from './organisations.ts';
import { badProjectRows } from './project-mistakes.ts';
import {
  type Fate,
  FIRST_ROW,
  type PlantedProjectRow,
  type ProjectCells,
  projectCells,
  projectSheet,
  type SampleLine,
  type SampleProject,
} from './project-rows.ts';
import { type Random, randomFrom } from './random.ts';

/** Small projects of one round, as a district had them in one sheet. */
export const DISTRICT_PROJECTS = 267;
export const DISTRICT_PROJECTS_MIN = 12;

export type ProjectRound = {
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly projects: readonly SampleProject[];
  readonly expected: ExpectedCounts;
  readonly rejected: readonly PlantedProjectRow[];
};

const EXTRAS: readonly (readonly [Fate, number])[] = [
  ['rejected', 3],
  ['low-score', 5],
  ['second', 2],
  ['other-money', 1],
  ['objected', 1],
];

/**
 * A round of 公益创投 of 示例区 in one sheet, made from a seed: the same seed and size give the same bytes. So many projects as asked for
 * come to a contract; some more are applied for in vain, and the rows with mistakes come on top.
 */
export function generateProjects({
  seed,
  projects: count = DISTRICT_PROJECTS,
}: {
  readonly seed: string;
  readonly projects?: number;
}): ProjectRound {
  if (count < DISTRICT_PROJECTS_MIN)
    throw new Error(`a round has at least ${DISTRICT_PROJECTS_MIN} projects`);
  const random = randomFrom(`projects/${seed}/${count}`);
  const fates: Fate[] = [
    ...Array.from({ length: count - 2 }, () => 'signed' as const),
    'second-overridden',
    'other-money-overridden',
    ...EXTRAS.flatMap(([fate, times]) => Array.from({ length: times }, () => fate)),
  ];
  const first = fates.map((fate, index) => ({ fate, organisation: organisation(random, index) }));
  // A second project is of an organisation that has a first one further up.
  const made = first.map(({ fate, organisation: own }, index) => {
    const earlier = first[index % (count - 2)]?.organisation ?? own;
    const whose = fate === 'second' || fate === 'second-overridden' ? earlier : own;
    return project(random, index, fate, whose);
  });
  const rows: { cells: ProjectCells; bad?: Omit<PlantedProjectRow, 'row'> }[] = made.map((each) => ({
    cells: projectCells(each),
  }));
  const spare = organisation(random, made.length);
  for (const { cells, ...bad } of badProjectRows(spare, made.length))
    rows.splice(random.below(rows.length + 1), 0, { cells, bad });
  const [twice, repeated] = [made[0], made[1]];
  if (!twice || !repeated) throw new Error('the round is too small');
  const otherwise = { ...projectCells(twice), projectName: `${twice.name}（二次申报）` };
  const bad = { what: 'same number twice with other content', columns: ['项目编号'] };
  rows.push({ cells: otherwise, bad }, { cells: projectCells(repeated) });
  const rejected = rows.flatMap((row, index) => (row.bad ? [{ row: FIRST_ROW + index, ...row.bad }] : []));
  return {
    fileName: '示例区公益创投项目申报汇总表.xlsx',
    bytes: projectSheet(rows.map(({ cells }) => cells)),
    projects: made,
    expected: {
      accepted: made.length + 1,
      created: made.length,
      changed: 0,
      unchanged: 1,
      unmatched: 0,
      rejected: rejected.length,
    },
    rejected,
  };
}

const TOPICS = [
  '银龄陪伴',
  '困境儿童课后托管',
  '残障家庭喘息服务',
  '长者食堂志愿配餐',
  '睦邻议事会',
  '垃圾分类宣导',
  '独居老人探访',
  '青少年心理关爱',
  '居家安全指导',
  '邻里调解',
] as const;

function project(random: Random, index: number, fate: Fate, own: SampleOrganisation): SampleProject {
  const asked = fen(300_000 + 10_000 * random.below(120) + (random.chance(100) ? random.below(10_000) : 0));
  const ownFunds = fen(
    random.chance(700) ? Math.floor((asked * (10 + random.below(20))) / 100_000) * 1000 : 0,
  );
  const isSponsored = fate === 'signed' && random.chance(50);
  const base = 60 + random.below(35);
  const scores: [string, string] =
    fate === 'low-score'
      ? [String(40 + random.below(10)), String(45 + random.below(10))]
      : [String(base), `${base + random.below(5)}.5`];
  return {
    number: `2026-${String(index + 1).padStart(3, '0')}`,
    name: `${own.street.name}${random.pick(TOPICS)}项目`,
    organisation: own,
    ...(isSponsored && {
      group: `${own.street.name}${random.pick(['晨练', '编织', '巡逻', '合唱'])}${index + 1}队`,
    }),
    asked,
    ownFunds,
    lines: linesOf(random, fen(asked + ownFunds), isSponsored ? 'association' : own.kind),
    from: '2026-03-01',
    to: random.pick(['2026-10-31', '2026-11-30', '2026-12-31']),
    serviceHours: 40 + 10 * random.below(30),
    scores,
    fate,
  };
}

/** Every category below its cap, in whole yuan; the activities take the rest. */
function linesOf(random: Random, budget: Fen, kind: SampleOrganisation['kind']): SampleLine[] {
  const part = (percent: number): Fen => fen(Math.floor((budget * percent) / 10_000) * 100);
  const some = [
    line('personnel', '项目专员', part(10 + random.below(19))),
    line('volunteers', '志愿者交通误餐补贴', part(5 + random.below(13))),
    line('experts', '督导', part(random.below(9))),
    line('management', '管理费用', part(random.below(5))),
    ...(kind === 'social-service' ? [line('social-work', '社工服务', part(random.below(30)))] : []),
  ].filter((one) => one.fen > 0);
  const rest = fen(budget - sumFen(some.map((one) => one.fen)));
  return [line('activities', '活动物料和场地布置', rest), ...some];
}

const line = (category: string, item: string, amount: Fen): SampleLine => ({ category, item, fen: amount });
