import { monthOf } from '../../calendar.ts';
import { flatAmount, payAtOnce } from '../../grants/amounts.ts';
import { outOfTime } from '../../grants/dates.ts';
import { readValues } from '../../grants/read-values.ts';
import { fen, sumFen, toYuan } from '../../money.ts';
import { type Refusal, type Result, refusal, refuse } from '../../result.ts';
import type { GrantInput, GrantProposal, Step } from '../programme.ts';
import { GREEN_BURIAL_PARAMETERS, type GreenBurialFacts } from './parameters.ts';

export const BURIAL_AWARD = 'burial-award';
/** The programme of 生前享有, whose payments may be taken off. */
const IN_LIFE = 'green-burial-agreement';
const BURIAL = { zh: '安葬日期', en: 'the burial' } as const;

/**
 * 逝后奖补: a flat award by way of burial, once for a decedent, by the policy of the month of burial; less what the decedent had in life
 * where policy says so. Refusals: `conflict/already-granted`, `policy/not-awarded`, `policy/applied-too-late`, `invalid/burial-date`,
 * `invalid/nothing-due`, those of `lookup`.
 */
export function workOutGreenBurial({
  facts: given,
  appliedOn,
  view,
  earlier,
}: GrantInput): Result<GrantProposal> {
  const facts = given as GreenBurialFacts;
  const read = readValues(view, monthOf(facts.buriedOn), GREEN_BURIAL_PARAMETERS);
  if (!read.ok) return read;
  const { burialAwards, inLifeDeducted, applyWithin, decidedAt } = read.value;
  if (earlier.some((one) => one.programme === 'green-burial' && one.fen > 0)) return refuse(ALREADY);
  if (facts.buriedOn < facts.diedOn) return refuse(BURIED_BEFORE);
  const late = outOfTime(BURIAL, facts.buriedOn, appliedOn, applyWithin.value);
  if (late) return refuse(late);
  const award = burialAwards.value[facts.way];
  if (award === undefined) return refuse(notAwarded(facts.way));
  const full = flatAmount(facts.way, award, burialAwards.citation);
  const before = sumFen(earlier.filter(({ programme }) => programme === IN_LIFE).map((one) => one.fen));
  const less = inLifeDeducted.value && before > 0;
  const due = less ? fen(Math.max(0, full.fen - before)) : full.fen;
  const inputs = { award: toYuan(full.fen), before: toYuan(before) };
  const deducted: Step = {
    code: 'less-in-life',
    inputs,
    result: toYuan(due),
    citation: inLifeDeducted.citation,
  };
  return payAtOnce({
    components: [{ component: BURIAL_AWARD, fen: due }],
    decidedAt: decidedAt.value,
    persons: 1,
    derivation: less ? [...full.steps, deducted] : full.steps,
    sample: burialAwards.sample === true || (before > 0 && inLifeDeducted.sample === true),
  });
}

const ALREADY = refusal(
  'conflict/already-granted',
  '该逝者已办理过节地生态安葬奖补：每位逝者只奖补一次',
  'an award was already granted for this burial: once for each',
);
const BURIED_BEFORE = refusal(
  'invalid/burial-date',
  '安葬日期早于死亡日期：请核对',
  'the burial lies before the death: check the dates',
);
const notAwarded = (way: string): Refusal =>
  refusal(
    'policy/not-awarded',
    '本地政策对这种安葬方式没有奖补标准',
    'the policy of the place has no award for this way of burial',
    { way },
  );
