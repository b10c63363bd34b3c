import * as z from 'zod/mini';
import { OBJECTION_RESULTS } from '../../../domain/street/publicity-objection.ts';
import type { Contract } from './contract.ts';
import { EnrolmentIdText } from './determinations.ts';
import { InstantText, OpaqueId, sentence } from './primitives.ts';

const ofEnrolment = z.strictObject({ enrolmentId: EnrolmentIdText });
const ofObjection = z.strictObject({
  enrolmentId: EnrolmentIdText,
  number: z
    .string()
    .check(
      z.regex(/^[1-9]\d{0,2}$/, { error: sentence('应为异议序号', 'must be the number of an objection') }),
      z.meta({ description: '异议序号 / number of the objection', examples: ['1'] }),
    ),
});
/** It stands in a fact between others: without what divides them. */
const Words = z.string().check(
  z.trim(),
  z.minLength(2, { error: sentence('请写明内容', 'say what it is about') }),
  z.maxLength(200, { error: sentence('不超过 200 字', 'at most 200 characters') }),
  z.refine((text) => !/[/\r\n]/.test(text), {
    error: sentence('不要写斜杠和换行', 'no slash and no line break'),
  }),
  z.meta({
    description: '事项或处理说明，不写异议人信息 / what is objected or was found; nothing about who objected',
    examples: ['反映有经营性收入，未申报'],
  }),
);
const Resolution = z.strictObject({ result: z.enum(OBJECTION_RESULTS), words: Words });
const ObjectionList = z
  .strictObject({
    enrolmentId: EnrolmentIdText,
    objections: z.array(
      z.strictObject({
        number: z.int(),
        state: z.enum(['open', 'proposed', 'resolved']),
        result: z.optional(z.enum(OBJECTION_RESULTS)),
        words: z.string(),
        by: OpaqueId,
        at: InstantText,
      }),
    ),
  })
  .check(z.meta({ id: 'Objections', description: '公示异议 / objections from the publicity' }));

export const objectionContracts = {
  listObjections: {
    summary: { zh: '公示异议', en: 'Objections from the publicity' },
    params: ofEnrolment,
    status: 200,
    response: ObjectionList,
  },
  openObjection: {
    summary: { zh: '登记公示异议', en: 'Record an objection' },
    notes: {
      zh: '有未结异议的新增对象不首次发放。不写异议人的任何信息。',
      en: 'A newcomer is not paid for the first time while one is open. Nothing about who objected.',
    },
    params: ofEnrolment,
    request: z.strictObject({ words: Words }),
    status: 200,
    response: ObjectionList,
  },
  resolveObjection: {
    summary: { zh: '提出异议处理结果', en: 'Propose the result of an objection' },
    params: ofObjection,
    request: Resolution,
    status: 200,
    response: ObjectionList,
  },
  confirmObjection: {
    summary: { zh: '确认异议处理结果（另一人）', en: 'Confirm the result (another person)' },
    notes: {
      zh: '成立的（upheld）须重新审核、重新公示后才发放；不成立的（dismissed）下一批次发放。',
      en: 'Upheld: paid only after a new decision and publicity. Dismissed: the next run pays.',
    },
    params: ofObjection,
    request: Resolution,
    status: 200,
    response: ObjectionList,
  },
} as const satisfies Record<string, Contract>;
