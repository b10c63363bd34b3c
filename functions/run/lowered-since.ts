import { type EnrolmentId, type HouseholdKey, subjectOf } from '../../domain/ids.ts';
import { fen, sumFen } from '../../domain/money.ts';
import { isLoweredSince } from '../../domain/register/determination.ts';
import type { LateFinding } from '../../domain/run/act.ts';
import type { Draft } from '../../domain/run/draft.ts';
import type { RunManifest, Shard } from '../../domain/run/manifest.ts';
import type { ShardCheck } from '../../domain/run/money-commands.ts';
import { isPayable, type Run } from '../../domain/run/run.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import { mapBounded } from '../concurrency.ts';

const READ_AT_ONCE = 16;

/** Enrolments that a determination since the cut-off gives less, or nothing any more, for a month that would be paid. */
export async function loweredSince(
  register: RegisterStore,
  { jurisdiction, programme, cutOff, paysBy, byDecision }: RunManifest,
  payable: readonly Draft[],
  households: Pick<ReadonlyMap<HouseholdKey, unknown>, 'has'>,
): Promise<ReadonlySet<EnrolmentId>> {
  const decided = payable.filter(
    ({ enrolment }) => byDecision || paysBy?.paidBy === 'grants' || households.has(subjectOf(enrolment)),
  );
  const lowered = await mapBounded(decided, READ_AT_ONCE, async ({ enrolment, lines }) => {
    const read = await register.enrolmentRead({ jurisdiction, programme, id: enrolment });
    const months = lines.map(({ month }) => month);
    return isLoweredSince(read?.determinations ?? [], cutOff, months) ? [enrolment] : [];
  });
  return new Set(lowered.flat());
}

/** What was paid out in cash is posted as it was signed, unless its grant was withdrawn since. */
export async function withdrawnSince(
  ports: { readonly register: RegisterStore },
  run: Run,
  { shard }: Shard,
  drafts: readonly Draft[],
): Promise<Omit<ShardCheck, 'tampered'>> {
  const posted = drafts.filter((draft) => isPayable(run, draft));
  const lowered = await loweredSince(ports.register, run.manifest, posted, new Map());
  return {
    shard,
    count: posted.length,
    fen: sumFen(posted.map((draft) => draft.fen)),
    reissuedFen: fen(0),
    findings: posted
      .filter(({ enrolment }) => lowered.has(enrolment))
      .map(({ payment, street, fen: amount }) => ({
        payment,
        street,
        fen: amount,
        reissue: false,
        ...DETERMINED_SINCE,
      })),
  };
}

export const DETERMINED_SINCE: Pick<LateFinding, 'control' | 'zh' | 'en'> = {
  control: 'determined-since',
  zh: '核算之后另有核定，金额减少或终止，发放前已暂缓：请重新核算',
  en: 'a determination since the run was computed gives less or nothing: held before release; recompute',
};
