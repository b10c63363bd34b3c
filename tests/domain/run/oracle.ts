import { sumFen } from '../../../domain/money.ts';
import type { Act } from '../../../domain/run/act.ts';
import type { Draft } from '../../../domain/run/draft.ts';
import type { Run } from '../../../domain/run/run.ts';
import { addUp, summarise } from '../../../domain/run/summary.ts';
import { seenNow, sha256 } from './samples.ts';

/**
 * What must be true of a run, worked out from the list of acts and the drafts alone and not from the fold: holds and overrides
 * since the drafts were last computed, and signatures since the content last changed.
 */
const CHANGES_CONTENT = new Set([
  'computed',
  'payment-held',
  'hold-lifted',
  'override-confirmed',
  'recompute-requested',
  'verification-failed',
]);
const IRREVOCABLE = new Set(['verifying', 'releasing', 'dispatched', 'closed']);

function sinceComputed(acts: readonly Act[]): readonly Act[] {
  return acts.slice(acts.findLastIndex((act) => act.kind === 'computed') + 1);
}

function heldNow(acts: readonly Act[]): Set<string> {
  const held = new Set<string>();
  for (const act of sinceComputed(acts)) {
    if (act.kind === 'payment-held') held.add(act.effect.payment);
    if (act.kind === 'hold-lifted') held.delete(act.effect.payment);
    if (act.kind === 'verification-failed') for (const late of act.findings) held.add(late.payment);
  }
  return held;
}

/** A draft as it stands after holds and overrides: findings that are set aside are gone, a hold is one more finding. */
function standingNow(acts: readonly Act[], draft: Draft): Draft {
  const aside = sinceComputed(acts).flatMap((act) =>
    act.kind === 'override-confirmed' && act.payment === draft.payment ? [act.control] : [],
  );
  const findings = draft.findings.filter(({ control }) => !aside.includes(control));
  const hand = { control: 'by-hand', severity: 'hold', zh: '', en: '' } as const;
  return { ...draft, findings: heldNow(acts).has(draft.payment) ? [...findings, hand] : findings };
}

/** Totals recomputed from the drafts. Findings are counted as they were found. */
export function expectedTotals(acts: readonly Act[], run: Run, drafts: readonly Draft[], changer: string) {
  const extra = { refused: {}, accountChangers: [changer] };
  const found = addUp([summarise(sha256, '', run.revision, drafts, extra)]);
  const now = drafts.map((draft) => standingNow(acts, draft));
  return { ...addUp([summarise(sha256, '', run.revision, now, extra)]), findings: found.findings };
}

/** Everything that is wrong with a run; nothing is the only right answer. */
export function faultsOf(
  acts: readonly Act[],
  run: Run,
  drafts: readonly Draft[],
  changer: string,
): string[] {
  const faults: string[] = [];
  const say = (wrong: boolean, fault: string) => {
    if (wrong) faults.push(fault);
  };
  const lastChange = acts.findLastIndex((act) => CHANGES_CONTENT.has(act.kind));
  const lastSubmitted = acts.findLastIndex((act) => act.kind === 'submitted');
  const lastSentBack = acts.findLastIndex((act) => act.kind === 'sent-back');
  const open = lastSubmitted > Math.max(lastChange, lastSentBack);
  const signed = acts.slice(lastSubmitted).filter((act) => act.kind === 'signed');
  const signers = open ? signed.map(({ by }) => by) : [];
  say(
    run.signatures.map(({ by }) => by).join() !== signers.join(),
    'signatures are not those given for this content',
  );
  say(new Set(signers).size !== signers.length, 'somebody signed twice');
  say(signers.includes(acts[0]?.by ?? ''), 'the starter signed');
  say(signers.includes(acts[lastSubmitted]?.by ?? ''), 'the submitter signed');
  say(signers.includes(changer), 'a changer of accounts signed');
  const overriders = sinceComputed(acts).flatMap((act) => {
    if (act.kind !== 'override-confirmed') return [];
    const proposal = sinceComputed(acts).find(
      (one) => one.kind === 'override-proposed' && one.payment === act.payment && one.control === act.control,
    );
    say(proposal?.by === act.by || proposal === undefined, 'an override by one person');
    return [act.by, proposal?.by ?? ''];
  });
  say(
    signers.some((by) => overriders.includes(by)),
    'an overrider signed',
  );
  say(
    signed.some((act, index) => act.step !== run.manifest.approvalChain[index]?.code),
    'a step out of turn',
  );

  const complete = open && signers.length === run.manifest.approvalChain.length;
  const beyond =
    ['approved', 'funding-requested', 'funded'].includes(run.state) || IRREVOCABLE.has(run.state);
  say(beyond && !complete, `${run.state} without a complete chain`);
  const now = seenNow(run).hash;
  say(beyond && run.submission?.hash !== now, `${run.state} with another hash than signed`);
  say(open && signed.some((act) => act.hash !== now), 'a signature for another hash');

  const totals = expectedTotals(acts, run, drafts, changer);
  const needed = totals.payable.fen - totals.reissued.fen;
  // Read backwards from each reversal: it takes back what was last recorded under its voucher.
  const taken = acts.flatMap((act, index) => {
    if (act.kind !== 'funding-reversed') return [];
    const wrong = acts
      .slice(0, index)
      .findLast((other) => other.kind === 'funded' && other.voucher === act.voucher);
    return wrong?.kind === 'funded' ? [wrong.fen] : [];
  });
  const given = acts.flatMap((act) => (act.kind === 'funded' ? [act.fen] : []));
  const funds = sumFen(given) - sumFen(taken);
  say(run.fundedFen !== funds, 'funds are not the sum of the vouchers');
  say(IRREVOCABLE.has(run.state) && funds < needed, 'dispatched above its funds');
  say(IRREVOCABLE.has(run.state) && totals.payable.count === 0, 'dispatched with nothing to pay');
  return faults;
}
