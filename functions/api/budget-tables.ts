import { stringify } from 'csv-stringify/sync';
import { FUND_NAMES, LEVEL_NAMES } from '../../domain/budget/line.ts';
import { toYuan } from '../../domain/money.ts';
import type { FundingRequest } from '../run/service.ts';
import { summaryLines } from './budget-sheets.ts';
import { programmeNames } from './views/run-view.ts';

const COLUMNS = [
  '项目 programme',
  '预算年度 fiscal year',
  '指标号 line',
  '级次 level',
  '资金性质 fund',
  '功能分类 functional',
  '经济分类 economic',
  '金额（元） amount CNY',
] as const;

/** What runs drew of each line as CSV (UTF-8 with BOM, so that spreadsheet programs read it); no names, no accounts. */
export function fundingTable(requests: readonly FundingRequest[]): string {
  const years = Map.groupBy(requests, ({ run }) => run.manifest.fiscalYear);
  const rows = [...years].flatMap(([fiscalYear, of]) =>
    summaryLines(of).map(({ programme, line }) => [
      programmeNames(programme).zh,
      fiscalYear,
      line.line,
      LEVEL_NAMES[line.level],
      FUND_NAMES[line.fund],
      line.functional ?? '',
      line.economic ?? '',
      toYuan(line.fen),
    ]),
  );
  return stringify([[...COLUMNS], ...rows], {
    bom: true,
    record_delimiter: 'windows',
    escape_formulas: true,
  });
}
