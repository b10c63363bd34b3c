import type { PlainDate } from '../calendar.ts';
import type { Fen } from '../money.ts';
import { checkScore } from '../programmes/venture-fund/evaluation.ts';
import type { VentureRules } from '../programmes/venture-fund/rules.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import { type WorkingDays, workingDaysBetween } from '../working-days.ts';
import { type Project, STAGE_NAMES, type Stage } from './project.ts';
import type { Block, IntakeActBody, Screening } from './project-acts.ts';

type Decision = Result<IntakeActBody>;

/** 初筛, by another person than who filed. Refusals: `conflict/project-stage`, `forbidden/own-project`. */
export function screenProject(
  found: Project,
  { outcome, reason }: { readonly outcome: Screening; readonly reason?: string },
  by: string,
): Decision {
  const wrong = inStage(found, ['filed'], { zh: '初筛', en: 'be screened' }) ?? ownProject(found, by);
  if (wrong) return refuse(wrong);
  if (outcome !== 'passed' && reason === undefined) {
    return refuse(
      refusal(
        'invalid/reason',
        '退回或不通过须写明理由，以便申报单位补正或知悉',
        'say why it is returned or rejected: the organisation has to know',
      ),
    );
  }
  return ok({ kind: 'screened', outcome, ...(reason !== undefined && { reason }) });
}

/**
 * 评审打分: one score of each judge, that the rules of the call admit. A mistyped one is corrected with a reason, by another person than who
 * recorded it, until the shortlist is decided. Refusals: `conflict/project-stage`, `forbidden/own-project`, `conflict/scored-before` (this
 * judge said something else, and no correction is stated), `forbidden/own-score`, `conflict/nothing-to-correct`, `invalid/score`.
 */
export function scoreProject(
  found: Project,
  said: {
    readonly judge: string;
    readonly score: string;
    readonly evidence?: string;
    readonly correction?: string;
  },
  rules: VentureRules,
  by: string,
): Decision | undefined {
  const wrong = inStage(found, ['screened'], { zh: '评分', en: 'be scored' }) ?? ownProject(found, by);
  if (wrong) return refuse(wrong);
  const before = found.scores.find((one) => one.judge === said.judge);
  if (before?.score === said.score) return undefined;
  const no = whyNotScored(found, before, said.correction, by);
  if (no) return refuse(no);
  const admitted = checkScore(rules, said.score);
  if (!admitted.ok) return admitted;
  return ok({ kind: 'scored', ...said });
}

function whyNotScored(
  { projectKey }: Project,
  before: Project['scores'][number] | undefined,
  correction: string | undefined,
  by: string,
): Refusal | undefined {
  const detail = { project: projectKey };
  if (!before && correction !== undefined) {
    return refusal(
      'conflict/nothing-to-correct',
      '该评委对本项目尚无评分，无从更正：请核对评委代号，首次登记不填更正原因',
      'nothing is recorded of this judge yet: check the code of the judge, or leave out the correction',
      detail,
    );
  }
  if (before && correction === undefined) {
    return refusal(
      'conflict/scored-before',
      '该评委已对本项目打过分：请核对评分表；登记有误的，由登记人以外的人写明更正原因（correction）更正',
      'this judge has scored the project already: check the score sheet; somebody else than who recorded it corrects a mistake, with its reason (`correction`)',
      detail,
    );
  }
  return before?.by === by
    ? refusal(
        'forbidden/own-score',
        '登记评分的人不能自己更正，请由另一人核对评分表后更正',
        'whoever recorded a score does not correct it: ask another person to check the score sheet',
        detail,
      )
    : undefined;
}

/** What keeps the project from being granted until another person lifts it. */
export function blocksOf({ application, overridden }: Project, otherMoney: 'blocked' | 'allowed'): Block[] {
  const other = application.otherGovernmentMoney && otherMoney === 'blocked';
  return other && !overridden.includes('other-government-money') ? ['other-government-money'] : [];
}

/** 放行, with a reason, by another person than who filed. Refusals: `conflict/project-stage`, `forbidden/own-project`. */
export function overrideBlock(
  found: Project,
  wish: { readonly block: Block; readonly reason: string; readonly document: string },
  by: string,
): Decision | undefined {
  const wrong =
    inStage(found, ['filed', 'screened'], { zh: '放行', en: 'have a block lifted' }) ?? ownProject(found, by);
  if (wrong) return refuse(wrong);
  return found.overridden.includes(wish.block) ? undefined : ok({ kind: 'overridden', ...wish });
}

