import { parse } from 'csv-parse/sync';
import { parseEndToEndId } from '../../../domain/ids.ts';
import type { District, PlantedRow } from '../sample/district.ts';
import { SAMPLE_STREETS } from '../sample/streets.ts';
import type { ResponseOf } from './api-client.ts';
import { firstAnswer } from './bank-answers.ts';
import { askHledger, readBooks } from './books.ts';
import type { ClosedRun, MonthResult, OpenPayment } from './comparison.ts';
import { correctAccounts, decideExceptions, holdAndOverride, payByHand, releaseHold } from './decisions.ts';
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
import {
  type Import,
  importDifferences,
  importSheet,
  linkBeneficiary,
  PROGRAMME,
  prepareBureau,
} from './prepare.ts';
import { padded } from './report.ts';

/** Number of lines of progress that a demo prints. */
export const STEPS = 19;

/** Staff, policy, budget, and both sheets with exactly the planted rows sent back. */
export async function fillRegister(desk: Desk, district: District): Promise<Import> {
  const { api, key, say } = desk;
  const thisYear = new Date().getFullYear();
  await prepareBureau(api, [...new Set([district.month.slice(0, 4), `${thisYear}`, `${thisYear + 1}`])]);
  say('登记人员、导入政策包、登记预算', 'staff registered, policy packs and budgets in');
  const { planted } = district;
  const register = await importSheet(api, 'register', district.registerCsv, key('register'));
  await checkImport(desk, register, planted.register);
  say(
    `对象名单：收下 ${register.counts?.accepted} 行，退回 ${register.counts?.rejected} 行，与预设的错误逐行一致`,
    `register: ${register.counts?.accepted} rows taken, ${register.counts?.rejected} sent back, row by row those that were planted`,
  );
  const deaths = await importSheet(api, 'deaths', district.deathsCsv, key('deaths'));
  await checkImport(desk, deaths, planted.deaths);
  say(
    `死亡信息：${deaths.counts?.changed} 人匹配，${deaths.counts?.unmatched} 人不在库，退回 ${deaths.counts?.rejected} 行`,
    `deaths: ${deaths.counts?.changed} matched, ${deaths.counts?.unmatched} not ours, ${deaths.counts?.rejected} rows sent back`,
  );
  return register;
}

async function checkImport(
  { api }: Desk,
  done: Import,
  planted: {
    readonly rejected: readonly PlantedRow[];
    readonly counts: District['planted']['register']['counts'];
  },
): Promise<void> {
  const bytes = await api.download(async () => {
    const again = await api.call('preparer', 'getImport', { params: { importId: done.importId } });
    return again.errorFileUrl ?? '';
  });
  const [headings = [], ...rows] = parse(Buffer.from(bytes), { bom: true, relax_column_count: true });
  const [row, reason] = [headings.indexOf('行号'), headings.indexOf('原因')];
  const errors = rows.map((cells) => ({ row: Number(cells[row]), reason: cells[reason] ?? '' }));
  const wrong = importDifferences(done, planted.counts, errors, planted.rejected);
  if (wrong.length > 0)
    throw new Error(`导入结果与预设不符 / not what was planted:\n  ${wrong.join('\n  ')}`);
}

