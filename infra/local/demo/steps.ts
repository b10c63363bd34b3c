import type { District, PlantedRow } from '../sample/district.ts';
import { SAMPLE_STREETS } from '../sample/streets.ts';
import type { ResponseOf } from './api-client.ts';
import { holdAndOverride } from './decisions.ts';
import { errorRows } from './error-file.ts';
import { payAsUsual } from './paid-run.ts';
import { computeRun, type Desk } from './payment-run.ts';
import {
  type BeneficiaryAccount,
  csvSheet,
  type Import,
  importDifferences,
  importSheet,
  linkBeneficiary,
} from './prepare.ts';
import { padded } from './report.ts';
import type { ClosedRun } from './run-comparison.ts';

/** Number of lines of progress that a demo prints. */
export const STEPS = 19;

/** Both sheets with exactly the planted rows sent back. */
export async function fillRegister(desk: Desk, district: District): Promise<Import> {
  const { api, key, say, programme } = desk;
  const { planted } = district;
  const register = await importSheet(
    api,
    programme,
    csvSheet('register', district.registerCsv),
    key('register'),
  );
  await checkImport(desk, register, planted.register);
  say(
    `对象名单：收下 ${register.counts?.accepted} 行，退回 ${register.counts?.rejected} 行，与预设的错误逐行一致`,
    `register: ${register.counts?.accepted} rows taken, ${register.counts?.rejected} sent back, row by row those that were planted`,
  );
  const deaths = await importSheet(api, programme, csvSheet('deaths', district.deathsCsv), key('deaths'));
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
  const errors = await errorRows(api, done);
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
  const { say } = desk;
  const { month, planted } = district;
  const computed = await computeRun(desk, month, 'R');
  const { runId } = computed.run;
  say(`${month} 正常批次已核算，待复核`, `${month} regular run computed, ready for review`);
  printReview(print, computed);
  const { held } = await holdAndOverride(desk, runId, month, planted);
  say('放行一笔（两人）、人工缓发一笔', 'one finding set aside by two people, one payment held by hand');
  return await payAsUsual(desk, computed, held);
}

/** The person behind a payment asks why it is this amount. */
export async function explain(
  desk: Desk,
  account: BeneficiaryAccount,
  idNumber: string,
  print: (line: string) => void,
): Promise<void> {
  const { api, key, say } = desk;
  await linkBeneficiary(api, account, idNumber, key('link'));
  const { payments } = await api.call(account, 'listMyPayments');
  const [payment] = payments;
  if (!payment) throw new Error('本人看不到发放 / the beneficiary sees no payment');
  const params = { paymentId: payment.payment };
  const { months } = await api.call(account, 'explainMyPayment', { params });
  say(
    `本人查询：${payment.amount} 元，${payment.stateNames.zh}`,
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