/** 公示: at least so many working days, the first not counted. Refusals: `invalid/publicity`, those of the stage and the calendar. */
export function publiciseProject(
  found: Project,
  wish: { readonly from: PlainDate; readonly to: PlainDate; readonly document: string },
  daysMin: number,
  days: WorkingDays,
): Decision | undefined {
  const same = found.publicised;
  if (same && same.from === wish.from && same.to === wish.to && same.document === wish.document)
    return undefined;
  const wrong = inStage(found, ['shortlisted'], { zh: '公示', en: 'be publicised' });
  if (wrong) return refuse(wrong);
  const length = workingDaysBetween(days, wish.from, wish.to);
  if (!length.ok) return length;
  if (length.value < daysMin) {
    return refuse(
      refusal(
        'invalid/publicity',
        `公示期只有 ${length.value} 个工作日，不得少于 ${daysMin} 个（起始日不计入）：请延长公示期`,
        `publicity lasts ${length.value} working days and has to last ${daysMin}, the first not counted: end it later`,
        { days: length.value, daysMin },
      ),
    );
  }
  return ok({ kind: 'publicised', ...wish });
}

/** 异议, while the project is publicised or its contract drafted. */
export function objectTo(
  found: Project,
  { reference, reason }: { readonly reference: string; readonly reason: string },
): Decision {
  const wrong = inStage(found, ['publicised', 'drafted'], {
    zh: '登记异议',
    en: 'have an objection recorded',
  });
  if (wrong) return refuse(wrong);
  return ok({ kind: 'objected', number: found.objections.length + 1, reference, reason });
}

/**
 * 异议处理, by another person than who recorded it or filed the project. Refusals: `missing/objection`, `conflict/objection-decided`,
 * `forbidden/own-project`, `forbidden/same-person`.
 */
export function decideObjection(
  found: Project,
  wish: { readonly number: number; readonly upheld: boolean; readonly reason: string },
  by: string,
): Decision {
  const objection = found.objections.find(({ number }) => number === wish.number);
  if (!objection) return refuse(refusal('missing/objection', '没有这条异议', 'there is no such objection'));
  if (objection.decided) {
    return refuse(
      refusal('conflict/objection-decided', '这条异议已经处理过', 'this objection has been decided'),
    );
  }
  const wrong = ownProject(found, by);
  if (wrong) return refuse(wrong);
  if (objection.by === by) {
    return refuse(
      refusal(
        'forbidden/same-person',
        '登记异议的人不能处理该异议，请由另一人处理',
        'whoever recorded an objection does not decide it: ask another person',
      ),
    );
  }
  return ok({ kind: 'objection-decided', ...wish });
}

/** 入围, as the year's allotments say; the committee's decision is made there. Undefined when it is done. */
export function shortlistProject(
  found: Project,
  allotted: { readonly average: string; readonly grant: Fen; readonly document: string },
): Decision | undefined {
  return found.stage === 'screened' ? ok({ kind: 'shortlisted', ...allotted }) : undefined;
}

/** 落选、退出: until the contract is signed. */
export function dropProject(found: Project, reason: string): Decision | undefined {
  if (found.stage === 'dropped') return undefined;
  const open = ['filed', 'returned', 'screened', 'shortlisted', 'publicised', 'drafted'] as const;
  const wrong = inStage(found, open, { zh: '退出', en: 'be dropped' });
  return wrong ? refuse(wrong) : ok({ kind: 'dropped', reason });
}

/** Refusal `conflict/project-stage` unless the project is in one of the stages. */
export function inStage(
  { stage }: Project,
  stages: readonly Stage[],
  what: { readonly zh: string; readonly en: string },
): Refusal | undefined {
  if (stages.includes(stage)) return undefined;
  const wanted = stages.map((one) => STAGE_NAMES[one].zh).join('、');
  return refusal(
    'conflict/project-stage',
    `项目现为“${STAGE_NAMES[stage].zh}”，只有“${wanted}”时才能${what.zh}`,
    `the project is ${STAGE_NAMES[stage].en}; it can only ${what.en} while ${stages.map((one) => STAGE_NAMES[one].en).join(' or ')}`,
    { stage },
  );
}

/** Whoever filed a project takes no part in what is decided about it. */
export function ownProject({ filedBy }: Project, by: string): Refusal | undefined {
  if (!filedBy.includes(by)) return undefined;
  return refusal(
    'forbidden/own-project',
    '录入申报的人不能初筛、评分、放行、决定入围或签约，请由另一人办理',
    'whoever filed a project does not screen, score, override, shortlist or sign it: ask another person',
  );
}
