import { createHash } from 'node:crypto';
import { DISTRICT_PEOPLE, generateDistrict } from '../sample/district.ts';
import { PUBLISHED_STANDARD } from '../sample/emergencies.ts';
import { DISTRICT_HOUSEHOLDS, generateHouseholds } from '../sample/households.ts';
import { DISTRICT_PROJECTS, generateProjects } from '../sample/projects.ts';
import { ACCOUNT_STEPS, accountMonth } from './account-month.ts';
import { ApiClient, type ApiClientOptions } from './api-client.ts';
import { type MonthResult, monthChecks, monthStages } from './comparison.ts';
import { GRANT_STEPS, type GrantProgrammes, grantProgrammes } from './grant-programmes.ts';
import { householdChecks, householdStages } from './household-comparison.ts';
import { HOUSEHOLD_STEPS, type HouseholdMonth, householdDesk, householdMonth } from './household-month.ts';
import { audit, supplementaryRun } from './paid-run.ts';
import type { Desk } from './payment-run.ts';
import { PROGRAMME, prepareBureau } from './prepare.ts';
import { type Quarter, quarter } from './quarter.ts';
import { quarterStages, statementLines } from './quarter-statement.ts';
import { type Check, failedChecks, type Stage, stageTable } from './report.ts';
import { type ClosedRun, type OpenPayment, openLines } from './run-comparison.ts';
import { NEW_STANDARD } from './standard-change.ts';
import { explain, fillRegister, regularRun, STEPS } from './steps.ts';
import { ventureChecks, ventureStages } from './venture-comparison.ts';
import { VENTURE_STEPS, type VentureMonth, ventureDesk, ventureMonth } from './venture-month.ts';

export type DemoOptions = ApiClientOptions & {
  /** The month that is paid, default 2026-12. */
  readonly period?: string;
  /** Size of the sample district, default all of its 3,649 people. */
  readonly people?: number;
  /** Households that get 低保, default all 1,100, or none where `people` is given; none leaves 低保 out. */
  readonly households?: number;
  /** Projects of 公益创投 that come to a contract, default all 267, or none where `people` is given; none leaves them out. */
  readonly projects?: number;
  /** A week of emergencies and a relief list, default only where neither `people` nor `households` is given. */
  readonly emergencies?: boolean;
  /** Three months of every programme in a second bureau, default only where neither `people` nor `households` is given. */
  readonly quarter?: boolean;
  /** Another seed gives other people and another bank. */
  readonly seed?: string;
  /** Where progress and the tables go; default: printed. */
  readonly print?: (line: string) => void;
};
export type DemoResult = {
  readonly agrees: boolean;
  /** Of 高龄津贴. */
  readonly stages: readonly Stage[];
  /** Of all programmes. */
  readonly checks: readonly Check[];
  readonly runIds: readonly string[];
  /** Everything that was compared of 高龄津贴. */
  readonly month: MonthResult;
  /** Everything that was compared of 低保, unless it was left out. */
  readonly households?: HouseholdMonth;
  /** Everything that was compared of 公益创投, unless it was left out. */
  readonly venture?: VentureMonth;
  /** Everything that was compared of emergencies and relief, unless they were left out. */
  readonly grants?: GrantProgrammes;
  /** Everything that was compared of the quarter of all programmes, unless it was left out. */
  readonly quarter?: Quarter;
};

type Print = (line: string) => void;

/**
 * One month of 高龄津贴, one of 低保, a round of 公益创投, a week of emergencies and a relief list in the sample district over HTTP, by all the
 * people that it takes, from the files to closed and exported runs, and at the same time three months of every programme in a small bureau; then everything is counted in every place where it is counted, and compared. The service may
 * die and come back at any moment meanwhile. @throws Error when a step does not do what was planted for it
 */
export async function runDemo(options: DemoOptions): Promise<DemoResult> {
  const print = options.print ?? ((line: string) => console.log(line));
  const desk = openDesk(options, print, stepsOf(options));
  await prepare(desk, options);
  const [parts, all] = await Promise.all([
    largeBureau(desk, options, print),
    wantedOf(options).quarterly
      ? quarter(options, { seed: desk.seed, key: (name) => desk.key(`quarter-${name}`), print })
      : undefined,
  ]);
  if (!all) return parts;
  print('');
  for (const line of [...stageTable(quarterStages(all.runs)), '', ...statementLines(all.five), ''])
    print(line);
  printChecks(print, all.checks);
  const checks = [...parts.checks, ...all.checks];
  return { ...parts, agrees: failedChecks(checks).length === 0, checks, quarter: all };
}

/** What is shown beside 高龄津贴. */
function wantedOf({ people, households, projects, emergencies, quarter: quarterly }: DemoOptions) {
  const everything = people === undefined && households === undefined;
  return {
    wanted: households ?? (people === undefined ? DISTRICT_HOUSEHOLDS : 0),
    projects: projects ?? (people === undefined ? DISTRICT_PROJECTS : 0),
    emergencies: emergencies ?? everything,
    quarterly: quarterly ?? everything,
  };
}

function stepsOf(options: DemoOptions): number {
  const { wanted, projects, emergencies } = wantedOf(options);
  return (
    STEPS +
    ACCOUNT_STEPS +
    (wanted > 0 ? HOUSEHOLD_STEPS : 0) +
    (projects > 0 ? VENTURE_STEPS : 0) +
    (emergencies ? GRANT_STEPS : 0)
  );
}

/** Staff, policy and budgets, which both bureaus need before anything else. */
async function prepare({ api, say }: Desk, { period = PERIOD }: DemoOptions): Promise<void> {
  const thisYear = new Date().getFullYear();
  await prepareBureau(api, [...new Set([period.slice(0, 4), `${thisYear}`, `${thisYear + 1}`])]);
  say('登记人员、导入政策包、登记预算', 'staff registered, policy packs and budgets in');
}

