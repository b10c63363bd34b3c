import type { PlainDate } from '../calendar.ts';
import type { Sha256 } from '../canonical.ts';
import type { RunFinding } from '../controls/run-controls.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import type { ActBody } from './act.ts';
import { applicableChain, nextStep } from './approval-chain.ts';
import { delegationInForce, type Principal } from './delegation.ts';
import type { ApprovalStep, RunManifest } from './manifest.ts';
import { type Run, runHash } from './run.ts';
import { BEFORE_RELEASE, inState } from './state-guard.ts';

/**
 * The approval chain: given the run as folded and what someone asks for, the act to append or the reason why not. Roles were
 * checked at the door; what is checked here is the state, the four eyes and the content that is being signed.
 */
type Decision = Result<ActBody>;

/** A reason for a finding of a control of whole runs. */
export type Reasoned = { readonly control: string; readonly reason: string };
type Submission = {
  readonly revision: number;
  readonly hash: string;
  readonly acknowledged?: readonly Reasoned[] | undefined;
};

/**
 * 提交审批: names the revision and hash that the chain is asked to sign, with a reason for each finding about the run as a whole.
 *
 * @param findings what the controls of whole runs find now
 */
export function submitRun(
  run: Run,
  { revision, hash, acknowledged = [] }: Submission,
  sha256: Sha256,
  findings: readonly RunFinding[] = [],
): Decision {
  const seen = { revision, hash };
  const wrong = inState(run, ['review'], { zh: '提交审批', en: 'be submitted' });
  if (wrong) return refuse(wrong);
  const stale = staleView(run, seen, sha256);
  if (stale) return refuse(stale);
  if (run.manifest.parallel) {
    return refuse(
      refusal(
        'conflict/parallel-run',
        '并行批次只供比对，不能提交发放',
        'a parallel run is for comparing only and is never submitted',
      ),
    );
  }
  const incomplete = openingIncomplete(run);
  if (incomplete) return refuse(incomplete);
  if (!run.manifest.opening && run.totals?.payable.count === 0 && !run.totals.cancelled) {
    return refuse(
      refusal(
        'conflict/nothing-to-pay',
        '本批次没有可发放的明细，可作废。截至时点（cutOff）以后登记的不在本批次，由再启动的批次发放',
        'the run has nothing to pay; void it instead. What was recorded after its `cutOff` is in a run started later',
      ),
    );
  }
  const unanswered = findings.filter(
    (found) => !acknowledged.some(({ control }) => control === found.control),
  );
  if (unanswered.length > 0) return refuse(unacknowledged(unanswered));
  const answered = findings.map((found) => ({
    ...found,
    reason: acknowledged.find(({ control }) => control === found.control)?.reason ?? '',
  }));
  return ok({ kind: 'submitted', ...seen, ...(answered.length > 0 && { acknowledged: answered }) });
}

const unacknowledged = (findings: readonly RunFinding[]): Refusal =>
  refusal(
    'conflict/unacknowledged',
    `本批次有须说明的疑点，请逐项说明原因后再提交：${findings.map(({ zh }) => zh).join('；')}`,
    `give a reason for each of these before the run is submitted: ${findings.map(({ en }) => en).join('; ')}`,
    { controls: findings.map(({ control }) => control).join(',') },
  );

/** An opening is signed as a whole: what is left out of it would be paid again. */
function openingIncomplete({ manifest, totals }: Run): Refusal | undefined {
  if (!manifest.opening) return undefined;
  const refused = Object.values(totals?.refused ?? {}).reduce((sum, count) => sum + count, 0);
  if (refused === 0 && totals?.opening?.rows === manifest.opening.rows) return undefined;
  return refusal(
    'conflict/opening-incomplete',
    `期初表有 ${refused} 行不能入账：请作废本批次，改正后整表重新导入`,
    `${refused} rows of the opening cannot be posted: void this run, correct the sheet and import all of it again`,
    { refused, rows: manifest.opening.rows },
  );
}

function staleView(run: Run, seen: { revision: number; hash: string }, sha256: Sha256): Refusal | undefined {
  if (seen.revision === run.revision && seen.hash === runHash(sha256, run)) return undefined;
  if (seen.revision === run.revision)
    return refusal(
      'conflict/stale-revision',
      `您打开复核页之后，第 ${run.revision} 版有变化（缓发、放行等），请重新打开`,
      `revision ${run.revision} has changed since you opened it (a hold, an override): open the review again`,
      { seen: seen.revision, current: run.revision },
    );
  return refusal(
    'conflict/stale-revision',
    `您看到的是第 ${seen.revision} 版，批次现为第 ${run.revision} 版，请重新打开复核页`,
    `you are looking at revision ${seen.revision}; the run is at revision ${run.revision}: open the review again`,
    { seen: seen.revision, current: run.revision },
  );
}

export function sendBackRun(run: Run, reason: string): Decision {
  const wrong = inState(run, ['signing'], { zh: '退回', en: 'be sent back' });
  return wrong ? refuse(wrong) : ok({ kind: 'sent-back', reason });
}

/**
 * Someone at the desk: himself, or in another's place (代签) when he names one. The principal's authority is what the store says at
 * this moment.
 */
