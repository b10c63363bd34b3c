import * as z from 'zod/mini';
import { isMonth, isPlainDate } from '../calendar.ts';
import { RELATIONS, RESIDENCES } from './household-case.ts';

/**
 * What happens to a household (家庭事件), as a clerk reports it. Persons are named by their keys; only somebody who joins is named
 * by identity number, because the register may not know them yet. Months are whole: a change holds from the first day of one.
 */
const PersonKeyText = z.string().check(z.regex(/^[0-9A-HJKMNP-TV-Z]{12}$/));
const MonthText = z
  .string()
  .check(z.refine((text) => isMonth(text), '月份写作 YYYY-MM|a month is written YYYY-MM'));
const DateText = z
  .string()
  .check(z.refine((text) => isPlainDate(text), '日期写作 YYYY-MM-DD|a date is written YYYY-MM-DD'));
const relation = z.enum(RELATIONS);
const member = z.strictObject({ person: PersonKeyText, relation, covered: z.boolean() });
const evidence = z.string().check(z.trim(), z.minLength(2), z.maxLength(200));

export const HouseholdEvent = z.discriminatedUnion('event', [
  /** 分户: members leave and found a household of their own; exactly one of them is its head. */
  z.strictObject({
    event: z.literal('split'),
    members: z.array(member).check(z.minLength(1), z.maxLength(20)),
    from: MonthText,
    evidence,
  }),
  /** 合户: all members of this household join another one; what was paid for this one ends with the month before. */
  z.strictObject({
    event: z.literal('merge'),
    into: PersonKeyText,
    members: z.array(member).check(z.minLength(1), z.maxLength(20)),
    from: MonthText,
    evidence,
  }),
  /** 婚入、出生、其他加入: somebody joins, out of another household where they were in one. */
  z.strictObject({
    event: z.literal('join'),
    cause: z.enum(['marriage', 'birth', 'other']),
    name: z.string().check(z.minLength(1), z.maxLength(60)),
    idNumber: z.string().check(z.minLength(18), z.maxLength(18)),
    relation,
    covered: z.boolean(),
    from: MonthText,
    evidence,
  }),
  /** 离户: a member leaves for no household that the register knows. */
  z.strictObject({ event: z.literal('leave'), person: PersonKeyText, from: MonthText, evidence }),
  /** 死亡: certified; the day is the day of death. */
  z.strictObject({ event: z.literal('death'), person: PersonKeyText, date: DateText, evidence }),
  /** 变更户主: the former head stays a member, as what `formerHead` says. */
  z.strictObject({
    event: z.literal('new-head'),
    person: PersonKeyText,
    formerHead: relation,
    from: MonthText,
    evidence,
  }),
  /** 服刑、释放: from that day. */
  z.strictObject({
    event: z.literal('custody'),
    person: PersonKeyText,
    state: z.enum(['custody', 'compulsory-rehabilitation', 'released']),
    date: DateText,
    evidence,
  }),
  /** 街道间迁移 within the district. */
  z.strictObject({
    event: z.literal('move-street'),
    street: z.string().check(z.regex(/^\d{9}$/)),
    from: MonthText,
    evidence,
  }),
  /** 迁出本区: this district pays through `lastMonth`. */
  z.strictObject({
    event: z.literal('move-out'),
    to: z.string().check(z.regex(/^\d{6}$/)),
    lastMonth: MonthText,
    evidence,
  }),
  /** 迁入本区: the district moved from pays through `paidThrough` (停发证明); this one from the month after. */
  z.strictObject({
    event: z.literal('move-in'),
    programme: z.string().check(z.regex(/^[a-z][a-z-]{1,30}$/)),
    street: z.string().check(z.regex(/^\d{9}$/)),
    appliedOn: DateText,
    paidThrough: MonthText,
    evidence,
  }),
  /** 城乡类别变更. */
  z.strictObject({ event: z.literal('residence'), residence: z.enum(RESIDENCES), from: MonthText, evidence }),
]);
export type HouseholdEvent = z.infer<typeof HouseholdEvent>;
