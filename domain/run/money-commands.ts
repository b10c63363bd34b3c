import type { PlainDate } from '../calendar.ts';
import type { Sha256 } from '../canonical.ts';
import { type Fen, sumFen, toYuan } from '../money.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import type { ActBody, LateFinding, ShardVerification } from './act.ts';
import type { RunState } from './run.ts';
import { fundsNeeded, type Run, runHash, standingFunding } from './run.ts';
import { inState, OPEN } from './state-guard.ts';

/**
 * Funding and dispatch: given the run as folded and what someone asks for, the act to append or the reason why not. Roles were
 * checked at the door; what is checked here is the state, the four eyes and the content that is being signed.
 */
type Decision = Result<ActBody>;

/** 用款申请. A run that needs no new money asks for none: nobody could fund nothing, and it would wait for ever. */
export function requestFunding(run: Run): Decision {
  const wrong = inState(run, ['approved'], { zh: '送财政申请资金', en: 'request funds' });
  if (wrong) return refuse(wrong);
  if (fundsNeeded(run) === 0) {
    return refuse(
      refusal(
        'conflict/nothing-to-fund',
        '本批次不需要财政拨款，可直接发放',
        'this run needs no funds of the finance bureau: dispatch it',
      ),
    );
  }
  return ok({ kind: 'funding-requested' });
}

export function returnFundingRequest(run: Run, reason: string): Decision {
  const wrong = inState(run, ['funding-requested'], {
    zh: '退回用款申请',
    en: 'have its funding request returned',
  });
  return wrong ? refuse(wrong) : ok({ kind: 'funding-returned', reason });
}

/** 财政拨款: a lump sum to the paying bank's clearing account. A voucher is recorded once, unless its recording was reversed. */
export function fundRun(
  run: Run,
  funding: { voucher: string; date: PlainDate; fen: Fen; again?: number },
): Decision {
  const wrong = inState(run, ['funding-requested', 'funded'], { zh: '登记拨款', en: 'be funded' });
  if (wrong) return refuse(wrong);
  if (funding.fen <= 0)
    return refuse(
      refusal('invalid/amount', '拨款金额必须大于零', 'the funded amount must be more than zero'),
    );
  if (standingFunding(run, funding.voucher)) {
    return refuse(
      refusal('conflict/voucher-used', '该凭证号已登记', 'this voucher is already recorded', {
        voucher: funding.voucher,
      }),
    );
  }
  const { voucher, date, fen: amount, again } = funding;
  return ok({ kind: 'funded', voucher, date, fen: amount, ...(again !== undefined && { again }) });
}

/**
 * 冲销拨款登记: a voucher recorded with a wrong number, amount or day is taken back by an entry of its own, and what is right recorded
 * anew. Until dispatch only: money that files were built upon is there.
 */
export function reverseFunding(
  run: Run,
  { voucher, date, reason }: { voucher: string; date: PlainDate; reason: string },
): Decision {
  const wrong = inState(run, OPEN, { zh: '冲销拨款登记', en: 'have a funding reversed' });
  if (wrong) return refuse(wrong);
  if (!standingFunding(run, voucher)) {
    return refuse(
      refusal(
        'missing/voucher',
        '本批次没有登记这个凭证号，或已冲销',
        'this run has no such voucher, or it is reversed already',
        { voucher },
      ),
    );
  }
  return ok({ kind: 'funding-reversed', voucher, date, reason });
}