export type Signer = {
  readonly id: string;
  readonly roles: readonly string[];
  readonly onBehalfOf?: { readonly principal: Principal; readonly today: PlainDate };
};

/**
 * 签批: the next step of the chain that applies to this run. Whoever prepared or submitted, overrode a control or changed an account in
 * the run signs nothing, and nobody signs two steps. Signing in another's place, that holds for both: neither may be barred, and
 * neither may have lent hand or authority to a step before. The hash must be the one the signer saw.
 */
export function signRun(
  run: Run,
  seen: { revision: number; hash: string },
  signer: Signer,
  sha256: Sha256,
): Decision {
  const wrong = inState(run, ['signing'], { zh: '签批', en: 'be signed' });
  if (wrong) return refuse(wrong);
  const stale = staleView(run, seen, sha256);
  if (stale) return refuse(stale);
  const next = nextStep(run);
  if (!next)
    return refuse(refusal('conflict/chain-complete', '审批链已签完', 'the approval chain is complete'));
  const barred = whyBarred(run, signer.id);
  if (barred) return refuse(barred);
  const signature = { kind: 'signed', step: next.code, ...seen } as const;
  if (!signer.onBehalfOf) return signer.roles.includes(next.role) ? ok(signature) : refuse(notYourStep(next));
  const { principal, today } = signer.onBehalfOf;
  const delegation = delegationInForce(principal, signer.id, run.manifest, today);
  if (!delegation.ok) return delegation;
  const principalBarred = whyBarred(run, principal.id);
  if (principalBarred) return refuse(ofPrincipal(principalBarred));
  if (!principal.roles.includes(next.role)) return refuse(ofPrincipal(notYourStep(next)));
  return ok({ ...signature, onBehalfOf: principal.id, delegation: delegation.value.delegationId });
}

/** Why a person may sign no step of this run, neither by hand nor by authority. */
function whyBarred(run: Run, person: string): Refusal | undefined {
  const already = run.signatures.find(({ by, onBehalfOf }) => by === person || onBehalfOf === person);
  if (already) {
    return refusal('forbidden/signed-before', '同一人不能签两步', 'nobody signs two steps', {
      step: already.step,
    });
  }
  if (run.preparers.includes(person)) {
    return refusal(
      'forbidden/own-submission',
      '经办过或提交过本批次任一版的人不能签批',
      'whoever started, recomputed or submitted any revision of the run cannot sign it',
    );
  }
  const overrides = [...run.overrides.values()];
  if (overrides.some(({ proposedBy, confirmedBy }) => proposedBy === person || confirmedBy === person)) {
    return refusal(
      'forbidden/overrode-control',
      '放行过疑点的人不能签批本批次',
      'whoever overrode a control in this run cannot sign it',
    );
  }
  if (run.totals?.accountChangers.includes(person)) {
    return refusal(
      'forbidden/changed-account',
      '登记、变更过本批次收款账户（含签订协议、确认收款人）或准予重发的人不能签批，请由他人办理',
      'whoever recorded or changed an account paid in this run (by signing a contract or confirming a payee, too), or cleared a payment to be sent again, cannot sign it: ask somebody else',
    );
  }
  return undefined;
}

/** Evidence of a grant is recorded by somebody who has no hand in its payment. */
export const recordedEvidence = (): Refusal =>
  refusal(
    'forbidden/recorded-evidence',
    '登记过本批次所付里程碑的人不能提交、签批或发放，请由他人办理',
    'whoever recorded a milestone that this run pays for neither submits, signs nor dispatches it: ask somebody else',
  );

const notYourStep = ({ code, role, office }: ApprovalStep): Refusal =>
  refusal(
    'forbidden/not-your-step',
    `当前应由“${office.zh}”签批`,
    `the next signature belongs to "${office.en}"`,
    { step: code, role },
  );

/** The same refusal when it is the one signed for whom it concerns: a deputy can do no more than he could. */
const ofPrincipal = ({ code, zh, en, detail }: Refusal): Refusal =>
  refusal(code, `授权人本人不能签，代签亦然：${zh}`, `the person you sign for could not sign: ${en}`, {
    ...detail,
    whose: 'principal',
  });

/** True when the next signature would complete the chain: the budget is reserved before it is written. */
export function isLastSignature(run: Run): boolean {
  return run.signatures.length === applicableChain(run).length - 1;
}

export function voidRun(run: Run, reason: string): Decision {
  const wrong = inState(run, BEFORE_RELEASE, { zh: '作废', en: 'be voided' });
  return wrong ? refuse(wrong) : ok({ kind: 'voided', reason });
}

/** 重新核算 with a fresh cut-off, policy and code; holds and overrides of the old drafts do not carry over. */
export function recomputeRun(run: Run, reason: string, manifest: RunManifest): Decision {
  const wrong = inState(
    run,
    BEFORE_RELEASE.filter((state) => state !== 'computing'),
    { zh: '重新核算', en: 'be recomputed' },
  );
  return wrong ? refuse(wrong) : ok({ kind: 'recompute-requested', reason, manifest });
}
