import { ok, type Result, refusal, refuse } from '../result.ts';
import { pastDate } from './column-words.ts';
import { type Column, DEATH_COLUMNS, REGISTER_COLUMNS } from './columns.ts';

const DETAIL_LENGTH_MAX = 200;

/** Only a code made of it is kept (domain/matching/list-kinds.ts). */
function detail(cell: string): Result<string> {
  if (cell.length <= DETAIL_LENGTH_MAX) return ok(cell);
  return refuse(
    refusal(
      'invalid/text-length',
      `文字不超过${DETAIL_LENGTH_MAX}个字`,
      `text has at most ${DETAIL_LENGTH_MAX} characters`,
    ),
  );
}

/**
 * 比对名单: who another authority names, and since when. Such lists have columns of their own, which are left alone: only the
 * identity number must be there.
 */
export const MATCHING_COLUMNS = {
  idNumber: {
    ...REGISTER_COLUMNS.idNumber,
    aliases: ['身份证号码', '公民身份号码', '公民身份证号码', '身份证', '身份证件号码', '证件号码', '证件号'],
  },
  name: {
    zh: '姓名',
    en: 'Name',
    aliases: ['人员姓名', '当事人姓名', '死者姓名', '法定代表人姓名', '权利人姓名'],
    content: 'name',
    example: '张三',
    parse: REGISTER_COLUMNS.name.parse,
  },
  since: {
    zh: '发生日期',
    en: 'Since',
    aliases:
      '死亡日期 死亡时间 火化日期 收监日期 入所日期 登记日期 注册日期 成立日期 参保日期 就业日期 待遇起始日期 迁出日期 预警日期 有效期止 起始日期 日期'.split(
        ' ',
      ),
    content: 'date',
    example: '2026-10-05',
    parse: pastDate,
  },
  detail: {
    zh: '情况',
    en: 'Detail',
    aliases: ['状态', '情况说明', '证件状态', '核验结果', '预警类型', '人员类别', '类别'],
    parse: detail,
  },
  note: DEATH_COLUMNS.note,
  row: DEATH_COLUMNS.row,
  reason: DEATH_COLUMNS.reason,
  reasonEnglish: DEATH_COLUMNS.reasonEnglish,
} as const satisfies Record<string, Column>;
