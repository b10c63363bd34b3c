import type { PlainDate } from '../calendar.ts';
import { canonicalJson } from '../canonical.ts';
import { sumFen, toYuan } from '../money.ts';
import { budgetFaults } from '../programmes/venture-fund/budget-lines.ts';
import { checkPeriod } from '../programmes/venture-fund/deadlines.ts';
import { grantAmount } from '../programmes/venture-fund/grant-amount.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import type { Call } from './call.ts';
import { inStage } from './intake.ts';
import type { Ban } from './organisation.ts';
import type { Project } from './project.ts';
import type { Application, IntakeActBody } from './project-acts.ts';

export type Filing = {
  readonly call: Call;
  readonly application: Application;
  /** The day on which it was handed in. */
  readonly filedOn: PlainDate;
  readonly source: string;
  /** A ban of the organisation that runs on that day. */
  readonly ban?: Ban;
};

/**
 * 申报: checks an application against its call and the place's rules, and names everything that is wrong at once. The same again is
 * `undefined`; another content replaces the one before until it has been screened, and after it was returned. Refusals:
 * `conflict/project-stage`, `policy/call-closed`, `policy/applicant-kind`, `policy/banned`, `invalid/track`, `invalid/budget-sum`,
 * `policy/budget-line`, those of the project's length and of the grant's amount.
 */
export function fileProject(
  found: Project | undefined,
  { call, application, filedOn, source, ban }: Filing,
): Result<IntakeActBody, readonly Refusal[]> | undefined {
  if (found && sameContent(found.application, application) && found.stage !== 'returned') return undefined;
  const late = found && inStage(found, ['filed', 'returned'], { zh: '重新申报', en: 'be filed anew' });
  if (late) return refuse([late]);
  const faults = [
    // What was returned is mended after the window has closed, too.
    ...(found?.stage === 'returned' ? [] : windowFaults(call, filedOn)),
    ...applicantFaults(call, application),
    ...(ban ? [banned(ban)] : []),
    ...budgetSumFaults(application),
    ...moneyFaults(call, application),
  ];
  if (faults.length > 0) return refuse(faults);
  return ok({
    kind: 'filed',
    jurisdiction: call.jurisdiction,
    callId: call.callId,
    application,
    source,
  });
}

const sameContent = (a: Application, b: Application): boolean => canonicalJson(a) === canonicalJson(b);

function windowFaults({ from, to }: Call, filedOn: PlainDate): Refusal[] {
  if (from <= filedOn && filedOn <= to) return [];
  return [
    refusal(
      'policy/call-closed',
      `申报日 ${filedOn} 不在征集期（${from} 至 ${to}）内`,
      `${filedOn} is not within the days of application, ${from} to ${to}`,
      { from, to, filedOn },
    ),
  ];
}

function applicantFaults(
  { kinds, tracks, rules }: Call,
  { organisationKind, track }: Application,
): Refusal[] {
  const sponsored = organisationKind === 'unregistered' && rules.applicants?.sponsorForUnregistered === false;
  const faults: Refusal[] = [];
  if (!kinds.includes(organisationKind) || sponsored) {
    faults.push(
      refusal(
        'policy/applicant-kind',
        '本届征集不接受该类申报主体：请核对统一社会信用代码和征集公告',
        'this call does not admit applicants of this kind: check the credit code and the announcement',
        { organisationKind },
      ),
    );
  }
  const strange = tracks.length > 0 ? !tracks.includes(track ?? '') : track !== undefined;
  if (strange) {
    faults.push(
      refusal(
        'invalid/track',
        tracks.length > 0 ? `项目类别应为：${tracks.join('、')}` : '本届征集不分项目类别：请删除项目类别',
        tracks.length > 0
          ? `the track has to be one of ${tracks.join(', ')}`
          : 'this call has no tracks: leave the track out',
      ),
    );
  }
  return faults;
}

const banned = ({ until, document }: Ban): Refusal =>
  refusal(
    'policy/banned',
    `该单位因违约在 ${until} 前不得申报（${document}）`,
    `the organisation is banned through ${until} (${document})`,
    { until },
  );

function budgetSumFaults({ lines, budget, asked }: Application): Refusal[] {
  const sum = sumFen(lines.map((line) => line.fen));
  const faults: Refusal[] = [];
  if (sum !== budget) {
    faults.push(
      refusal(
        'invalid/budget-sum',
        `预算明细合计 ${toYuan(sum)} 元，与总预算 ${toYuan(budget)} 元不符：请核对`,
        `the lines of the budget come to ${toYuan(sum)} and the budget says ${toYuan(budget)}: check both`,
        { sum: toYuan(sum), budget: toYuan(budget) },
      ),
    );
  }
  if (asked > budget) {
    faults.push(
      refusal(
        'invalid/asked-over-budget',
        '申请金额大于总预算：请核对',
        'more is asked for than the budget says: check both amounts',
      ),
    );
  }
  return faults;
}

function moneyFaults({ rules }: Call, application: Application): Refusal[] {
  const { lines, organisationKind, asked, budget, ownFunds, donated, from, to } = application;
  const period = checkPeriod(rules, from, to);
  // Where the score decides the sum, there is none yet.
  const worked =
    rules.grant.rule === 'score-bands' ? undefined : grantAmount(rules, { budget, ownFunds, donated, asked });
  const over =
    worked?.ok && worked.value.fen < asked
      ? [
          refusal(
            'limit/grant-over-cap',
            `申请 ${toYuan(asked)} 元，按本地政策最多资助 ${toYuan(worked.value.fen)} 元：请核减申请金额`,
            `${toYuan(asked)} yuan is asked for and policy here grants ${toYuan(worked.value.fen)} at most: ask for less`,
            { asked: toYuan(asked), most: toYuan(worked.value.fen) },
          ),
        ]
      : [];
  return [
    ...budgetFaults(rules, lines, organisationKind, asked).map(({ code, zh, en, category }) =>
      refusal('policy/budget-line', zh, en, { fault: code, category }),
    ),
    ...(period.ok ? [] : [period.error]),
    ...(worked && !worked.ok ? [worked.error] : []),
    ...over,
  ];
}