/** The month's regular run from its start to its seal. */
export async function regularRun(
  desk: Desk,
  district: District,
  print: (line: string) => void,
): Promise<ClosedRun> {
  const { api, say } = desk;
  const { month, planted } = district;
  const computed = await computeRun(desk, month, 'R');
  const { runId } = computed.run;
  say(`${month} 正常批次已核算，待复核`, `${month} regular run computed, ready for review`);
  printReview(print, computed);
  const { held } = await holdAndOverride(desk, runId, month, planted);
  say('放行一笔（两人）、人工缓发一笔', 'one finding set aside by two people, one payment held by hand');
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

/** Bytes that were taken in once are recognised, whatever they are uploaded as. */
async function uploadAgain(desk: Desk, runId: string, answered: ClosedRun['answered']): Promise<void> {
  for (const { file, plan } of answered) {
    const again = await submitAnswer(desk, runId, firstAnswer(file, plan), 'again');
    if (again.state !== 'repeated') throw new Error(`重复回盘未识别 / taken in twice: ${again.state}`);
  }
}

/** What failed or came back is mended where it can be, and sent again with what was held. */
export async function supplementaryRun(
  desk: Desk,
  district: District,
  regular: ClosedRun,
): Promise<ClosedRun> {
  const { say } = desk;
  const corrected = await correctAccounts(desk, regular.answered);
  say(
    `更正账户 ${corrected} 个（一人提出，另一人确认）`,
    `${corrected} accounts corrected, each by two people`,
  );
  const byHand = await payByHand(desk, regular.closed.runId);
  say(
    byHand === undefined ? '本月没有须现金发放的' : '一笔改为现金发放（一人登记凭证，另一人确认）',
    byHand === undefined
      ? 'nobody had to be paid in cash'
      : 'one paid in cash instead, by two people, with its voucher',
  );
  await releaseHold(desk, regular.held);
  const computed = await computeRun(desk, district.month, 'S1');
  const { runId } = computed.run;
  say(
    `补充批次 S1：重发 ${computed.run.totals?.reissued.count} 笔，解除缓发补发 1 笔`,
    `supplementary run S1: ${computed.run.totals?.reissued.count} sent again, one hold released`,
  );
  const approved = await approve(desk, runId);
  await fund(desk, runId);
  const files = await dispatch(desk, runId);
  const answered = await answerFiles(desk, runId, files, 'none');
  const closed = await close(desk, runId);
  say('S1 签批、拨款、发放、回盘、关闭', 'S1 signed, funded, dispatched, answered and closed');
  return { computed, review: computed, approved, closed, files, answered, held: '' };
}

/** Everything that an auditor can ask for, and what is still open in the end. */
export async function audit(
  desk: Desk,
  runs: readonly [ClosedRun, ...ClosedRun[]],
): Promise<Pick<MonthResult, 'books' | 'open' | 'hledger' | 'budget'>> {
  const { api, say } = desk;
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
  const params = { programme: PROGRAMME, fiscalYear: runs[0].closed.fiscalYear };
  return { books, open, hledger, budget: await api.call('finance', 'getBudget', { params }) };
}

/** The person behind a payment asks why it is this amount. */
export async function explain(desk: Desk, district: District, print: (line: string) => void): Promise<void> {
  const { api, key, say } = desk;
  await linkBeneficiary(api, district.planted.cast.linked, key('link'));
  const { payments } = await api.call('beneficiary', 'listMyPayments');
  const [payment] = payments;
  if (!payment) throw new Error('本人看不到发放 / the beneficiary sees no payment');
  const params = { paymentId: payment.payment };
  const { months } = await api.call('beneficiary', 'explainMyPayment', { params });
  say(
    `老人本人查询：${payment.amount} 元，${payment.stateNames.zh}`,
    `the beneficiary looks: ${payment.amount} yuan, ${payment.stateNames.en}`,
  );
  for (const { zh, citation } of months.at(-1)?.steps ?? []) {
    print(`            ${zh}${citation ? `〔${citation.document}〕` : ''}`);
  }
}

/** What a reviewer looks at, in a few lines. */
function printReview(print: (line: string) => void, review: ResponseOf<'getReview'>): void {
  const { totals } = review.run;
  const indent = ' '.repeat(12);
  for (const { street, payable, held } of review.streets) {
    const name = SAMPLE_STREETS.find(({ code }) => code === street)?.name ?? '';
    const kept = held.count > 0 ? `，缓发 held ${held.count}` : '';
    const figures = `${String(payable.count).padStart(5)} 笔  ${payable.amount.padStart(12)} 元`;
    print(`${indent}${street} ${padded(name, 8)}${figures}${kept}`);
  }
  const { joined, stopped, changed } = review.movements;
  print(`${indent}新增 joined ${joined}，停发 stopped ${stopped}，变动 changed ${changed}`);
  const findings = review.findings.map(({ control, count }) => `${control} ${count}`).join('，');
  print(`${indent}缓发 held ${totals?.held.count}，不能发 blocked ${totals?.blocked.count}：${findings}`);
}
