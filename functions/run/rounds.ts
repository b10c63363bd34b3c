import { cycleOf } from '../../domain/calendar.ts';
import type { ProgrammeId } from '../../domain/ids.ts';
import { RUN_RULES, runRules } from '../../domain/programmes/run-rules.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import type { RunIdentity, RunManifest } from '../../domain/run/manifest.ts';
import type { StartIdentity } from '../street/plan-streets.ts';
import type { RunPorts } from './ports.ts';

/** Rounds of one kind in a period; their numbers have two digits. */
const ROUNDS_MAX = 99;

/** How a programme pays, as its runs freeze it; undefined where every month is due by itself. */
export function paysByOf(programme: ProgrammeId): RunManifest['paysBy'] {
  const { paidBy, afterDeath, debits } = RUN_RULES[programme] ?? {};
  if (!paidBy) return undefined;
  return { paidBy, ...(afterDeath && { afterDeath }), ...(debits && { debits }) };
}

/** How a programme pays and fixes its amounts, as a manifest has it. */
export function howPaid(programme: ProgrammeId): Pick<RunManifest, 'paysBy' | 'byDecision'> {
  const paysBy = paysByOf(programme);
  const byDecision = RUN_RULES[programme]?.amountBasis === 'decision';
  return { ...(paysBy && { paysBy }), ...(byDecision && { byDecision }) };
}

/**
 * The identity with its round spelled out: `S` and `I` are the next number that is free. A request that started one already means
 * that one. Refusals: `invalid/period`, `invalid/programme`, `invalid/round`, `limit/rounds`.
 */
export async function namedRound(
  ports: Pick<RunPorts, 'runs'>,
  identity: StartIdentity,
  request: string | undefined,
): Promise<Result<StartIdentity>> {
  const { programme, period, round } = identity;
  if (cycleOf(period) === undefined || !/^(?:R|[SI](?:[1-9]\d?)?)$/.test(round))
    return refuse(wrongPeriod(identity));
  const known = runRules(programme);
  if (!known.ok) return known;
  const byGrants = known.value.paidBy === 'grants';
  if (byGrants && round === 'R') return refuse(paysByGrants(programme));
  if (!byGrants && round.startsWith('I')) return refuse(noImprest(programme));
  if (round.length > 1 || round === 'R') return ok(identity);
  return nextRound(ports, identity, request);
}

async function nextRound(
  { runs }: Pick<RunPorts, 'runs'>,
  identity: StartIdentity,
  request: string | undefined,
): Promise<Result<StartIdentity>> {
  const pointers = (await runs.livePointers(identity)).filter(({ period }) => period === identity.period);
  const taken = new Set<string>();
  for (const { round, runId } of pointers.filter((pointer) => pointer.round.startsWith(identity.round))) {
    const run = await runs.load(runId);
    if (run && request !== undefined && run.startedUpon === request) return ok({ ...identity, round });
    // A start that was cut short is finished under its own name, and what was voided may be started again, while its number has two digits.
    if (run && (run.state !== 'void' || run.runId.endsWith(`.${ROUNDS_MAX}`))) taken.add(round);
  }
  for (let number = 1; number <= ROUNDS_MAX; number += 1) {
    const round = `${identity.round}${number}`;
    if (!taken.has(round)) return ok({ ...identity, round });
  }
  return refuse(
    refusal(
      'limit/rounds',
      `本期补充批次已达 ${ROUNDS_MAX} 个：请在下一期间启动`,
      `this period has ${ROUNDS_MAX} such runs already: start the next one in the next period`,
      { period: identity.period },
    ),
  );
}

const wrongPeriod = ({ period, round }: RunIdentity): Refusal =>
  refusal(
    'invalid/period',
    '期间应写作 2026-12、2026-Q4、2026-H2 或 2026-Y，轮次写作 R 或 S1、S2……（S 为下一个补充批次，I 为下一个备用金报销批次）',
    'write the period as 2026-12, 2026-Q4, 2026-H2 or 2026-Y, and the round as R or S1, S2, ... (S is the next supplementary one, I the next imprest posting)',
    { period: period.slice(0, 20), round: round.slice(0, 8) },
  );

const paysByGrants = (programme: ProgrammeId): Refusal =>
  refusal(
    'invalid/round',
    '该项目按单笔给付决定发放，没有正常批次：请启动补充批次（轮次填 S）',
    'this programme pays by single grants and has no regular run: start a supplementary one (round S)',
    { programme },
  );

const noImprest = (programme: ProgrammeId): Refusal =>
  refusal(
    'invalid/round',
    '该项目没有备用金支出，不能启动备用金报销批次',
    'this programme pays nothing out of imprest funds: there is nothing to post',
    { programme },
  );

export const noRegularRun = ({ period }: RunIdentity): Refusal =>
  refusal(
    'conflict/no-regular-run',
    '补充批次须在本期正常批次发出之后',
    'a supplementary run follows the dispatched regular run of its period',
    { period },
  );

/** Refusals: `invalid/programme`; `invalid/not-monthly` where single grants are paid, of which no month was due before go-live. */
export function paysByMonth(programme: ProgrammeId): Result<true> {
  const known = runRules(programme);
  if (!known.ok) return known;
  if (!known.value.paidBy) return ok(true);
  return refuse(
    refusal(
      'invalid/not-monthly',
      '该项目按单笔给付决定发放，没有按月应发的期初、并行核算和发放日历',
      'this programme pays by single grants: it has no months to open, to compare or to plan',
      { programme },
    ),
  );
}
