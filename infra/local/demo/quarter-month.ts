import { setTimeout as pause } from 'node:timers/promises';
import { mapBounded } from '../../../functions/concurrency.ts';
import { NEW_PEOPLE } from '../sample/new-district.ts';
import { NEW_HOUSEHOLDS } from '../sample/new-households.ts';
import { Refused, type ResponseOf, waitFor } from './api-client.ts';
import { payWithoutTrouble } from './paid-run.ts';
import { CUT_OFF_MS, computeRun, type Desk } from './payment-run.ts';
import { personOf } from './prepare.ts';
import {
  deskOf,
  type Enrolments,
  enrolmentKey,
  MONTHLY_PROGRAMMES,
  PRICE_SUBSIDY,
} from './quarter-office.ts';
import type { ClosedRun } from './run-comparison.ts';

/** Runs that are on their way at the same time. */
const RUNS_AT_ONCE = 3;

type Draft = ResponseOf<'listRunPayments'>['payments'][number];
/** A run of the quarter with what it drafted. */
export type QuarterRun = {
  readonly programme: string;
  readonly period: string;
  readonly drafts: readonly Draft[];
  readonly run: ClosedRun;
};
type Asked = { readonly programme: string; readonly period: string; readonly round: string };

/** The regular runs of a month, all computed, signed, funded, sent, answered and closed. */
export async function payMonth(desk: Desk, period: string): Promise<QuarterRun[]> {
  // First of all, because the rolls that it follows are drawn before it is computed.
  return await mapBounded([PRICE_SUBSIDY, ...MONTHLY_PROGRAMMES], RUNS_AT_ONCE, (programme) =>
    payOne(desk, { programme, period, round: 'R' }),
  );
}

export async function payOne(base: Desk, { programme, period, round }: Asked): Promise<QuarterRun> {
  const desk = deskOf(base, programme, `${period}-${round}`);
  if (programme === PRICE_SUBSIDY) await drawRolls(desk, period, round);
  const computed = await computeRun(desk, period, round);
  const { runId } = computed.run;
  const pages = await desk.api.pages('reviewer', 'listRunPayments', {
    params: { runId },
    query: { filter: 'all' },
  });
  return {
    programme,
    period,
    drafts: pages.flatMap(({ payments }) => payments),
    run: await payWithoutTrouble(desk, computed),
  };
}

const NOT_DRAWN = ['conflict/rolls-being-drawn', 'conflict/rolls-just-drawn'];

/** Asks for the run until the rolls that it follows are drawn; then it is started as any other. */
async function drawRolls({ api, key, programme }: Desk, period: string, round: string): Promise<void> {
  let tries = 0;
  await waitFor(`rolls of ${period}`, async () => {
    await pause(CUT_OFF_MS);
    tries += 1;
    try {
      await api.call('preparer', 'startRun', {
        body: { programme, period, round },
        key: key(`rolls-${round}-${tries}`),
      });
      return true;
    } catch (cause) {
      if (cause instanceof Refused && NOT_DRAWN.includes(cause.code)) return undefined;
      throw cause;
    }
  });
}

/** Enrolments of the price subsidy, which come of the rolls. */
export async function rolledEnrolments(desk: Desk, known: Enrolments): Promise<Enrolments> {
  const names = new Map(NEW_PEOPLE.map(({ id, idNumber }) => [idNumber, id] as const));
  const all = [
    ...new Set([
      ...NEW_PEOPLE.map(({ idNumber }) => idNumber),
      ...NEW_HOUSEHOLDS.flatMap(({ members }) => members.map(({ idNumber }) => idNumber)),
    ]),
  ];
  const found = await mapBounded(all, RUNS_AT_ONCE, async (idNumber) => {
    const { enrolments } = await personOf(desk.api, idNumber);
    return enrolments.flatMap(({ programme, enrolmentId }) =>
      programme === PRICE_SUBSIDY
        ? [[enrolmentKey(programme, names.get(idNumber) ?? idNumber), enrolmentId] as const]
        : [],
    );
  });
  return new Map([...known, ...found.flat()]);
}
