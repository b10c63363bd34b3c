import type { PlainDate } from '../calendar.ts';
import { type Fen, fen, toYuan, ZERO } from '../money.ts';
import type { Step } from '../programmes/programme.ts';
import type { Settled } from '../programmes/venture-fund/settlement.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import { EVALUATION_STAGES } from './execution-acts.ts';
import { failureOf } from './execution-evaluation.ts';
import {
  EVALUATION_NAMES,
  isRectified,
  isReleased,
  releasedFen,
  type SignedProject,
  STAGE_OF,
} from './execution-standing.ts';

/** What a settlement comes to, with how it was found. */
export type Balance = { readonly balance: Fen; readonly steps: readonly Step[] };

/** What stands against paying a balance above zero; never more is ordered back than was released. */
export function payableBalance(project: SignedProject, settled: Settled, today: PlainDate): Result<Balance> {
  const { balance, steps } = settled;
  const released = releasedFen(project.execution);
  const apart = 0 - balance - released;
  if (apart > 0) {
    const step: Step = { code: 'interest-apart', inputs: {}, result: toYuan(fen(apart)) };
    return ok({ balance: fen(0 - released), steps: [...steps, step] });
  }
  if (balance <= 0) return ok({ balance, steps });
  const failed = failureOf(project, today);
  if (failed?.next === 'delayed') return refuse(DELAYED);
  if (failed) {
    const step: Step = { code: 'nothing-after-failure', inputs: { stage: failed.stage }, result: '0.00' };
    return ok({ balance: ZERO, steps: [...steps, step] });
  }
  const wrong = whyNotRectified(project) ?? whyNotEvaluated(project);
  return wrong ? refuse(wrong) : ok({ balance, steps });
}

/** A rectification that somebody ordered, or that an evaluation asks for and nobody has ordered yet. */
function whyNotRectified({ execution }: SignedProject): Refusal | undefined {
  const asked = EVALUATION_STAGES.some((stage) => {
    const done = execution.evaluations[stage];
    return done?.rectification === true && !isRectified(execution, done);
  });
  return asked || execution.rectifications.some(({ closed }) => !closed)
    ? refusal(
        'conflict/rectification-open',
        '整改尚未验收，不能结算付款',
        'a rectification is open: nothing is paid by a settlement until it is accepted',
      )
    : undefined;
}

/** The settlement pays what was not released: no evaluation that one of these tranches waits for is left out. */
function whyNotEvaluated({ contract, execution }: SignedProject): Refusal | undefined {
  const missing = EVALUATION_STAGES.find(
    (stage) =>
      !execution.evaluations[stage] &&
      contract.tranches.some(
        ({ number, milestone }) => STAGE_OF[milestone] === stage && !isReleased(execution, number),
      ),
  );
  return missing
    ? refusal(
        'conflict/not-evaluated',
        `${EVALUATION_NAMES[missing].zh}尚未登记，余款须评估合格后支付`,
        `the ${EVALUATION_NAMES[missing].en} is not on record: the rest is paid once it is passed`,
        { stage: missing },
      )
    : undefined;
}

const DELAYED = refusal(
  'conflict/evaluation-failed',
  '评估不合格，按本地规定延期支付：整改验收并重新评估合格后再结算，或办理终止',
  'the evaluation was not passed and payment is delayed here: settle after rectification and a passed evaluation, or end the project',
);
