import * as z from 'zod/mini';
import { BANK_FORMAT_IDS } from '../bank/catalogue.ts';
import { BankLayout } from '../bank/layout.ts';
import { OwnStatementLayout, type StatementLayout } from '../bank/statement-layout.ts';
import type { ParameterSpec } from './parameter.ts';

/** A layout of the place's own, under an id that no format of the catalogue has. */
const OwnLayout = BankLayout.check(
  z.refine(({ id }) => !BANK_FORMAT_IDS.includes(id), {
    error: '自定版式的编号与目录中的重复|the id of the layout is one of the catalogue',
  }),
);

/** What a place sets for its bank's files. All are optional. */
export const BANK_FILE_PARAMETERS = {
  /** An id of the catalogue (`GET /v1/bank-formats`), or a whole layout; `pipe-gb18030` where it is not set. */
  bankFormat: {
    schema: z.union([z.enum(BANK_FORMAT_IDS as [string, ...string[]]), OwnLayout]),
    label: { zh: '银行报盘格式', en: 'format of the bank’s files' },
    unit: { zh: '格式', en: 'format' },
    bearsAmount: false,
  } satisfies ParameterSpec<string | BankLayout>,
  /** How the bank's statements as table or text are headed; the usual headings where it is not set. ISO 20022 needs none. */
  statementLayout: {
    schema: OwnStatementLayout,
    label: { zh: '对账单版式', en: 'layout of the bank’s statements' },
    unit: { zh: '版式', en: 'layout' },
    bearsAmount: false,
  } satisfies ParameterSpec<StatementLayout>,
  /** Whether identity numbers are written where the format has a column for them; left empty where it is not set. */
  bankIdentityNumbers: {
    schema: z.boolean(),
    label: { zh: '报盘文件填写身份证号', en: 'identity numbers in the bank’s files' },
    unit: { zh: '选项', en: 'option' },
    bearsAmount: false,
  } satisfies ParameterSpec<boolean>,
} as const;
