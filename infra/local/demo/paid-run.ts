import { parseEndToEndId } from '../../../domain/ids.ts';
import type { ResponseOf } from './api-client.ts';
import { askHledger, readBooks } from './books.ts';
import { correctAccounts, decideExceptions, payByHand, releaseHold } from './decisions.ts';
import {
  answerFiles,
  answerReturns,
  approve,
  close,
  computeRun,
  type Desk,
  dispatch,
  fund,
  submitAnswer,
} from './payment-run.ts';
import type { ClosedRun, OpenPayment, PaidMonth } from './run-comparison.ts';

/** A computed run from its review to its seal, with a bank that fails, misstates and returns as usual. */
export async function payAsUsual(
  desk: Desk,
  computed: ResponseOf<'getReview'>,
  held = '',
): Promise<ClosedRun> {
  const { api, say } = desk;
  const { runId } = computed.run;
  const review = await api.call('reviewer', 'getReview', { params: { runId } });
  const approved = await approve(desk, runId);
  say(
    `提交并签批 ${approved.signatures.length} 步：${approved.totals?.payable.count} 笔 ${approved.totals?.payable.amount} 元`,
    `submitted and signed in ${approved.signatures.length} steps`,
  );
  const funded = await fund(desk, runId);
  say(`财政拨款 ${funded.funding.funded} 元`, 'funded by the finance bureau');
  const files = await dispatch(desk, runId);
  say(
    `发放：报盘文件 ${files.length} 个，核对无误`,
    `dispatched: instruction files ${files.length}, read back and right`,
  );
  const answered = await answerFiles(desk, runId, files, 'as-usual');
  const failed = answered.reduce((sum, { plan }) => sum + plan.failed.size, 0);
  say(`银行回盘：失败 ${failed} 笔，金额不符 1 笔`, `bank result: ${failed} failed, one with another amount`);
  await uploadAgain(desk, runId, answered);
  say('同一回盘再次上传：不产生变化', 'the same result uploaded again: nothing changes');
  const exceptions = await decideExceptions(desk, runId);
  if (exceptions.length !== 1)
    throw new Error(`差异应为 1 条 / one exception expected, found ${exceptions.length}`);
  say('金额不符的一笔由审批人裁定', 'the exception decided by a person');
  await answerReturns(desk, runId, answered);
  say('两日后退票回盘', 'returns of other banks, two days later');
  const closed = await close(desk, runId);
  say(
    `批次关闭并封存：第 ${closed.closing?.seal.sequence} 号`,
    `closed and sealed: number ${closed.closing?.seal.sequence}`,
  );
  return { computed, review, approved, closed, files, answered, held };
}

/** Lines of progress that `payAsUsual` prints. */
export const PAY_STEPS = 8;

/** Bytes that were taken in once are recognised, whatever they are uploaded as. */
async function uploadAgain(desk: Desk, runId: string, answered: ClosedRun['answered']): Promise<void> {
  for (const { answers } of answered) {
    const [first] = answers;
    const again = first && (await submitAnswer(desk, runId, first, 'again'));
    if (again?.state !== 'repeated') throw new Error(`重复回盘未识别 / taken in twice: ${again?.state}`);
  }
}

/** A computed run from its review to its seal, with a bank that credits every line. */
export async function payWithoutTrouble(desk: Desk, computed: ResponseOf<'getReview'>): Promise<ClosedRun> {
  const { runId } = computed.run;
  const approved = await approve(desk, runId);
  await fund(desk, runId);
  const files = await dispatch(desk, runId);
  const answered = await answerFiles(desk, runId, files, 'none');
  const closed = await close(desk, runId);
  return { computed, review: computed, approved, closed, files, answered, held: '' };
}

/** What failed or came back in a run is mended where it can be, and sent again with what was held. */
export async function supplementaryRun(
  desk: Desk,
  period: string,
  round: string,
  regular: ClosedRun,
): Promise<ClosedRun> {
  const { say } = desk;
  const corrected = await correctAccounts(desk, regular.answered);
  say(
    `更正账户 ${corrected} 个（一人提出，另一人确认）`,
    `${corrected} accounts corrected, each by two people`,
  );
  if (regular.held !== '') {
    const byHand = await payByHand(desk, regular.closed.runId);
    say(
      byHand === undefined ? '本月没有须现金发放的' : '一笔改为现金发放（一人登记凭证，另一人确认）',
      byHand === undefined
        ? 'nobody had to be paid in cash'
        : 'one paid in cash instead, by two people, with its voucher',
    );
    await releaseHold(desk, regular.held, '街道入户核实本人健在，恢复发放');
  }
  const computed = await computeRun(desk, period, round);
  const reissued = computed.run.totals?.reissued.count;
  say(
    regular.held === ''
      ? `补充批次 ${round}：重发 ${reissued} 笔`
      : `补充批次 ${round}：重发 ${reissued} 笔，解除缓发补发 1 笔`,
    `supplementary run ${round}: ${reissued} sent again${regular.held === '' ? '' : ', one hold released'}`,
  );
  const paid = await payWithoutTrouble(desk, computed);
  say(`${round} 签批、拨款、发放、回盘、关闭`, `${round} signed, funded, dispatched, answered and closed`);
  return paid;
}

/** Everything that an auditor can ask for, and what is still open in the end. */
export async function audit(
  desk: Desk,
  runs: readonly [ClosedRun, ...ClosedRun[]],
): Promise<Pick<PaidMonth, 'books' | 'open' | 'hledger' | 'budget'>> {
  const { api, say, programme } = desk;
  const books = await Promise.all(runs.map(({ closed }) => readBooks(desk, closed.runId)));
  const unsettled: OpenPayment[] = [];
  for (const { closed } of runs) {
    const { runId } = closed;
    const pages = await api.pages('reviewer', 'listUnsettled', { params: { runId } });
    unsettled.push(...pages.flatMap((page) => page.payments));
  }
  const attempts = new Map<string, number>();
  for (const { endToEndId } of runs.flatMap(({ files }) => files.flatMap(({ lines }) => lines))) {
    const sent = parseEndToEndId(endToEndId);
    if (sent) attempts.set(sent.payment, Math.max(attempts.get(sent.payment) ?? 0, sent.attempt));
  }
  // What was sent again or paid by hand since is open no longer, whatever came of the attempt before.
  const open = unsettled.filter(
    ({ payment, attempt, paidOutside }) => attempts.get(payment) === attempt && paidOutside === undefined,
  );
  const hledger = askHledger(books);
  say(
    hledger.installed ? '导出账簿，hledger 严格校验' : '导出账簿（本机没有 hledger，跳过其校验）',
    hledger.installed
      ? 'ledger exported, checked by hledger'
      : 'ledger exported; no hledger here, its check is skipped',
  );
  const params = { programme, fiscalYear: runs[0].closed.fiscalYear };
  return { books, open, hledger, budget: await api.call('finance', 'getBudget', { params }) };
}
