import * as z from 'zod/mini';
import type { Contract } from './contract.ts';
import {
  Cursor,
  DateText,
  DocumentNumber,
  MonthText,
  Next,
  OpaqueId,
  ProgrammeText,
  StreetText,
  sentence,
} from './primitives.ts';

const EnrolmentIdText = z.string().check(
  z.regex(/^[A-Z]{2,4}-[0-9A-HJKMNP-TV-Z]{12}-[1-9]\d{0,2}$/, {
    error: sentence('应为享受对象编号', 'must be the id of an enrolment'),
  }),
  z.meta({ description: '享受对象编号 / the id of an enrolment', examples: ['GL-7Z3K9QX2M4BT-1'] }),
);
/** It stands in a fact between others: shorter, and without what divides them. */
const PaperNumber = DocumentNumber.check(
  z.maxLength(60, { error: sentence('文号不能超过 60 字', 'a document number has at most 60 characters') }),
  z.refine((text) => !text.includes('/'), {
    error: sentence('文号中不要写斜杠', 'a document number has no slash'),
  }),
);
const ReviewClass = z
  .string()
  .check(
    z.regex(/^[a-z][a-z-]{0,39}$/),
    z.meta({ description: '政策中的复核类别 / class of review, by policy', examples: ['stable'] }),
  );
const PapersInput = z.strictObject({
  acceptedOn: z.optional(DateText),
  checkReport: z.optional(PaperNumber),
  checkedOn: z.optional(DateText),
  publicity: z.optional(z.strictObject({ from: DateText, to: DateText })),
  decision: z.optional(z.strictObject({ number: PaperNumber, on: DateText })),
  reviewClass: z.optional(ReviewClass),
  reviewedOn: z.optional(DateText),
  nextReview: z.optional(DateText),
});
const PapersView = z
  .extend(PapersInput, { enrolmentId: EnrolmentIdText })
  .check(z.meta({ id: 'Papers', description: '审批材料，现登记的 / papers on record' }));

export const paperContracts = {
  recordPapers: {
    summary: { zh: '登记审批材料和复核', en: 'Record papers and reviews' },
    notes: {
      zh: '受理、核对报告、公示、审核确认、复核。只填要登记的；原有的都保留。登记复核时，下次复核日期按政策周期计算，也可直接填写。因逾期未复核而缓发的，登记后下一批次补发。街道人员只能登记本街道的。',
      en: 'Acceptance, check report, publicity, decision, review: what is given is recorded, what is on record stays. With a review the next date follows from policy unless given. What was held for a missed review goes out with the next run. Staff of a street for their own only.',
    },
    params: z.strictObject({ enrolmentId: EnrolmentIdText }),
    request: PapersInput,
    status: 200,
    response: PapersView,
  },
  listReviews: {
    summary: { zh: '复核清单：本月到期与逾期', en: 'Reviews due in a month, and overdue' },
    query: z.strictObject({
      programme: ProgrammeText,
      month: z.optional(MonthText),
      street: z.optional(StreetText),
      cursor: z.optional(Cursor),
    }),
    status: 200,
    response: z.strictObject({
      reviews: z.array(
        z.strictObject({
          enrolmentId: OpaqueId,
          street: z.optional(StreetText),
          due: DateText,
          overdue: z.boolean(),
          reviewedOn: z.optional(DateText),
        }),
      ),
      next: Next,
    }),
  },
} as const satisfies Record<string, Contract>;