/** 发放: only what was signed, and never above the funds. */
export function startDispatch(run: Run, sha256: Sha256): Decision {
  const needed = fundsNeeded(run);
  const allowed: RunState[] = needed === 0 ? ['approved', 'funded'] : ['funded'];
  const wrong = inState(run, allowed, { zh: '发放', en: 'be dispatched' });
  if (wrong) return refuse(wrong);
  if (run.fundedFen < needed) {
    return refuse(
      refusal(
        'limit/funds',
        `到位资金 ${toYuan(run.fundedFen)} 元，少于应发 ${toYuan(needed)} 元`,
        `funds of ${toYuan(run.fundedFen)} yuan do not cover the ${toYuan(needed)} yuan to be paid`,
        { funded: toYuan(run.fundedFen), needed: toYuan(needed) },
      ),
    );
  }
  const hash = runHash(sha256, run);
  if (run.submission?.hash !== hash) {
    return refuse(
      refusal(
        'conflict/hash-mismatch',
        '批次内容与签批时不一致，不能发放',
        'the run is not what was signed: it cannot be dispatched',
        { signed: run.submission?.hash ?? null, now: hash },
      ),
    );
  }
  return ok({ kind: 'dispatch-started', hash });
}

/**
 * 重新报送: a file that the bank may not have got is sent again as it is stored, never built anew under other ids: whether the bank has
 * it already is for the bank to say (重复批次), and then it is asked about.
 */
export function resentFile(run: Run, fileName: string, reason: string): Decision {
  const wrong = inState(run, ['dispatched'], { zh: '重新报送', en: 'have a file sent again' });
  if (wrong) return refuse(wrong);
  if (run.files.some((file) => file.fileName === fileName))
    return ok({ kind: 'file-resent', fileName, reason });
  return refuse(
    refusal('missing/instruction-file', '本批次没有这个报盘文件', 'this run has no such instruction file', {
      fileName: fileName.slice(0, 80),
    }),
  );
}

/** One shard checked again before release. `tampered`: its drafts are not those that were signed. */
export type ShardCheck = ShardVerification & {
  readonly findings: readonly LateFinding[];
  readonly tampered: boolean;
};

/** Late findings held one by one; beyond, the register has changed so much that the run is computed anew. */
export const FINDINGS_MAX = 300;

/** Figures of the shards against the totals that people saw. */
function isWhatWasSigned({ manifest, totals }: Run, checks: readonly ShardCheck[]): boolean {
  const count = checks.reduce((sum, check) => sum + check.count, 0);
  return (
    // An opening also posts months of which all is to be given back: nothing is paid, and the totals do not count them.
    (manifest.opening !== undefined || count === totals?.payable.count) &&
    sumFen(checks.map((check) => check.fen)) === totals?.payable.fen &&
    sumFen(checks.map((check) => check.reissuedFen)) === totals.reissued.fen
  );
}

/**
 * What all shards found when they were checked against the signature: release; or back to review with the payments that changed held;
 * or, when stored drafts are not what was signed, a recompute that people have to ask for.
 */
export function concludeVerification(run: Run, checks: readonly ShardCheck[]): Decision {
  const wrong = inState(run, ['verifying'], { zh: '核验', en: 'be verified' });
  if (wrong) return refuse(wrong);
  const tampered = checks.filter((check) => check.tampered).map(({ shard }) => shard);
  if (tampered.length > 0) {
    const names = tampered.join(', ');
    return ok({
      kind: 'recompute-needed',
      reason: `分片 ${names} 的待发明细与签批时不一致 / drafts of shards ${names} are not what was signed`,
    });
  }
  const findings = checks.flatMap((check) => check.findings);
  if (findings.length > FINDINGS_MAX) {
    return ok({
      kind: 'recompute-needed',
      reason: `核算之后有变化的明细超过 ${FINDINGS_MAX} 笔 / more than ${FINDINGS_MAX} payments changed since the run was computed`,
    });
  }
  if (findings.length > 0) return ok({ kind: 'verification-failed', findings });
  if (!isWhatWasSigned(run, checks)) {
    return ok({
      kind: 'recompute-needed',
      reason:
        '核验的笔数或金额与签批的合计不一致 / count or amount verified are not the totals that were signed',
    });
  }
  return ok({
    kind: 'verified',
    shards: checks.map(({ shard, count, fen, reissuedFen }) => ({ shard, count, fen, reissuedFen })),
  });
}