/** What is done in 示例区: 高龄津贴, then 低保 beside 公益创投, then what needs them done. */
async function largeBureau(desk: Desk, options: DemoOptions, print: Print): Promise<DemoResult> {
  const { wanted, projects, emergencies } = wantedOf(options);
  const timed = timer(print);
  const month = await highAgeMonth(desk, options, print);
  const [stages, checks] = [monthStages(month), monthChecks(month)];
  printResult(print, month.open, stages, checks);
  const [runs, audited, all] = [[month.regular, month.supplementary], [month] as PaidBooks[], [...checks]];
  timed('高龄津贴', 'high-age');
  // Two offices, each with its own work.
  const [households, venture] = await Promise.all([
    wanted > 0 ? householdMonth(householdDesk(desk), householdsOf(options, wanted), print) : undefined,
    projects > 0
      ? ventureMonth(ventureDesk(desk), generateProjects({ seed: options.seed ?? SEED, projects }))
      : undefined,
  ]);
  if (households) {
    const more = householdChecks(households);
    printResult(print, households.paid.open, householdStages(households), more);
    runs.push(...households.runs.map(([, run]) => run));
    audited.push(households.paid);
    all.push(...more);
  }
  if (venture) {
    const more = ventureChecks(venture);
    printResult(print, venture.paid.open, ventureStages(venture), more);
    runs.push(venture.first, venture.second);
    audited.push(venture.paid);
    all.push(...more);
  }
  const shown = [...(households ? ['低保'] : []), ...(venture ? ['公益创投'] : [])];
  if (shown.length > 0) timed(shown.join('、'), shown.join(', '));
  const account = await accountMonth(desk, runs, audited, print);
  all.push(...account.checks);
  timed('账户核对', 'the tie of the account');
  // After the tie of the account: it is of what was paid before.
  const grants = emergencies ? await grantProgrammes(desk, standardOf(wanted)) : undefined;
  if (grants) {
    printChecks(print, grants.checks);
    timed('临时救助和灾害救助', 'emergencies and relief');
    runs.push(...grants.runs);
    all.push(...grants.checks);
  }
  return {
    agrees: failedChecks(all).length === 0,
    stages,
    checks: all,
    runIds: runIdsOf(runs),
    month,
    ...(households && { households }),
    ...(venture && { venture }),
    ...(grants && { grants }),
  };
}

type PaidBooks = Parameters<typeof accountMonth>[2][number];

/** Says how long a part took, since the last one. */
function timer(print: Print): (zh: string, en: string) => void {
  let started = performance.now();
  return (zh, en) => {
    print(`${zh}用时 / ${en} took ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
    started = performance.now();
  };
}

/** The demo's 低保 raises the standard. */
const standardOf = (households: number): number =>
  households > 0 ? Number(NEW_STANDARD) : PUBLISHED_STANDARD;

const runIdsOf = (runs: readonly ClosedRun[]): string[] => runs.map(({ closed }) => closed.runId);

const PERIOD = '2026-12';
const SEED = 'fafang';

function openDesk(options: DemoOptions, print: Print, steps: number): Desk {
  const { period = PERIOD, seed = SEED, people = DISTRICT_PEOPLE } = options;
  const started = performance.now();
  let at = 0;
  // A seed may be any text, a key may not.
  const scope = createHash('sha256').update(`${seed}/${people}/${period}`).digest('hex').slice(0, 12);
  return {
    api: new ApiClient(options),
    programme: PROGRAMME,
    seed,
    key: (name) => `demo-${scope}-${name}`,
    say: (zh, en) => {
      at += 1;
      const elapsed = `${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s`;
      print(`${elapsed}  ${String(at).padStart(2)}/${steps}  ${zh} / ${en}`);
    },
  };
}

function householdsOf({ period: month = PERIOD, seed = SEED }: DemoOptions, households: number) {
  return { ...generateHouseholds({ seed, month, households }), month };
}

async function highAgeMonth(desk: Desk, options: DemoOptions, print: Print): Promise<MonthResult> {
  const { period = PERIOD, seed = SEED, people = DISTRICT_PEOPLE } = options;
  const district = generateDistrict({ seed, month: period, people });
  const register = await fillRegister(desk, district);
  const regular = await regularRun(desk, district, print);
  const supplementary = await supplementaryRun(desk, period, 'S1', regular);
  const audited = await audit(desk, [regular, supplementary]);
  await explain(desk, 'beneficiary', district.planted.cast.linked, print);
  return { district, register, regular, supplementary, ...audited };
}

function printResult(
  print: Print,
  open: readonly OpenPayment[],
  stages: readonly Stage[],
  checks: readonly Check[],
): void {
  print('');
  for (const line of stageTable(stages)) print(line);
  print('');
  print(`未了结清单（银行未入账或已退回，结转下期）/ open payments, carried over by name: ${open.length}`);
  for (const line of openLines(open)) print(line);
  print('');
  printChecks(print, checks);
}

function printChecks(print: Print, checks: readonly Check[]): void {
  const wrong = failedChecks(checks);
  for (const { zh, en, left, right } of wrong) print(`不一致 / differs: ${zh} / ${en}: ${left} ≠ ${right}`);
  print(
    wrong.length === 0
      ? `全部 ${checks.length} 项核对一致 / all ${checks.length} comparisons agree`
      : `${wrong.length} 项不一致，共 ${checks.length} 项 / ${wrong.length} of ${checks.length} comparisons differ`,
  );
}
