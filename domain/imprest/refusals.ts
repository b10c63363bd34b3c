import type { Month } from '../calendar.ts';
import { type Fen, toYuan } from '../money.ts';
import { type Refusal, refusal } from '../result.ts';

export const noFund = (): Refusal =>
  refusal('missing/imprest-fund', '没有这个备用金', 'there is no such imprest fund');
export const fundExists = (fund: string): Refusal =>
  refusal(
    'conflict/imprest-exists',
    `备用金“${fund}”已经设立`,
    `the imprest fund "${fund}" is there already`,
    { fund },
  );
export const noStreets = (): Refusal =>
  refusal('invalid/imprest-streets', '请写明哪些乡镇（街道）可以支取', 'name the streets that may draw');
export const otherAccount = (): Refusal =>
  refusal(
    'conflict/account-differs',
    '该单位在对象信息库中登记的是另一个账户，补足会发放到那里：请先核对，或按账户变更程序更正',
    'the organisation has another account on record, to which replenishments would go: check it, or have it changed first',
  );
export const ownOpening = (): Refusal =>
  refusal(
    'forbidden/own-opening',
    '期初余额须由设立人以外的人清点确认',
    'the cash brought in is confirmed by somebody else than who opened the fund',
  );
export const notConfirmed = (): Refusal =>
  refusal(
    'conflict/imprest-unconfirmed',
    '期初余额尚未由第二人确认，暂不能支取和补足',
    'the cash brought in is not confirmed by a second person yet: nothing can be drawn or replenished',
  );
export const fundClosed = (): Refusal =>
  refusal('conflict/imprest-closed', '该备用金已撤销', 'the imprest fund is closed');
export const otherStreet = (): Refusal =>
  refusal(
    'forbidden/imprest-street',
    '该乡镇（街道）不能从这个备用金支取',
    'this street may not draw from this imprest fund',
  );
export const aboveDraw = (asked: Fen, limit: Fen): Refusal =>
  refusal(
    'limit/imprest-draw',
    `支取 ${toYuan(asked)} 元，超过每笔限额 ${toYuan(limit)} 元：请改由账户发放`,
    `${toYuan(asked)} yuan are more than the ${toYuan(limit)} that may be drawn at once: pay to an account`,
    { asked: toYuan(asked), limit: toYuan(limit) },
  );
export const abovePersonYear = (before: Fen, limit: Fen): Refusal =>
  refusal(
    'limit/imprest-person-year',
    `该人本年度已从备用金领取 ${toYuan(before)} 元，加上本次超过每人每年限额 ${toYuan(limit)} 元：请改由账户发放`,
    `this person got ${toYuan(before)} yuan from the fund this year, and with this one more than the ${toYuan(limit)} allowed: pay to an account`,
    { before: toYuan(before), limit: toYuan(limit) },
  );
export const notEnough = (balance: Fen, asked: Fen): Refusal =>
  refusal(
    'conflict/imprest-balance',
    `备用金余额 ${toYuan(balance)} 元，不足支取 ${toYuan(asked)} 元：请改由账户发放，或等补足后再支取`,
    `the fund holds ${toYuan(balance)} yuan, less than the ${toYuan(asked)} asked for: pay to an account, or wait until it is replenished`,
    { balance: toYuan(balance), asked: toYuan(asked) },
  );
export const noDraw = (): Refusal => refusal('missing/imprest-draw', '没有这笔支取', 'there is no such draw');
export const drawDiffers = (): Refusal =>
  refusal(
    'conflict/draw-differs',
    '同一决定已有另一笔内容不同的支取：请核对',
    'another draw with other content stands for this decision: check it',
  );
export const cancelledDraw = (): Refusal =>
  refusal('conflict/draw-cancelled', '这笔支取已撤销', 'this draw was cancelled');
export const drawPosted = (): Refusal =>
  refusal(
    'conflict/draw-posted',
    '这笔支取已经报销入账，不能撤销：现金退回的，请按追缴办理',
    'this draw was posted and cannot be cancelled: what is paid back is recorded as a recovery',
  );
export const ownDraw = (): Refusal =>
  refusal(
    'forbidden/own-draw',
    '支取须由经手人以外的人撤销',
    'a draw is cancelled by somebody else than who made it',
  );
export const wrongMonth = (first: Month, last: Month): Refusal =>
  refusal(
    'invalid/count-month',
    `盘点月份应在 ${first} 至 ${last} 之间`,
    `the month of a count lies between ${first} and ${last}`,
    { first, last },
  );
export const unexplained = (book: Fen, difference: Fen): Refusal =>
  refusal(
    'invalid/count-explanation',
    `账实不符：账面 ${toYuan(book)} 元，实存相差 ${toYuan(difference)} 元，请写明原因`,
    `cash and book differ: the book says ${toYuan(book)} yuan, the cash differs by ${toYuan(difference)}; say why`,
    { book: toYuan(book), difference: toYuan(difference) },
  );
