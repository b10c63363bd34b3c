import { ok, refusal, refuse } from '../result.ts';
import { shownCell } from '../shown-cell.ts';
import { wordIn } from './column-words.ts';
import { type Column, DEATH_COLUMNS, REGISTER_COLUMNS } from './columns.ts';
import { HOUSEHOLD_COLUMNS } from './household-columns.ts';
import { PAPER_COLUMNS } from './paper-columns.ts';

/** 变动类型 by its Chinese or English spelling. */
const CHANGES: Readonly<Record<string, string>> = {
  新增: 'new',
  停发: 'stop',
  变更: 'change',
  new: 'new',
  stop: 'stop',
  change: 'change',
};

const CAUSE_LENGTH_MAX = 200;

function optional(column: Column): Column {
  const { required, ...rest } = column;
  return required ? rest : column;
}

/** 月度变动表: what changes in a street in a month. Columns left empty stay as the register has them. */
export const CHANGE_COLUMNS = {
  change: {
    zh: '变动类型',
    en: 'Change',
    required: true,
    example: '新增',
    parse: (cell) => {
      const value = wordIn(CHANGES, cell) ?? wordIn(CHANGES, cell.toLowerCase());
      if (value !== undefined) return ok(value);
      return refuse(
        refusal(
          'invalid/change-kind',
          `“${shownCell(cell)}”不在可填内容之内：新增、停发、变更`,
          `"${shownCell(cell)}" is none of: new, stop, change`,
        ),
      );
    },
  },
  name: REGISTER_COLUMNS.name,
  idNumber: REGISTER_COLUMNS.idNumber,
  phone: REGISTER_COLUMNS.phone,
  appliedOn: optional(REGISTER_COLUMNS.appliedOn),
  identityClass: REGISTER_COLUMNS.identityClass,
  payeeName: REGISTER_COLUMNS.payeeName,
  payeeIdNumber: REGISTER_COLUMNS.payeeIdNumber,
  account: optional(REGISTER_COLUMNS.account),
  bankName: REGISTER_COLUMNS.bankName,
  stopMonth: REGISTER_COLUMNS.stopMonth,
  diedOn: optional(DEATH_COLUMNS.diedOn),
  toStreet: {
    ...optional(REGISTER_COLUMNS.street),
    zh: '转往街道代码',
    en: 'Street moved to',
    aliases: ['转入街道代码'],
  },
  cause: {
    zh: '变动原因',
    en: 'Cause',
    parse: (cell) =>
      cell.length <= CAUSE_LENGTH_MAX
        ? ok(cell)
        : refuse(
            refusal(
              'invalid/text-length',
              `不超过${CAUSE_LENGTH_MAX}个字`,
              `at most ${CAUSE_LENGTH_MAX} characters`,
            ),
          ),
  },
  /** Of a household alone: urban or rural, and from when what the row says of it holds. */
  residence: optional(HOUSEHOLD_COLUMNS.residence),
  changedOn: HOUSEHOLD_COLUMNS.changedOn,
  ...PAPER_COLUMNS,
  note: REGISTER_COLUMNS.note,
  row: REGISTER_COLUMNS.row,
  reason: REGISTER_COLUMNS.reason,
  reasonEnglish: REGISTER_COLUMNS.reasonEnglish,
} as const satisfies Record<string, Column>;
