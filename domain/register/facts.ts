import type { Instant, PlainDate } from '../calendar.ts';

/**
 * Dated facts (事实): what the register knows about a person or an enrolment, each with the day it holds from, the instant
 * it was recorded, its source and who recorded it. Facts are only ever appended; a correction is a later fact of the
 * same kind. Everything a rule may look at is a fact.
 */
export type Fact = {
  readonly kind: FactKind;
  readonly value: string;
  /** The day from which the fact holds in the world. */
  readonly validFrom: PlainDate;
  /** The instant at which the register learned it. */
  readonly recordedAt: Instant;
  /** e.g. "register", "street-report", "list:health-commission", "counter". */
  readonly source: string;
  /** Opaque id of the member of staff, or of the import. */
  readonly by: string;
};

export const PERSON_FACT_KINDS = [
  /** value: date of birth. */
  'birth-date',
  /** value: date of death (死亡日期); validFrom is the same date. Certified by the street or the funeral home. */
  'death-certified',
  /** value: date of death according to a matching list; not certified: stops payment by a hold, never by itself. */
  'death-reported',
  /** value: tekun | dibao | marginal | none (特困/低保/低保边缘/其他). */
  'identity-class',
  /** value: "in" or the GB/T 2260 code moved to (户籍迁出). */
  'household-registration',
  /** value: "custody" (服刑), "compulsory-rehabilitation" (强制隔离戒毒) or "released". */
  'custody',
  /** value: "missing" or "found" (失踪). */
  'missing',
  /** value: "clergy" (连续三年以上的宗教教职人员) or "left". */
  'clergy',
  /** value: `<household>:<relation>:<covered|uncovered>` (household/membership.ts), "" for a member of none. */
  'household',
  /** value: `<grade>:<kind>` of the disability card, "" for none. */
  'disability',
  /** value: "yes" or "" (重病). */
  'serious-illness',
  /** value: level of full-time study, "" for none. */
  'student',
  /** value: "yes" or "" (达到法定退休年龄). */
  'pension-age',
  /** value: "yes" or "" (丧失大部分劳动能力). */
  'reduced-work-capacity',
  /** value: `employed:<yuan a month>`, `flexible:<yuan a month>` or "none". */
  'employment',
  /** value: incomes beside work (household/fact-values.ts), "" for none. */
  'incomes',
  /** value: special groups joined by ";", "" for none. */
  'special-groups',
  /** value: normal | abnormal | seriously-unlawful | cancelled (组织登记状态), of an organisation. */
  'organisation-status',
  /** value: full | half | none: self-care (全自理 | 半护理 | 全护理), from the day of its assessment (生活自理能力). */
  'self-care',
  /** value: `adl:` and the activities not managed, e.g. `adl:bathing,dressing`, or `level:<intact|light|moderate|severe>`. */
  'ability-assessment',
  /** value: day on which the funeral was done (丧葬事宜办理完毕), "" when that was said by mistake. */
  'funeral-done',
  /** value: level of care by assessment (照护等级), a word of the place's own table, "" for none, from the day of its assessment. */
  'care-level',
  /** value: `valid:<last day>` or `valid:-` (长期), frozen, cancelled: state of the disability card (残疾人证); valid from the day of issue. */
  'disability-card',
  /** value: "open" while the grade is being assessed again (等级重新评定), "" when that is over. */
  'regrading',
  /** value: "yes" while 工伤生活护理费 is paid by the insurance for work injuries, or "". */
  'work-injury-care',
  /** value: `<grade 1 to 10>:<military|police>` of a card for those disabled in service (残疾军人证、伤残人民警察证), "" for none. */
  'service-disability',
  /** value: several-disabled | cared-for-by-elderly (一户多残、依老养残) joined by ";", "" for none. */
  'disability-hardship',
  /** value: urban | rural (户籍性质) of the person, where no household on record says it. */
  'registration-kind',
  /** value: illness | old-injury | other (病故、旧伤复发、其他): cause of death, where policy asks for it. */
  'death-cause',
] as const;
/** Kept with the household; the forms of their values are in household/fact-values.ts. */
export const HOUSEHOLD_FACT_KINDS = [
  /** value: urban | rural (城镇、农村). */
  'residence',
  /** value: household | single-person | single-person:marginal | rigid-expenditure. */
  'application-kind',
  /** value: incomes of the household as a whole, "" for none. */
  'household-incomes',
  /** value: persons who must maintain a member (赡养、抚养义务人), "" for none. */
  'obligors',
  /** value: 刚性支出 and cost of employment, "" for none. */
  'spending',
  /** value: number of the certificate (低保证号). */
  'certificate',
] as const;
export const ENROLMENT_FACT_KINDS = [
  /** value: date of application (申请日期). */
  'application',
  /** value: GB/T 2260 + street code of the street (街道) that keeps the enrolment. */
  'street',
  /** value: twelve-digit code of the community (社区、村) within it. */
  'community',
  /** value: date of acceptance (受理日期). */
  'acceptance',
  /** value: number of the report on the economic situation (核对报告编号). */
  'check-report',
  /** value: first and last day of publicity (公示期), `<date>/<date>`. */
  'publicity',
  /** value: a step of an objection from the publicity (公示异议): street/publicity-objection.ts. */
  'publicity-objection',
  /** value: `<date>/<number>` of the decision (审核确认). */
  'decision',
  /** value: class that sets the interval of reviews (复核类别). */
  'review-class',
  /** value: date of a review (复核日期). */
  'review',
  /** value: day by which the next review is due (下次复核日期). */
  'next-review',
  /** value: last month of entitlement "YYYY-MM" (停发), "" to resume. */
  'stop',
  /** value: last month "YYYY-MM" that the district moved from pays; nothing is due here through it (迁入续发). */
  'paid-elsewhere',
  /** value: hours of service of a project, `<delivered>/<due>`: due by the contract for what was paid so far (已完成/应完成服务时数). */
  'service-hours',
  /** value: institution | family: who provides for the person (集中、机构养育 | 分散、散居), from a day on. */
  'care-setting',
  /** value: urban | rural: of the person whom the enrolment is for, where no household on record says it (城镇、农村). */
  'residence',
  /** value: class of an elderly person for service subsidies beside the identity class, a word of the place's own table, "" for none. */
  'service-class',
  /** value: code of the category of children (儿童类别) as policy lists it, e.g. "201"; from the day of recognition. */
  'child-category',
  /** value: adopted | parent-found | parents-able (被收养、查找到生父母、父母恢复抚养), "" when that was said by mistake or ended. */
  'guardianship',
  /** value: "yes" while 临时生活补贴 was granted until the confirmation, or "". */
  'interim-aid',
  /** value: `<date>/<number>` of the settlement as an adult (成年安置), "" when that was said by mistake. */
  'settled-adult',
  /** value: `<date>/<number>` of the review by the disabled persons' federation (残联审核). */
  'federation-review',
  /** value: date of the report on the income (收入核对报告日期). */
  'income-report',
  /** value: date of a new application after a stop that needs one (重新申请), recorded once it was approved. */
  'reapplication',
  /** value: class of a recipient of 优抚 as policy lists it, with years of service where it counts: `<class>` or `<class>:<years>`, "" for none. */
  'preferential-class',
] as const;
export type PersonFactKind = (typeof PERSON_FACT_KINDS)[number];
export type EnrolmentFactKind = (typeof ENROLMENT_FACT_KINDS)[number];
export type HouseholdFactKind = (typeof HOUSEHOLD_FACT_KINDS)[number];
export type FactKind = PersonFactKind | HouseholdFactKind | EnrolmentFactKind;

/** The facts known by an instant: a run sees nothing that was recorded after its cut-off. */
export function knownBy(facts: readonly Fact[], cutOff: Instant): Fact[] {
  return facts.filter((fact) => fact.recordedAt <= cutOff);
}

/**
 * The fact of a kind that holds on a day: of those valid by then, the one valid from latest, and among equals the one
 * recorded last. Undefined when nothing is known for the day.
 */
export function factOn(facts: readonly Fact[], kind: FactKind, date: PlainDate): Fact | undefined {
  let best: Fact | undefined;
  for (const fact of facts) {
    if (fact.kind !== kind || fact.validFrom > date) continue;
    if (
      !best ||
      fact.validFrom > best.validFrom ||
      (fact.validFrom === best.validFrom && fact.recordedAt >= best.recordedAt)
    ) {
      best = fact;
    }
  }
  return best;
}

/** The fact of a kind recorded last, whatever day it holds from: for facts that are true once for all (birth date). */
export function latestFact(facts: readonly Fact[], kind: FactKind): Fact | undefined {
  let best: Fact | undefined;
  for (const fact of facts) {
    if (fact.kind === kind && (!best || fact.recordedAt >= best.recordedAt)) best = fact;
  }
  return best;
}