export const replenishmentOpen = (): Refusal =>
  refusal(
    'conflict/replenishment-open',
    '上一次补足尚未办结：请等审批或到账后再申请',
    'the last replenishment is not done: wait until it is decided and received',
  );
export const notCounted = (month: Month): Refusal =>
  refusal(
    'conflict/not-counted',
    `${month} 的备用金尚未盘点：请先完成月度对账`,
    `the cash of ${month} was not counted: do the monthly reconciliation first`,
    { month },
  );
export const countDiffers = (): Refusal =>
  refusal(
    'conflict/count-differs',
    '上次盘点账实不符：请先查清，再次盘点相符后申请补足',
    'cash and book differed at the last count: find out why, and count again until they agree',
  );
export const nothingToReplenish = (): Refusal =>
  refusal(
    'conflict/nothing-to-replenish',
    '没有已报销的凭证，余额也不低于年度最低规模：无须补足',
    'no vouchers were posted and the balance is not below the floor: there is nothing to replenish',
  );
export const aboveReplenishment = (most: Fen): Refusal =>
  refusal(
    'limit/replenishment',
    `补足金额须大于零、不超过 ${toYuan(most)} 元（已报销凭证和年度最低规模的差额）`,
    `a replenishment is above zero and at most ${toYuan(most)} yuan: vouchers posted and what the floor lacks`,
    { most: toYuan(most) },
  );
export const noReplenishment = (): Refusal =>
  refusal('missing/replenishment', '没有这次补足申请', 'there is no such replenishment');
export const replenishmentDecided = (): Refusal =>
  refusal('conflict/replenishment-decided', '这次补足已经决定', 'this replenishment is decided already');
export const ownReplenishment = (): Refusal =>
  refusal(
    'forbidden/own-proposal',
    '补足须由申请人以外的人决定',
    'a replenishment is decided by somebody else than who asked for it',
  );
export const decidedAhead = (): Refusal =>
  refusal('invalid/decided-on', '决定日期不能晚于今天', 'the day of the decision lies ahead');
export const refusalNeedsReason = (): Refusal =>
  refusal('invalid/reason', '不同意补足的，请写明理由', 'say why the replenishment is refused');
export const notEmpty = (balance: Fen): Refusal =>
  refusal(
    'conflict/imprest-not-empty',
    `备用金还有 ${toYuan(balance)} 元：缴回国库或用完后才能撤销`,
    `the fund still holds ${toYuan(balance)} yuan: pay it back to the treasury, or use it up, then close it`,
    { balance: toYuan(balance) },
  );
export const returnOpen = (): Refusal =>
  refusal(
    'conflict/return-open',
    '有一笔缴回尚未确认或入账：请先由第二人确认，待所补足的批次关账后重试',
    'a return to the treasury is not confirmed, or not in the ledger yet: have it confirmed, and try again once the run that had paid it is closed',
  );
export const voucherUsed = (): Refusal =>
  refusal('conflict/voucher-used', '该缴款凭证已登记过', 'this voucher was recorded already');
export const returnedAhead = (): Refusal =>
  refusal('invalid/date-in-future', '缴款日期不能晚于今天', 'the day of the payment lies ahead');
export const nothingReturned = (): Refusal =>
  refusal('invalid/amount', '缴回金额须大于零', 'a return is of more than nothing');
export const notEnoughCash = (balance: Fen, asked: Fen): Refusal =>
  refusal(
    'conflict/imprest-balance',
    `备用金余额 ${toYuan(balance)} 元，不能缴回 ${toYuan(asked)} 元：请核对缴款书和台账`,
    `the fund holds ${toYuan(balance)} yuan, less than the ${toYuan(asked)} paid back: compare voucher and cash book`,
    { balance: toYuan(balance), asked: toYuan(asked) },
  );
export const noReturn = (): Refusal =>
  refusal('missing/imprest-return', '没有这笔缴回', 'there is no such return');
export const returnDecided = (): Refusal =>
  refusal('conflict/return-decided', '这笔缴回已经确认或退回', 'this return is decided already');
export const ownReturn = (): Refusal =>
  refusal(
    'forbidden/own-proposal',
    '缴回须由登记人以外的人核对凭证后确认',
    'a return is confirmed by somebody else than who recorded it, with the voucher in hand',
  );
export const notPosted = (): Refusal =>
  refusal(
    'conflict/draws-not-posted',
    '还有支取没有报销入账：请先运行备用金报销批次',
    'some draws are not posted yet: run an imprest posting first',
  );
export const decisionUnderway = (): Refusal =>
  refusal(
    'conflict/decision-underway',
    '该支取的给付决定正在办理，请稍后重试',
    'the decision behind this draw is being carried out: try again',
  );
export const postingUnderway = (): Refusal =>
  refusal(
    'conflict/posting-underway',
    '备用金报销批次正在办理：请待其完成后再撤销支取',
    'an imprest posting is underway: cancel the draw once it is done, or void it first',
  );
