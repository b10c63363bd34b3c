// Goal: two statements of one number that say different things, read at the same moment: one counts, the other is refused and says so.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bankDesk } from '../../../functions/bank/bank-desk.ts';
import { takeStatement } from '../../../functions/bank/statements.ts';
import { DISTRICT, type Office, value } from '../run/office.ts';
import { sentMonth, smallOffice } from '../run/whole-month.ts';
import { statementText } from './bank-account.ts';

let bureau: Office;
beforeAll(async () => {
  bureau = await smallOffice();
});
afterAll(() => bureau.stop());

it('never both, and never silently', async () => {
  const { payerAccount: account } = (await sentMonth(bureau)).manifest;
  const desk = bankDesk(bureau.ports);
  const head = { opening: 0, sequence: 1, from: '2026-11-01', to: '2026-11-30' };
  const texts = ['S1', 'S2'].map((serial) =>
    statementText([{ date: '2026-11-25', side: 'credit', fen: 500, serial }], head),
  );
  const messages = await Promise.all(
    texts.map(async (text, index) => {
      const objectKey = `uploads/${DISTRICT}/at-once-${index}`;
      await bureau.engines.files.put(objectKey, Buffer.from(text));
      const asked = { jurisdiction: DISTRICT, account, objectKey, by: 'staff-cashier' };
      const { statementId } = value(await desk.submitStatement(asked));
      return {
        type: 'bank.statement-received',
        version: 1,
        jurisdiction: DISTRICT,
        statementId,
        objectKey,
      } as const;
    }),
  );
  const ports = { ...bureau.ports, files: bureau.engines.files };
  await Promise.all(messages.map((message) => takeStatement(ports, message)));
  await bureau.deliver();
  const listed = await desk.listStatements(DISTRICT);
  expect(listed.map(({ state, refusal }) => `${state} ${refusal?.code ?? '-'}`).sort()).toEqual([
    'accepted -',
    'refused conflict/statement-differs',
  ]);
  expect(await bureau.ports.statements.loose({ jurisdiction: DISTRICT, account })).toHaveLength(1);
});
