// Goal: children through the whole bureau: a sheet with the programme's own columns, a month paid, and an adoption that is learned of late.
import { expect, it } from 'vitest';
import { disclosures } from '../../../functions/api/operations/disclosures.ts';
import { policyFile } from '../../policy-files.ts';
import { idNumber, request, row, sheet } from '../register/sheet-fixture.ts';
import { code, computed, LINES, type Office, openOffice, REGULAR, value } from './office.ts';
import { draftsOf, wholeMonth } from './whole-month.ts';

const PROGRAMME = 'orphan';
const DECEMBER = { ...REGULAR, programme: PROGRAMME };
const JANUARY = { ...DECEMBER, period: '2027-01' };
const HEADINGS =
  '姓名,身份证号,手机号,街道代码,街道名称,申请日期,人员类别,收款人姓名,收款人身份证号,收款账号,开户行,停发月份,审核确认文号,审核确认日期,儿童类别,养育方式,类别和养育方式自,监护变化,监护变化日期,公示起,公示止';

/** Holidays are published for one year at a time. */
function packs(): unknown[] {
  const own = policyFile('110199', PROGRAMME);
  const values = own.values.filter(({ parameter }) => parameter !== 'payDayShift');
  return [policyFile('110000', PROGRAMME), { ...own, values }];
}

async function imported(bureau: Office, name: string, rows: readonly string[]) {
  const message = request(name, { programme: PROGRAMME, requestedAt: bureau.clock.now() });
  await bureau.engines.files.put(message.objectKey, sheet(rows, HEADINGS));
  bureau.engines.send('imports', JSON.stringify(message));
  await bureau.deliver();
  return (await bureau.imports.get(name))?.counts;
}

const child = (n: number, own: string, birth = '20150115') =>
  `${row(n, { id: idNumber(n, birth) })},示例〔2026〕${n}号,2026-10-10,${own}`;

it('pays children from the month after their decision, and finds what was paid after an adoption', async () => {
  const bureau = await openOffice({ people: 0, quickReads: true, packs: packs() });
  try {
    const budget = { jurisdiction: REGULAR.jurisdiction, programme: PROGRAMME, fiscalYear: '2026' };
    value(await bureau.office.setBudget({ ...budget, lines: LINES, by: 'staff-finance' }));
    const home = '201,散居,2026-10-10,,';
    const guardian = row(4, {
      id: idNumber(4, '20160115'),
      payee: '王儿',
      payeeId: idNumber(90, '19700101'),
    });
    const counts = await imported(bureau, 'children-1', [
      child(1, home),
      child(2, '202,机构养育,2026-10-10,,'),
      // 18 in November 2026 and not in study.
      child(3, home, '20081120'),
      `${guardian},示例〔2026〕4号,2026-10-10,${home}`,
      // A category alone does not say from when it holds.
      child(5, '201,,,,'),
      // Nothing of a child is made public.
      child(6, `${home},2026-09-20,2026-09-26`),
    ]);
    expect(counts).toMatchObject({ created: 4, rejected: 2 });
    const december = await wholeMonth(bureau, { identity: DECEMBER });
    expect(december.state).toBe('closed');
    const linesOf = async (run: typeof december) =>
      (await draftsOf(bureau, run))
        .map(({ lines }) =>
          lines.map(({ month, fen, cause }) => `${month} ${fen} ${cause ?? ''}`.trim()).join(', '),
        )
        .sort();
    const joined = '2026-11 285000 newly-joined, 2026-12 285000';
    expect(await linesOf(december)).toEqual(['2026-11 285000 newly-joined', joined, joined, joined]);

    // The first was adopted in October; the bureau learns of it when December has been paid.
    bureau.clock.moveTo('2026-12-20');
    expect(
      await imported(bureau, 'children-2', [child(1, '201,散居,2026-10-10,被收养,2026-10-20')]),
    ).toMatchObject({
      changed: 1,
    });
    const january = await computed(bureau, JANUARY);
    expect(january.totals).toMatchObject({ payable: { count: 2, fen: 570_000 } });
    const found = await bureau.follow.listRecoveryProposals(REGULAR.jurisdiction, PROGRAMME, { limit: 9 });
    expect(found.items.map(({ month, fen, cause }) => [month, fen, cause])).toEqual([
      ['2026-11', 285_000, 'facts-changed'],
      ['2026-12', 285_000, 'facts-changed'],
    ]);

    const asked = {
      actor: { id: 'a', jurisdiction: REGULAR.jurisdiction, roles: ['reviewer'] },
      params: { runId: january.runId },
      query: { street: '110199001' },
    };
    const notice = await disclosures.getNoticeList(
      asked as never,
      { runs: bureau.views, register: bureau.register } as never,
    );
    expect(code(notice as never)).toBe('conflict/no-publicity');
  } finally {
    await bureau.stop();
  }
});
