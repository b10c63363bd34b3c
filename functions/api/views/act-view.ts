import type * as z from 'zod/mini';
import type { Bilingual } from '../../../domain/bilingual.ts';
import { toYuan } from '../../../domain/money.ts';
import { unreachable } from '../../../domain/result.ts';
import type { Act, ActKind } from '../../../domain/run/act.ts';
import type { ApprovalStep } from '../../../domain/run/manifest.ts';
import type { ActView } from '../contracts/run-schemas.ts';

export type ActBody = z.input<typeof ActView>;
type Facts = ActBody['facts'];

const NAMES: Record<ActKind, Bilingual> = {
  started: { zh: '启动批次', en: 'run started' },
  computed: { zh: '核算完成', en: 'computed' },
  'recompute-needed': { zh: '需重新核算', en: 'recompute needed' },
  'recompute-requested': { zh: '重新核算', en: 'recompute requested' },
  'payment-held': { zh: '缓发', en: 'payment held' },
  'hold-lifted': { zh: '解除缓发', en: 'hold lifted' },
  'override-proposed': { zh: '申请放行', en: 'override proposed' },
  'override-confirmed': { zh: '确认放行', en: 'override confirmed' },
  submitted: { zh: '提交审批', en: 'submitted' },
  'sent-back': { zh: '退回复核', en: 'sent back' },
  signed: { zh: '签批', en: 'signed' },
  voided: { zh: '作废', en: 'voided' },
  'funding-requested': { zh: '送财政申请资金', en: 'funding requested' },
  'funding-returned': { zh: '财政退回', en: 'funding request returned' },
  funded: { zh: '登记拨款', en: 'funded' },
  'funding-reversed': { zh: '冲销拨款登记', en: 'funding reversed' },
  'dispatch-started': { zh: '开始发放', en: 'dispatch started' },
  'verification-failed': { zh: '发放前核验发现变化', en: 'verification found changes' },
  verified: { zh: '发放前核验通过', en: 'verified' },
  dispatched: { zh: '已生成报盘文件', en: 'dispatched' },
  'file-resent': { zh: '重新报送文件', en: 'file sent again' },
  closed: { zh: '关闭并封存', en: 'closed and sealed' },
};

/** The main facts of an act as flat text and numbers; amounts in yuan. Holds no name and no account. */
function factsOf(act: Act): Facts {
  switch (act.kind) {
    case 'started':
      return { policyHash: act.manifest.policyHash, cutOff: act.manifest.cutOff };
    case 'computed':
      return {
        revision: act.revision,
        count: act.totals.payable.count,
        amount: toYuan(act.totals.payable.fen),
        held: act.totals.held.count,
        blocked: act.totals.blocked.count,
      };
    case 'recompute-requested':
      return {
        reason: act.reason,
        policyHash: act.manifest.policyHash,
        cutOff: act.manifest.cutOff,
      };
    case 'payment-held':
    case 'hold-lifted':
      return { payment: act.effect.payment, amount: toYuan(act.effect.fen), reason: act.reason };
    case 'override-proposed':
    case 'override-confirmed':
      return { payment: act.payment, control: act.control, reason: act.reason };
    case 'submitted':
      return {
        revision: act.revision,
        hash: act.hash,
        ...Object.fromEntries((act.acknowledged ?? []).map(({ control, reason }) => [control, reason])),
      };
    case 'signed': {
      const { step, revision, hash, onBehalfOf, delegation } = act;
      const place = onBehalfOf === undefined ? {} : { onBehalfOf, delegation: delegation ?? '' };
      return { step, revision, hash, ...place };
    }
    case 'recompute-needed':
    case 'sent-back':
    case 'voided':
    case 'funding-returned':
      return { reason: act.reason };
    case 'funding-requested':
      return {};
    case 'funded':
      return { voucher: act.voucher, date: act.date, amount: toYuan(act.fen) };
    case 'funding-reversed':
      return { voucher: act.voucher, date: act.date, reason: act.reason };
    case 'dispatch-started':
      return { hash: act.hash };
    case 'verification-failed':
      return { payments: act.findings.length };
    case 'verified':
      return { shards: act.shards.length };
    case 'dispatched':
      return { files: act.files.length, fileNames: act.files.map((file) => file.fileName).join(' ') };
    case 'file-resent':
      return { fileName: act.fileName, reason: act.reason };
    case 'closed':
      return {
        settled: act.tally.settled.count,
        settledAmount: toYuan(act.tally.settled.fen),
        failed: act.tally.failed.count,
        returned: act.tally.returned.count,
        sealSequence: act.seal.sequence,
        sealHash: act.seal.hash,
      };
    default:
      return unreachable(act);
  }
}

/**
 * A run's acts in order, with the name of who did each beside the id and, beside a signature, the office of its step.
 * @param staffNames by staff id; acts themselves carry ids only, and whoever has no name here is shown by the id.
 */
export function actViews(acts: readonly Act[], staffNames: ReadonlyMap<string, string>): ActBody[] {
  let chain: readonly ApprovalStep[] = [];
  return acts.map((act) => {
    const { sequence, at, by, kind } = act;
    if ('manifest' in act) chain = act.manifest.approvalChain;
    const office = act.kind === 'signed' ? chain.find(({ code }) => code === act.step)?.office : undefined;
    const byName = staffNames.get(by);
    return {
      sequence,
      at,
      by,
      kind,
      names: NAMES[kind],
      facts: factsOf(act),
      ...(byName !== undefined && { byName }),
      ...(office && { office }),
    };
  });
}
