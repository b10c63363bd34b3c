import { monthOf } from '../../calendar.ts';
import { limitedTo, payAtOnce } from '../../grants/amounts.ts';
import { outOfTime } from '../../grants/dates.ts';
import { type GrantValues, readValues } from '../../grants/read-values.ts';
import { type Fen, fen, sumFen, toYuan, writtenFen, ZERO } from '../../money.ts';
import { type Refusal, type Result, refusal, refuse } from '../../result.ts';
import type { GrantInput, GrantProposal, Step } from '../programme.ts';
import { FUNERAL_ITEMS, FUNERAL_PARAMETERS, type FuneralFacts } from './parameters.ts';

type Values = GrantValues<typeof FUNERAL_PARAMETERS>;
export const BASIC_SERVICES = 'basic-services';
const DEATH = { zh: '死亡日期', en: 'the death' } as const;

/**
 * 惠民殡葬: what was charged for each service on the list, at most its limit, all at most the limit for one funeral; by the policy of the
 * month of death. Once for a decedent, and not beside other funeral money that policy names. Refusals: `conflict/other-funeral-money`,
 * `conflict/already-granted`, `policy/residency`, `policy/settlement`, `policy/applied-too-late`, `invalid/nothing-due`, those of `lookup`.
 */
export function workOutFuneral(input: GrantInput): Result<GrantProposal> {
  const facts = input.facts as FuneralFacts;
  const read = readValues(input.view, monthOf(facts.diedOn), FUNERAL_PARAMETERS);
  if (!read.ok) return read;
  const values = read.value;
  const no = refusedFor(input, facts, values);
  if (no) return refuse(no);
  const { basicItems, totalCap } = values;
  const parts = FUNERAL_ITEMS.flatMap((item) => itemOf(item, facts, values));
  const sum = sumFen(parts.map((part) => part.fen));
  const all = limitedTo('funeral-total', { fen: sum, steps: [] }, totalCap.value, totalCap.citation);
  return payAtOnce({
    components: [{ component: BASIC_SERVICES, fen: all.fen }],
    decidedAt: values.decidedAt.value,
    persons: 1,
    derivation: [...parts.flatMap((part) => part.steps), ...all.steps, noOtherMoney(values)],
    sample: [basicItems, totalCap, ...(facts.otherMoney.length > 0 ? [values.excludedBy] : [])].some(
      ({ sample }) => sample === true,
    ),
  });
}

function itemOf(
  item: (typeof FUNERAL_ITEMS)[number],
  { items }: FuneralFacts,
  { basicItems }: Values,
): { fen: Fen; steps: Step[] }[] {
  const charged = items[item];
  if (charged === undefined) return [];
  const cap = basicItems.value[item];
  const { citation } = basicItems;
  if (cap === undefined) {
    const step = { code: 'not-a-basic-item', inputs: { item, charged }, result: '0.00', citation };
    return [{ fen: ZERO, steps: [step] }];
  }
  const paid = fen(Math.min(writtenFen(charged), writtenFen(cap)));
  const step = { code: 'basic-item', inputs: { item, charged, cap }, result: toYuan(paid), citation };
  return [{ fen: paid, steps: [step] }];
}

function noOtherMoney({ excludedBy }: Values): Step {
  const { value, citation } = excludedBy;
  return { code: 'no-other-funeral-money', inputs: {}, result: String(value.length), citation };
}

function refusedFor(
  { appliedOn, earlier, subject }: GrantInput,
  facts: FuneralFacts,
  { residency, settlement, excludedBy, applyWithin }: Values,
): Refusal | undefined {
  if (earlier.some(({ programme, fen }) => programme === 'funeral' && fen > 0)) return ALREADY;
  // 特困 of the decedent is known to the register also where nobody states it.
  const tekun = subject?.findLast(({ kind }) => kind === 'identity-class')?.value === 'tekun';
  const other = excludedBy.value.find(
    (each) => facts.otherMoney.includes(each) || (each === 'tekun' && tekun),
  );
  if (other !== undefined) return otherMoney(other);
  if (!residency.value.includes(facts.residency)) return NOT_FOR_RESIDENCY;
  if (!settlement.value.includes(facts.settlement)) return NOT_SO_SETTLED;
  return outOfTime(DEATH, facts.diedOn, appliedOn, applyWithin.value);
}

const otherMoney = (kind: string): Refusal =>
  refusal(
    'conflict/other-funeral-money',
    '逝者已有或应有其他丧葬待遇，按政策不能重复享受惠民殡葬：请按原渠道办理',
    'other funeral money is paid for this death, which excludes this one by policy: ask for it there',
    { kind },
  );
const ALREADY = refusal(
  'conflict/already-granted',
  '该逝者已办理过惠民殡葬：每位逝者只享受一次',
  'basic funeral services were already granted for this death: once for each',
);
const NOT_FOR_RESIDENCY = refusal(
  'policy/residency',
  '逝者的户籍情况不在本地减免对象范围内',
  'the policy of the place does not cover this residency',
);
const NOT_SO_SETTLED = refusal(
  'policy/settlement',
  '本地不采用这种结算方式（直接免除、先缴后补）：请核对政策',
  'the place does not settle in this way (waived, repaid): see the policy',
);
