import { fen, toYuan } from '../../../domain/money.ts';
import { mistyped, organisationCode, type SampleOrganisation } from './organisations.ts';
import { budgetCell, type PlantedProjectRow, type ProjectCells, type SampleLine } from './project-rows.ts';

export type BadProjectRow = Omit<PlantedProjectRow, 'row'> & { readonly cells: ProjectCells };

const ACTIVITIES: SampleLine = { category: 'activities', item: '活动物料', fen: fen(800_000) };
const line = (category: string, item: string, yuan: number): SampleLine => ({
  category,
  item,
  fen: fen(yuan * 100),
});

/** Rows that must come back, each with one mistake. @param count projects made before them: numbers go on after those */
export function badProjectRows(own: SampleOrganisation, count: number): BadProjectRow[] {
  let number = count;
  const bad = (
    what: string,
    at: { readonly columns?: readonly string[]; readonly says?: string },
    change: ProjectCells,
  ): BadProjectRow => {
    number += 1;
    const { columns = [], says } = at;
    return {
      what,
      columns,
      ...(says !== undefined && { says }),
      cells: { ...soundRow(own, number), ...change },
    };
  };
  const budget = (...lines: readonly SampleLine[]): ProjectCells => {
    const total = toYuan(fen(lines.reduce((sum, one) => sum + one.fen, 0)));
    return { asked: total, budget: total, lines: budgetCell(lines) };
  };
  const association = {
    code: organisationCode('51', count + 1),
    organisation: '示例区安平邻里协会',
    holder: '示例区安平邻里协会',
  };
  return [
    bad('wrong last check character', { columns: ['统一社会信用代码'] }, { code: mistyped(own.code, 18) }),
    bad(
      'wrong check character of the body',
      { columns: ['统一社会信用代码'] },
      { code: mistyped(own.code, 17) },
    ),
    bad('letter that no code has', { columns: ['统一社会信用代码'] }, { code: `${own.code.slice(0, 17)}O` }),
    bad('code of a state organ', { says: '机构类别' }, { code: organisationCode('11', count + 2) }),
    bad('personal account', { says: '对公账户' }, { holder: '刘玉兰', account: '6201990012345678903' }),
    bad('category over its cap', { says: '超过' }, budget(line('personnel', '项目专员', 6000), ACTIVITIES)),
    bad(
      '社工服务成本 where it is not allowed',
      { says: '社工服务成本' },
      {
        ...association,
        ...budget(line('social-work', '社工服务', 1000), ACTIVITIES),
      },
    ),
    bad(
      'fixed asset among the activities',
      { says: '固定资产' },
      budget(line('activities', '笔记本电脑', 2800), ACTIVITIES),
    ),
    bad(
      'gifts to the people served',
      { says: '慰问品' },
      budget(line('activities', '春节慰问品', 1500), ACTIVITIES),
    ),
    bad('category that nobody knows', { says: '科目' }, budget(line('聚餐费', '团建', 500), ACTIVITIES)),
    bad('lines that do not add up', { says: '预算明细合计' }, { budget: '8000.01' }),
    bad(
      'more than the cap of a project',
      { says: '80000.00' },
      budget(line('activities', '大型活动', 80_001)),
    ),
    bad('too short', { says: '8个月' }, { to: '2026-09-30' }),
    bad(
      'two mistakes at once',
      { columns: ['申请金额', '开始日期'] },
      { asked: '八千元', from: '2026-02-30' },
    ),
  ];
}

function soundRow(own: SampleOrganisation, number: number): ProjectCells {
  return {
    number: `2026-${String(number).padStart(3, '0')}`,
    projectName: `${own.street.name}便民服务项目`,
    organisation: own.name,
    code: own.code,
    holder: own.name,
    account: own.account,
    bankName: own.street.bank,
    asked: '8000.00',
    budget: '8000.00',
    ownFunds: '0.00',
    otherMoney: '否',
    lines: budgetCell([ACTIVITIES]),
    from: '2026-03-01',
    to: '2026-11-30',
    serviceHours: '60',
  };
}
