import { BANK_PROGRESS, type BankProgress } from '../bank/answer.ts';
import type { Bilingual } from '../bilingual.ts';

/** What staff are told of each status that is no outcome yet. */
export const PROGRESS_NAMES: Readonly<Record<BankProgress, Bilingual>> = {
  RCVD: { zh: '银行已收到', en: 'received' },
  ACTC: { zh: '格式检查通过', en: 'technically accepted' },
  ACCP: { zh: '客户信息检查通过', en: 'accepted' },
  ACFC: { zh: '资金检查通过', en: 'funds checked' },
  ACSP: { zh: '已受理执行', en: 'accepted for execution' },
  ACWP: { zh: '已受理、未记账', en: 'accepted, not posted' },
  ACSC: { zh: '付款方已扣款、收款方未确认', en: 'debited, not confirmed at the payee' },
};

/** Place in the order of statuses, from 1; 0 where the bank only says that it is not known yet. A status never gives way to a lower one. */
export const progressRank = (progress: BankProgress | undefined): number =>
  progress === undefined ? 0 : BANK_PROGRESS.indexOf(progress) + 1;
