import type { Bilingual } from '../bilingual.ts';
import { PAID_ELSEWHERE_STEP } from './paid-elsewhere.ts';

/** Why nothing is due to a person for a month (./person-stops.ts). Never a date of death or where somebody moved to. */
export const STOP_STEPS = {
  'stopped-death': {
    zh: '{month}：已核实去世，发放至{lastMonth}（停发：{rule}）',
    en: '{month}: death certified; paid through {lastMonth} (stop takes effect: {rule})',
  },
  'stopped-moved-out': {
    zh: '{month}：户籍已迁出，本月不发（停发：{rule}）',
    en: '{month}: household registration moved out, nothing is due (stop takes effect: {rule})',
  },
  'not-yet-registered': {
    zh: '{month}：户籍尚未迁入，本月不发（迁入起发：{resume}）',
    en: '{month}: household registration had not moved in yet, nothing is due (arrival takes effect: {resume})',
  },
  ...PAID_ELSEWHERE_STEP,
  'stopped-custody': {
    zh: '{month}：服刑期间，本月不发（停发：{rule}）',
    en: '{month}: in custody, nothing is due (stop takes effect: {rule})',
  },
  'stopped-missing': {
    zh: '{month}：失踪，本月不发（停发：{rule}）',
    en: '{month}: missing, nothing is due (stop takes effect: {rule})',
  },
  'stopped-decision': {
    zh: '{month}：已决定停发，发放至{lastMonth}',
    en: '{month}: stopped by decision; paid through {lastMonth}',
  },
  'not-stopped': {
    zh: '{month}：无去世、迁出、服刑、失踪或停发的记录（停发：{rule}；恢复：{resume}）',
    en: '{month}: no death, move, custody, absence or stop on record (stop takes effect: {rule}; resumption: {resume})',
  },
} as const satisfies Record<string, Bilingual>;

/** Steps of every programme that is due by the month; a programme spreads them into its own, with `MONTHLY_WORDS`. */
export const MONTHLY_STEPS = {
  ...STOP_STEPS,
  'not-started': {
    zh: '{month}：早于起发月份{since}，本月不发',
    en: '{month}: before {since}, the first month due; nothing is due',
  },
  'not-decided': {
    zh: '{applicationMonth}申请，尚未审核确认，暂无应发（起发：{rule}）',
    en: 'applied in {applicationMonth}, not decided yet, so nothing is due (first month due: {rule})',
  },
  'start-application': {
    zh: '{applicationMonth}申请，自申请当月{result}起计发',
    en: 'applied in {applicationMonth}: due from {result}, the month of application',
  },
  'start-decision': {
    zh: '{decisionMonth}审核确认，自{result}起计发（{rule}）',
    en: 'decided in {decisionMonth}: due from {result} ({rule})',
  },
} as const satisfies Record<string, Bilingual>;

/** Words for the options that appear in those steps. */
export const MONTHLY_WORDS: Readonly<Record<string, Bilingual>> = {
  'same-month': { zh: '当月', en: 'same month' },
  'next-month': { zh: '次月', en: 'next month' },
  'application-month': { zh: '申请当月', en: 'month of application' },
  'decision-month': { zh: '批准当月', en: 'month of the decision' },
};
