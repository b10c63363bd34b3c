import type { Sha256 } from '../canonical.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import type { ActBody } from './act.ts';
import type { RunManifest } from './manifest.ts';
import { type Run, runHash } from './run.ts';
import { BEFORE_RELEASE, inState } from './state-guard.ts';

/**
 * The approval chain: given the run as folded and what someone asks for, the act to append or the reason why not. Roles were
 * checked at the door; what is checked here is the state, the four eyes and the content that is being signed.
 */
type Decision = Result<ActBody>;

/** 提交审批: names the revision and hash that the chain is asked to sign. */
export function submitRun(run: Run, seen: { revision: number; hash: string }, sha256: Sha256): Decision {
  const wrong = inState(run, ['review'], { zh: '提交审批', en: 'be submitted' });
  if (wrong) return refuse(wrong);
  const stale = staleView(run, seen, sha256);
  if (stale) return refuse(stale);
  if (run.totals?.payable.count === 0) {
    return refuse(
      refusal(
        'conflict/nothing-to-pay',
        '本批次没有可发放的明细，可作废',
        'the run has nothing to pay; void it instead',
      ),
    );
  }
  return ok({ kind: 'submitted', ...seen });
}

function staleView(run: Run, seen: { revision: number; hash: string }, sha256: Sha256): Refusal | undefined {
  if (seen.revision === run.revision && seen.hash === runHash(sha256, run)) return undefined;
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
 * 签批: the next step of the chain. Whoever submitted, overrode a control or changed an account in the run signs nothing, and
 * nobody signs two steps. The hash must be the one the signer saw.
 */
export function signRun(
  run: Run,
  seen: { revision: number; hash: string },
  signer: { id: string; roles: readonly string[] },
  sha256: Sha256,
): Decision {
  const wrong = inState(run, ['signing'], { zh: '签批', en: 'be signed' });
  if (wrong) return refuse(wrong);
  const stale = staleView(run, seen, sha256);
  if (stale) return refuse(stale);
  const next = run.manifest.approvalChain[run.signatures.length];
  if (!next)
    return refuse(refusal('conflict/chain-complete', '审批链已签完', 'the approval chain is complete'));
  const already = run.signatures.find((signature) => signature.by === signer.id);
  if (already)
    return refuse(
      refusal('forbidden/signed-before', '同一人不能签两步', 'nobody signs two steps', {
        step: already.step,
      }),
    );
  if (run.submission?.by === signer.id || run.startedBy === signer.id) {
    return refuse(
      refusal(
        'forbidden/own-submission',
        '经办或提交人不能签批自己的批次',
        'whoever prepared or submitted the run cannot sign it',
      ),
    );
  }
  if (
    [...run.overrides.values()].some(
      (override) => override.proposedBy === signer.id || override.confirmedBy === signer.id,
    )
  ) {
    return refuse(
      refusal(
        'forbidden/overrode-control',
        '放行过疑点的人不能签批本批次',
        'whoever overrode a control in this run cannot sign it',
      ),
    );
  }
  if (run.totals?.accountChangers.includes(signer.id)) {
    return refuse(
      refusal(
        'forbidden/changed-account',
        '变更过本批次账户或准予重发的人不能签批',
        'whoever changed an account paid in this run, or cleared a payment to be sent again, cannot sign it',
      ),
    );
  }
  if (!signer.roles.includes(next.role)) {
    return refuse(
      refusal(
        'forbidden/not-your-step',
        `当前应由“${next.office.zh}”签批`,
        `the next signature belongs to "${next.office.en}"`,
        { step: next.code, role: next.role },
      ),
    );
  }
  return ok({ kind: 'signed', step: next.code, ...seen });
}

/** True when the next signature would complete the chain: the budget is reserved before it is written. */
export function isLastSignature(run: Run): boolean {
  return run.signatures.length === run.manifest.approvalChain.length - 1;
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
