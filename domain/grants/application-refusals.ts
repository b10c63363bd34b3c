import type { Month } from '../calendar.ts';
import { toYuan } from '../money.ts';
import { type Refusal, refusal } from '../result.ts';
import type { Application } from './application.ts';
import type { WorkedOutGrant } from './application-commands.ts';

/** What is answered to who asks for what an application does not allow. */
export const stale = ({ hash, fen }: WorkedOutGrant): Refusal =>
  refusal(
    'conflict/stale-application',
    `申请内容、政策或该家庭已获救助在您查看之后有变化，现测算为 ${toYuan(fen)} 元：请重新查看后审批`,
    `what it rests on has changed since you looked (facts, policy, or earlier help for the family); it comes to ${toYuan(fen)} yuan now: look again, then decide`,
    { hash },
  );

export const noMinutes = (): Refusal =>
  refusal(
    'invalid/minutes',
    '“一事一议”的审批须写明会议纪要文号，其他审批不写',
    'what a meeting decides names the minutes; no other decision does',
  );

export const nothing = (): Refusal =>
  refusal(
    'invalid/grant-nothing',
    '测算金额为零，没有可批准的金额：请核对申请内容，或作出不予批准的决定',
    'it comes to nothing: check what is stated, or turn the application down',
  );

export const cashParts = (): Refusal =>
  refusal(
    'invalid/cash-parts',
    '按月发放的救助不能以备用金现金发放',
    'a grant that is paid month by month is not paid in cash from the imprest',
  );

export const papersComplete = (): Refusal =>
  refusal('conflict/papers-complete', '该申请没有待补的材料', 'no papers are missing');

export const noSuchPaper = (open: readonly string[]): Refusal =>
  refusal('invalid/paper', `待补材料为：${open.join('、')}`, `these papers are missing: ${open.join(', ')}`);

export const stopWaits = (): Refusal =>
  refusal(
    'conflict/stop-open',
    '已有一份停止建议待决定',
    'a stop was proposed already and waits for a decision',
  );

export const cashIsPaid = (): Refusal =>
  refusal(
    'conflict/cash-paid',
    '现金尚未报销入账：没有交付或已交回的请撤销支取；已入账的请先查看备用金，再提出停止并追缴',
    'the cash is not posted yet: cancel its draw if it came back; once it is posted, look at the fund, then stop it and recover it',
  );

export function nothingToStop({ granted }: Application, from: Month): Refusal {
  const last =
    granted?.parts
      .map(({ month }) => month)
      .sort()
      .at(-1) ?? '';
  return refusal(
    'invalid/stop-month',
    `自 ${from} 起没有待发的月份，最后一个月为 ${last}`,
    `nothing is paid from ${from} on; the last month is ${last}`,
    { last },
  );
}

export const noStop = (): Refusal =>
  refusal('conflict/no-stop', '没有待决定的停止建议', 'no stop was proposed');

export const ownStop = (): Refusal =>
  refusal(
    'forbidden/own-application',
    '提出停止的人员不能作出停止决定，请由另一人决定',
    'whoever proposed the stop does not decide it: ask another person',
  );
