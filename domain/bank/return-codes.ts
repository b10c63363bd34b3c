import type { Bilingual } from '../bilingual.ts';
import { invariant } from '../result.ts';

/**
 * Why banks refuse or return a payment, as data. Every bank has its own codes and sentences; what we decide from is our
 * own code. ISO codes are those of ISO 20022 ExternalStatusReason1Code, which a few banks send; they are coarser than
 * the sentences, so that a sentence that is understood goes first.
 */
const RETRY_CLASSES = [
  /** Correct account, name or bank with evidence and a second person; then the next attempt. */
  'fix-data',
  /** The person must go to the bank first; pay again when they have. */
  'hold',
  /** Nothing is wrong with the payment: the next attempt may follow as it is. */
  'retry',
  /** Ask the bank; never pay again while it is not known what happened. */
  'investigate',
  /** Stop the benefit, verify the death, look for months paid after it. */
  'deceased',
] as const;
type RetryClass = (typeof RETRY_CLASSES)[number];

type ReturnReasonData = {
  readonly code: string;
  readonly label: Bilingual;
  /** What the bank's sentence contains (spaces removed). */
  readonly variants: readonly string[];
  readonly iso: readonly string[];
  readonly retryClass: RetryClass;
};

/** In order of precedence: of a sentence that fits several, the first one counts (已死亡，账户冻结 is a death). */
export const RETURN_REASONS = [
  {
    code: 'DECEASED',
    label: { zh: '银行登记为已死亡', en: 'deceased according to the bank' },
    // The bare word: a death that is taken for a closed account would be sent again to another one.
    variants: ['死亡', '已故', '身故', '亡故'],
    iso: ['MD07'],
    retryClass: 'deceased',
  },
  {
    code: 'DUPLICATE',
    label: { zh: '银行认为重复', en: 'duplicate according to the bank' },
    variants: ['重复'],
    iso: ['AM05', 'DUPL', 'DU01', 'DU02', 'DU04'],
    retryClass: 'investigate',
  },
  {
    code: 'OTHER',
    label: { zh: '原因不明，须向银行查询', en: 'unknown; ask the bank' },
    // Before all others that might sound final: an unknown outcome may still become a credit.
    variants: ['处理中', '超时', '状态未明', '状态不明', '待查询'],
    iso: ['NARR', 'MS03', 'PDNG'],
    retryClass: 'investigate',
  },
  {
    code: 'TOTAL_MISMATCH',
    label: { zh: '总笔数或总金额不符', en: 'count or sum of the file wrong' },
    variants: ['总笔数', '总金额', '合计不符'],
    iso: ['AM10', 'AM16', 'AM17', 'AM18', 'AM19', 'AM20'],
    retryClass: 'investigate',
  },
  {
    code: 'NAME_MISMATCH',
    label: { zh: '户名不符', en: 'name of the holder wrong' },
    variants: [
      '户名不符',
      '户名不一致',
      '户名与账号不符',
      '账号户名不符',
      '账号与户名不符',
      '收款人名称错误',
      '姓名不符',
    ],
    iso: ['BE01'],
    retryClass: 'fix-data',
  },
  {
    code: 'ACCT_CLOSED',
    label: { zh: '账户已销户', en: 'account closed' },
    variants: ['销户', '账户已注销', '账号已注销', '卡已注销'],
    iso: ['AC04', 'AC07'],
    retryClass: 'fix-data',
  },
  {
    code: 'CARD_NOT_ACTIVE',
    label: { zh: '社保卡金融功能未激活', en: 'card not activated' },
    variants: ['未激活', '未启用'],
    iso: ['AG01', 'AG03'],
    retryClass: 'hold',
  },
  {
    code: 'ACCT_DORMANT',
    label: { zh: '睡眠户或久悬户', en: 'account dormant' },
    variants: ['睡眠', '久悬', '长期不动', '中止'],
    iso: ['NOCM'],
    retryClass: 'hold',
  },
  {
    code: 'ACCT_FROZEN',
    label: { zh: '账户冻结、止付或挂失', en: 'account frozen, stopped or reported lost' },
    variants: ['冻结', '止付', '挂失', '只付不收', '账户状态异常', '账户状态不正确', '账户状态不正常'],
    iso: ['AC06'],
    retryClass: 'hold',
  },
  {
    code: 'LIMIT_EXCEEDED',
    label: { zh: '超过账户限额', en: 'limit of the account exceeded' },
    variants: [
      '超限',
      '超过限额',
      '超出限额',
      '超单笔',
      '超累计',
      '限额',
      'Ⅱ类户',
      'II类户',
      'Ⅲ类户',
      'III类户',
    ],
    iso: ['AM14', 'AM21', 'AM02'],
    retryClass: 'fix-data',
  },
  {
    code: 'PAYER_NO_FUNDS',
    label: { zh: '付款账户余额或额度不足', en: 'paying account without funds' },
    variants: ['余额不足', '额度不足'],
    iso: ['AM04', 'AG07'],
    retryClass: 'retry',
  },
  {
    code: 'BANK_CODE_BAD',
    label: { zh: '收款行行号错误', en: 'bank code wrong' },
    variants: ['行号错误', '行号有误', '行号不存在', '收款行不存在', '行名行号不符'],
    iso: ['RC08', 'RC10'],
    retryClass: 'fix-data',
  },
  {
    code: 'ACCT_NOT_FOUND',
    label: { zh: '账户不存在', en: 'no such account' },
    variants: [
      '账户不存在',
      '账号不存在',
      '卡号不存在',
      '无此账',
      '无此户',
      '无此卡',
      '卡号有误',
      '账号有误',
      '账号错误',
      '卡号错误',
    ],
    iso: ['AC01', 'AC03'],
    retryClass: 'fix-data',
  },
  {
    code: 'CUTOFF',
    label: { zh: '超过银行受理时间', en: 'after the bank’s cut-off' },
    variants: ['截止时间', '非工作日', '非营业时间', '非受理时间'],
    iso: ['TM01', 'DT05', 'DT03'],
    retryClass: 'retry',
  },
  {
    code: 'CHARSET',
    label: { zh: '字符非法', en: 'illegal character' },
    variants: ['字符非法', '非法字符', '乱码'],
    iso: ['RR10'],
    retryClass: 'fix-data',
  },
] as const satisfies readonly ReturnReasonData[];

export type ReturnCode = (typeof RETURN_REASONS)[number]['code'];
export type ReturnReason = ReturnReasonData & { readonly code: ReturnCode };

/**
 * Our code for what the bank said. The sentence is looked at first, then the code, as ISO code or as ours; what nobody
 * understands is OTHER, whose class is to investigate.
 * @param code the bank's return code, may be empty
 * @param text the bank's reason, may be empty
 */
export function classifyReason(code: string, text: string): ReturnCode {
  const sentence = text.normalize('NFC').replace(/[\s\u3000]/g, '');
  const reasons: readonly ReturnReason[] = RETURN_REASONS;
  const bySentence = reasons.find(({ variants }) => variants.some((variant) => sentence.includes(variant)));
  if (bySentence) return bySentence.code;
  const given = code.trim().toUpperCase();
  const byCode = reasons.find((reason) => reason.code === given || reason.iso.includes(given));
  return byCode?.code ?? 'OTHER';
}

/** Labels and retry class of one of our codes. */
export function returnReason(code: ReturnCode): ReturnReason {
  const reason: ReturnReason | undefined = RETURN_REASONS.find((candidate) => candidate.code === code);
  invariant(reason, `no such return code: ${code}`);
  return reason;
}
