import type { Bilingual } from '../../domain/bilingual.ts';
import { type Fen, toYuan } from '../../domain/money.ts';
import type { Column } from '../../domain/register/columns.ts';
import { GRANT_LIST_COLUMNS } from '../../domain/register/grant-columns.ts';
import type { RowFault } from '../../domain/register/sheets.ts';
import type { Refusal } from '../../domain/result.ts';

/** Why rows of a list of grants come back; they never repeat what is personal. */
export const unfit = ({ zh, en }: Refusal, column?: string): RowFault => ({
  ...(column !== undefined && { column }),
  zh,
  en,
});

export const NO_LIST: RowFault = {
  zh: '本项目不按名册批量办理：请按单笔申请办理',
  en: 'this programme takes no lists: apply for grants one by one',
};

const COLUMNS: Readonly<Record<string, Column | undefined>> = GRANT_LIST_COLUMNS;

export const notOfProgramme = (id: string, names: Bilingual): RowFault => ({
  column: COLUMNS[id]?.zh ?? '',
  zh: `${names.zh}不填此列：请清空，或检查是否选错了项目`,
  en: `${COLUMNS[id]?.en ?? id}: no column of ${names.en}; clear it, or look whether this is the right programme`,
});

export const twice = (row: number): RowFault => ({
  column: '身份证号',
  zh: `与第${row}行是同一对象、同一事项：只能填一行，请核对`,
  en: `ID number: row ${row} has the same subject for the same occasion; keep one of them`,
});

export const granted = (): RowFault => ({
  column: '身份证号',
  zh: '该对象已就同一事项获得本项目给付：不能重复办理',
  en: 'ID number: this was granted to the same subject for the same occasion before',
});

/** When it is carried out, a row is worth something else than what was decided. */
export const otherAmount = (due: Fen): RowFault => ({
  zh: `名册测算后，该对象已获给付或本人情况、政策有变化，现应为 ${toYuan(due)} 元：未给付，请重新导入该行并审批`,
  en: `what was granted or became known since the list was checked leaves ${toYuan(due)} yuan: not granted; import the row again, to be decided anew`,
});

export const ACCOUNT_DIFFERS: RowFault = {
  column: '收款账号',
  zh: '与对象信息库中收款人的现用账号不同：请核对；确需变更的先办理账户变更（两人），再导入',
  en: 'Account: another one than the payee has on record; check it, or have the account changed by two persons first',
};

export const PARTY_FAULTS = {
  subject: {
    column: '身份证号',
    zh: '对象应为个人（填身份证号）还是单位（填统一社会信用代码），与本项目不符',
    en: 'ID number: the programme is for persons, or for organisations with a credit code, and this is the other',
  },
  payee: {
    column: '收款人姓名',
    zh: '收款人（单位）的名称和证件号码应同时填写',
    en: 'Payee name: name and number of the payee are stated together',
  },
  handler: {
    column: '收款人姓名',
    zh: '对象已去世，应填写收款人：经办人，或殡仪馆等单位',
    en: 'Payee name: the subject has died; name the handler or the organisation that is paid',
  },
  paid: {
    column: '收款人身份证号',
    zh: '收款人应为个人还是单位（对公账户），与本项目不符',
    en: 'Payee ID number: the programme pays persons, or organisations, and this is the other',
  },
  /** A fact that the schema of the programme refuses. */
  fact: (id: string, columns: Readonly<Record<string, Column>>): RowFault => {
    const { zh, en } = columns[id] ?? { zh: '', en: id };
    return {
      ...(zh !== '' && { column: zh }),
      zh: '缺少或不符合本项目的填写要求',
      en: `${en}: missing, or not what the programme asks for`,
    };
  },
} as const;
