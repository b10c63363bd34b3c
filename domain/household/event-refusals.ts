import type { Month, PlainDate } from '../calendar.ts';
import type { PersonKey } from '../ids.ts';
import { type Refusal, refusal } from '../result.ts';

/** Which of the members named in an event, counted from 1, and where in the request; nothing where there is one only. */
const inRow = (row: number | undefined) =>
  row === undefined ? {} : { row, field: `/members/${row - 1}/person` };

/** Why an event cannot be recorded as it is, and which step comes first. */
export function noMember(person: PersonKey, row?: number): Refusal {
  return refusal(
    'missing/member',
    '此人不是该家庭现在的成员：请核对',
    'this person is not a member of the household now: check who is meant',
    { person, ...inRow(row) },
  );
}
export const namedTwice = (person: PersonKey, row: number): Refusal =>
  refusal(
    'invalid/named-twice',
    `第 ${row} 名成员与前面重复：每人只填一次`,
    `member ${row} was named before: name everybody once`,
    { person, ...inRow(row) },
  );
export function beforeMembership(person: PersonKey, since: PlainDate, row: number | undefined): Refusal {
  const which = row === undefined ? '' : `第 ${row} 名成员`;
  return refusal(
    'conflict/before-membership',
    `${which}现在的成员关系自 ${since} 起，本事项不能早于该日：请填写之后的月份`,
    `${row === undefined ? 'the member' : `member ${row}`} is what they are in their household since ${since}: name a month that begins no earlier`,
    { person, since, ...(row !== undefined && { row }), field: '/from' },
  );
}
export const futureDeath = (date: PlainDate, today: PlainDate): Refusal =>
  refusal(
    'invalid/date-future',
    `死亡日期 ${date} 晚于今天（${today}）：请核对`,
    `the day of death ${date} lies after today (${today}): check it`,
    { field: '/date', today },
  );
export const noHousehold = (): Refusal =>
  refusal('missing/household', '本区划没有这个家庭', 'there is no such household in your jurisdiction');
export const nameHeadFirst = (): Refusal =>
  refusal(
    'conflict/head-first',
    '涉及户主：请先办理变更户主，再办理本事项',
    'this concerns the head of a household: name the new head first',
  );
export const oneHead = (): Refusal =>
  refusal(
    'invalid/one-head',
    '一个家庭有且只有一名户主：请核对与户主关系',
    'a household has exactly one head: check the relations',
  );
export const everybody = (): Refusal =>
  refusal(
    'invalid/everybody',
    '合户须列明本户全部在世成员各一次：请补齐或先办理离户',
    'a merger names every living member of the household once: complete the list, or record who left first',
  );
export const alreadyMember = (): Refusal =>
  refusal(
    'conflict/already-member',
    '此人已是该家庭成员',
    'this person is a member of the household already',
  );
export const alreadyHead = (): Refusal =>
  refusal('conflict/already-head', '此人已是户主', 'this person is the head already');
export const deadHead = (): Refusal =>
  refusal('conflict/dead', '已登记死亡的成员不能作户主', 'a member who is certified dead cannot be the head');
export const otherDistrict = (): Refusal =>
  refusal(
    'invalid/other-district',
    '街道须在本区划内；区划间迁移请办理迁出、迁入',
    'the street must be one of this district; between districts record a move out and a move in',
  );
export const stillPaid = (through: Month): Refusal =>
  refusal(
    'conflict/still-paid-elsewhere',
    `迁出地尚未登记在 ${through} 或之前停发：请迁出地先办理迁出，同一月份只由一地发放`,
    `the district moved from has no stop on record by ${through}: it records the move out first, so that each month is paid by one district`,
    { through },
  );
export const alreadyHere = (through: Month): Refusal =>
  refusal(
    'conflict/already-here',
    `该家庭在本区划已有此项待遇，且 ${through} 之后仍由本区划发放：无须办理迁入；如确已迁出，请先办理迁出`,
    `the household has this programme here and is paid by this district after ${through}: there is nothing to move in; if it had moved out, record the move out first`,
    { through },
  );
