// Goal: a place whose bank heads its statements in another way says so in its policy, and the account ties by what the bank gave out.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { USUAL_STATEMENT } from '../../../domain/bank/statement-layout.ts';
import { fen, toYuan } from '../../../domain/money.ts';
import { policyBook } from '../../../domain/policy/book.ts';
import { parsePolicyPack } from '../../../domain/policy/parse-pack.ts';
import type { Run } from '../../../domain/run/run.ts';
import { bankDesk } from '../../../functions/bank/bank-desk.ts';
import { statementLayoutOf } from '../../../functions/bank/statement-layout-of.ts';
import { packWith } from '../../infra/local/sample/planting.ts';
import { policyFile } from '../../policy-files.ts';
import { bankAnswer, code, DISTRICT, type Office, pack, reconciled, value } from '../run/office.ts';
import { sentMonth, smallOffice } from '../run/whole-month.ts';
import { sentPayments, stated } from './bank-account.ts';

const { headings } = USUAL_STATEMENT;
const OWN = { ...USUAL_STATEMENT, id: 'ours', headings: { ...headings, date: ['发生日'], debit: ['付方'] } };
const yuan = (amount: number): string => toYuan(fen(amount));

let bureau: Office;
beforeAll(async () => {
  bureau = await smallOffice({ packs: [pack('110000'), packWith({ statementLayout: OWN })] });
});
afterAll(() => bureau.stop());

it('a statement headed as the policy says is read and matched; the usual headings are no longer', async () => {
  const run = await sentMonth(bureau);
  const [answer] = await bankAnswer(bureau, run);
  await reconciled(bureau, run, answer!);
  const account = run.manifest.payerAccount;
  const payments = await sentPayments(bureau, run);
  let balance = run.fundedFen as number;
  const rows = payments.map((payment) => {
    balance -= payment.fen;
    return `2026-11-27,${yuan(payment.fen)},,${yuan(balance)},${payment.id}`;
  });
  const text = (date: string, debit: string) =>
    [
      `${date},${debit},贷方,余额,对账码`,
      `2026-11-25,,${yuan(run.fundedFen)},${yuan(run.fundedFen)},`,
      ...rows,
    ].join('\n');
  const usual = await stated(bureau, text('交易日期', '借方'), { account });
  const own = await stated(bureau, text('发生日', '付方'), { account });
  const desk = bankDesk(bureau.ports);
  const listed = await desk.listStatements(DISTRICT);
  expect(listed.map(({ statementId, state, refusal }) => [statementId, state, refusal?.code])).toEqual([
    [usual, 'refused', 'invalid/statement-headings'],
    [own, 'accepted', undefined],
  ]);
  const tie = value(await desk.tieAccount({ jurisdiction: DISTRICT, account, date: '2026-11-30' }));
  expect(tie).toMatchObject({ ties: true, items: [] });
});

it('programmes that pay from one account and head its statements in two ways are told so', async () => {
  const dibao = (statementLayout: unknown) => {
    const file = policyFile(DISTRICT, 'dibao');
    const [like] = file.values;
    return { ...file, values: [{ ...like!, parameter: 'statementLayout', value: statementLayout }] };
  };
  const packs = (layout: unknown) =>
    [packWith({ statementLayout: OWN }), dibao(layout)].map((file) => value(parsePolicyPack(file)).pack);
  const runs = ['high-age', 'dibao'].map((programme) => ({
    manifest: { jurisdiction: DISTRICT, programme },
  })) as unknown as Run[];
  const asked = (layout: unknown) => {
    const policies = { current: async () => policyBook(packs(layout)) };
    return statementLayoutOf({ policies, clock: bureau.clock }, runs);
  };
  expect(await asked(OWN)).toEqual({ ok: true, value: OWN });
  expect(code(await asked({ ...OWN, id: 'other' }))).toBe('conflict/statement-layout');
});
