import { describe, expect, it } from 'vitest';
import { DISABILITY_COLUMNS } from '../../../domain/disability/columns.ts';
import { PROGRAMMES } from '../../../domain/programmes/index.ts';
import { ownFactsOf } from '../../../domain/register/own-facts.ts';
import type { Result } from '../../../domain/result.ts';

const CONTEXT = { jurisdiction: '110199', today: '2026-11-22' };

/** What a row says in the programme's own columns, by heading: `<kind> <value> <from>`, or the faults. */
function said(cells: Record<string, string>, columns = DISABILITY_COLUMNS): readonly string[] {
  const values: Record<string, string> = {};
  for (const [heading, cell] of Object.entries(cells)) {
    const [id, column] = Object.entries(columns).find(([, one]) => one.zh === heading)!;
    const parsed: Result<string> = column.parse(cell, CONTEXT);
    if (!parsed.ok) return [`${heading}: ${parsed.error.code}`];
    values[id] = parsed.value;
  }
  const facts = ownFactsOf(values, columns);
  return facts.ok
    ? facts.value.map(({ kind, value, from }) => `${kind} ${value} ${from}`)
    : facts.error.map(({ column, zh }) => `${column}: ${zh}`);
}

describe('columns of the disability subsidies', () => {
  it.each([
    [
      { 残疾类别: '肢体', 残疾等级: '一级', 残疾人证签发日期: '2021-05-21' },
      ['disability 1:limb 2021-05-21'],
    ],
    [
      { 残疾人证有效期至: '2031-05-20', 残疾人证签发日期: '2021-05-21' },
      ['disability-card valid:2031-05-20 2021-05-21'],
    ],
    [{ 残疾人证有效期至: '长期', 残疾人证签发日期: '2021-05-21' }, ['disability-card valid:- 2021-05-21']],
    [{ 残疾人证有效期至: '冻结', 残疾人证签发日期: '2026-05-21' }, ['disability-card frozen 2026-05-21']],
    [{ 伤残证件: '残疾军人证', 伤残等级: '三级' }, ['service-disability 3:military known']],
    [{ 就业状况: '未就业' }, ['employment none known']],
    [{ 就业状况: '在职', 月工资收入: '2800' }, ['employment employed:2800.00 known']],
    [{ 本人月稳定收入: '950.5' }, ['incomes other:950.50:month known']],
    [{ 本人月稳定收入: '0' }, ['incomes  known']],
    [{ 户籍性质: '农村' }, ['registration-kind rural known']],
    [
      { 家庭困难情形: '一户多残、依老养残' },
      ['disability-hardship cared-for-by-elderly;several-disabled known'],
    ],
    [{ 等级重新评定中: '是' }, ['regrading open sheet']],
    [{ 领取工伤生活护理费: '是' }, ['work-injury-care yes known']],
    [
      { 残联审核文号: '残联〔2026〕3号', 残联审核日期: '2026-03-18' },
      ['federation-review 2026-03-18/残联〔2026〕3号 2026-03-18'],
    ],
    [{ 收入核对报告日期: '2026-03-10' }, ['income-report 2026-03-10 2026-03-10']],
    [{ 重新申请日期: '2026-09-01' }, ['reapplication 2026-09-01 2026-09-01']],
  ])('%j', (cells, expected) => {
    expect(said(cells)).toEqual(expected);
  });

  it.each([
    [{ 残疾等级: '一级', 残疾人证签发日期: '2021-05-21' }, '残疾等级'],
    [{ 残疾类别: '肢体', 残疾等级: '一级' }, '残疾人证签发日期'],
    [{ 残疾人证有效期至: '过期' }, 'invalid/disability-card'],
    [{ 伤残证件: '残疾军人证' }, '伤残证件'],
    [{ 伤残等级: '十一级' }, 'invalid/service-grade'],
    [{ 就业状况: '在职' }, '就业状况'],
    [{ 本人月稳定收入: '-1' }, 'invalid/amount'],
    [{ 残联审核文号: '残联〔2026〕3号' }, '残联审核'],
    [{ 残联审核日期: '2027-03-18' }, 'invalid/date-future'],
  ])('%j is a fault', (cells, named) => {
    expect(said(cells).join()).toContain(named);
  });
});

describe('columns of 优抚', () => {
  const columns = PROGRAMMES['veterans-care']!.registerColumns!;

  it.each([
    [
      { 优抚对象类别: 'martyr-family', 类别自: '2026-01-12' },
      ['preferential-class martyr-family 2026-01-12'],
    ],
    [
      { 优抚对象类别: 'retired-rural', 服役年数: '6', 类别自: '2026-01-12' },
      ['preferential-class retired-rural:6 2026-01-12'],
    ],
    [{ 死亡原因: '病故' }, ['death-cause illness sheet']],
    [{ 优抚对象类别: '烈属' }, ['优抚对象类别: invalid/preferential-class']],
    [{ 服役年数: '0' }, ['服役年数: invalid/service-years']],
  ])('%j', (cells, expected) => {
    expect(said(cells, columns)).toEqual(expected);
  });
});
