import { afterAll, beforeAll, expect, it } from 'vitest';
import { DraftStore } from '../../../functions/adapters/draft-store.ts';
import { type Engines, startEngines } from '../../engines.ts';

const RUN = '110199.high-age.2026-12.R.1';
const ENROLMENT = 'GL-7Z3K9QX2M4BT-1';
const DRAFT = {
  attempt: 1,
  derivations: {
    '2026-12': [
      {
        code: 'amount',
        inputs: { class: 'everyone', fromAge: '80', month: '2026-12' },
        result: '100.00',
      },
    ],
  },
  enrolment: ENROLMENT,
  fen: 10000,
  findings: [],
  kind: 'regular',
  lines: [{ component: 'allowance', fen: 10000, kind: 'entitlement', month: '2026-12' }],
  movement: 'same',
  payment: `2026-12_R_${ENROLMENT}`,
  previousFen: 10000,
  recoveries: [],
  sample: false,
  street: '110199001',
};
/** The draft as the store wrote it on 2026-11-22. */
const STORED =
  'q0ZJifiSHiRtJOaCUzhyQkjOSSwuBnmvLLWoMj8vlXBMI8eHoYGBnoEB1igxjzL2tgyMMPI1cQrRNRxaEYThdlKiKy0xpxhHfAEA';

let engines: Engines;
beforeAll(async () => {
  engines = await startEngines();
});
afterAll(() => engines.stop());

it('a draft that was written earlier can be read for ever: the text it is deflated against never changes', async () => {
  const { operations } = engines.tables;
  const key = { pk: `D#${RUN}#1#5c`, sk: `${ENROLMENT}#2026-12#R#01` };
  await operations.putNew({ ...key, b: Buffer.from(STORED, 'base64') });
  const store = new DraftStore(operations);
  expect(await store.ofBucket(RUN, 1, '5c')).toEqual([DRAFT]);
  // Writing the same draft today finds the same content.
  await store.put(RUN, 1, '5c', DRAFT as never);
});
