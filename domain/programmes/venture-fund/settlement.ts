import { fraction, ofFen, percentOf, plus, roundedToFen } from '../../fraction.ts';
import { type Fen, fen, sumFen, toYuan } from '../../money.ts';
import { invariant, ok, type Result } from '../../result.ts';
import type { Step } from '../programme.ts';
import { capOf, type Line, lineFault, totals } from './budget-lines.ts';
import type { OrganisationKind } from './options.ts';
import { cited, refusedField, type VentureRules } from './rules.ts';

/** What a final settlement (结算) looks at, as audited; all in fen. */
export type Settlement = {
  /** The grant of the contract, the bonus not counted. */
  readonly grant: Fen;
  /** Of the grant paid so far, less what was already recovered. */
  readonly paid: Fen;
  readonly kind: OrganisationKind;
  /** As agreed, with its changes; empty where the contract has no lines. */
  readonly budget: readonly Line[];
  /** What the grant was spent on. */
  readonly spend: readonly Line[];
  /** What of these lines, by category and item, the auditor left out (审计剔除); `checkAuditedOut` has seen them. */
  readonly auditedOut?: readonly Line[];
  /** Interest that the money bore. */
  readonly interest?: Fen;
};

/** Why a part of the spending does not count. */
export const DISALLOWED = [
  'audited-out',
  'forbidden',
  'unknown-category',
  'not-for-kind',
  'over-budget',
  'over-cap',
] as const;
export type DisallowedLine = {
  readonly category: string;
  readonly item?: string;
  readonly fen: Fen;
  readonly reason: (typeof DISALLOWED)[number];
};

export type Settled = {
  readonly eligible: Fen;
  readonly disallowed: readonly DisallowedLine[];
  /** min(grant, eligible) − paid, less interest to be returned: above zero is paid as the last tranche, below it is recovered. */
  readonly balance: Fen;
  readonly pays: Fen;
  readonly recovers: Fen;
  readonly steps: readonly Step[];
};

/**
 * Final settlement: the smaller of the grant and the eligible audited spending, less what was paid. It never pays above the grant, and
 * what comes out below zero is money to be recovered, never a payment.
 */
export function settleProject(rules: VentureRules, settlement: Settlement): Settled {
  const { grant, paid, spend, interest = fen(0) } = settlement;
  invariant(
    [grant, paid, interest].every((amount) => amount >= 0),
    'an amount below zero',
  );
  const known = checkAuditedOut(spend, settlement.auditedOut ?? []);
  invariant(known.ok, 'the auditor left out what was not spent');
  const spent = sumFen(spend.map((line) => line.fen));
  const disallowed = disallowedLines(rules, settlement);
  const out = sumFen(disallowed.map((line) => line.fen));
  const eligible = fen(Math.max(0, spent - out));
  const due = fen(Math.min(grant, eligible));
  const returned = rules.settlement?.interest === 'returned' ? interest : fen(0);
  const balance = fen(due - paid - returned);
  const steps: Step[] = [
    ...disallowed.map((line) => disallowedStep(rules, line)),
    {
      code: 'eligible-spend',
      inputs: { spent: toYuan(spent), disallowed: toYuan(out) },
      result: toYuan(eligible),
    },
    {
      code: 'settled',
      inputs: {
        grant: toYuan(grant),
        eligible: toYuan(eligible),
        paid: toYuan(paid),
        interest: toYuan(returned),
      },
      result: toYuan(balance),
      ...cited(rules, 'settlement'),
    },
  ];
  return {
    eligible,
    disallowed,
    balance,
    pays: fen(Math.max(0, balance)),
    recovers: fen(Math.max(0, paid + returned - due)),
    steps,
  };
}

/** Of what was paid: nothing, what was not spent on what counts, or all. */
export function recovered(rule: 'none' | 'unspent' | 'all', paid: Fen, eligible: Fen): Fen {
  if (rule === 'none') return fen(0);
  return rule === 'all' ? paid : fen(Math.max(0, paid - eligible));
}

function disallowedLines(rules: VentureRules, settlement: Settlement): DisallowedLine[] {
  const disallowed: DisallowedLine[] = [];
  const sound: Line[] = [];
  const out = totalsByItem(settlement.auditedOut ?? []);
  for (const { category, item, fen: amount } of settlement.spend) {
    const auditedOut = fen(Math.min(amount, out.get(itemKey({ category, item })) ?? 0));
    out.set(itemKey({ category, item }), fen((out.get(itemKey({ category, item })) ?? 0) - auditedOut));
    const line = { category, item, fen: fen(amount - auditedOut) };
    const fault = rules.budget && lineFault(rules.budget, line, settlement.kind);
    if (auditedOut > 0) disallowed.push({ category, item, fen: auditedOut, reason: 'audited-out' });
    if (!fault) sound.push(line);
    else if (line.fen > 0)
      disallowed.push({ category: fault.category, item, fen: line.fen, reason: fault.code });
  }
  const byCategory = [...totals(sound)].flatMap(([category, sum]) =>
    overLimit(rules, settlement, category, sum),
  );
  return [...disallowed, ...byCategory];
}

const itemKey = ({ category, item }: Pick<Line, 'category' | 'item'>): string => `${category}\n${item}`;

function totalsByItem(lines: readonly Line[]): Map<string, Fen> {
  const sums = new Map<string, Fen>();
  for (const line of lines) sums.set(itemKey(line), fen((sums.get(itemKey(line)) ?? 0) + line.fen));
  return sums;
}

/** Whether what the auditor left out is among what was spent. Refusal: `invalid/audited-out`, naming the line. */
export function checkAuditedOut(spend: readonly Line[], auditedOut: readonly Line[]): Result<true> {
  const spent = totalsByItem(spend);
  for (const line of auditedOut) {
    const left = (spent.get(itemKey(line)) ?? 0) - line.fen;
    if (left < 0 || line.fen < 0) {
      return refusedField(
        'invalid/audited-out',
        'auditedOut',
        `审计剔除的“${line.item}”${toYuan(line.fen)}元在支出明细中没有这么多：请按支出明细的科目和用途填写`,
        `of "${line.item}" the auditor left out ${toYuan(line.fen)}, more than the spending has: name it by the category and item of the spending`,
        { category: line.category, amount: toYuan(line.fen) },
      );
    }
    spent.set(itemKey(line), fen(left));
  }
  return ok(true);
}

/** What of a category is over its budget with the small move allowed, or over its percentage; only the excess, by the tighter of the two. */
function overLimit(
  rules: VentureRules,
  { kind, budget, grant }: Settlement,
  category: string,
  sum: Fen,
): DisallowedLine[] {
  const planned = totals(budget);
  const total = sumFen([...planned.values()]);
  const cap =
    rules.budget &&
    capOf(
      rules.budget,
      category,
      kind,
      rules.budget.capBase === 'grant' || budget.length === 0 ? grant : total,
    );
  const move = budget.length === 0 ? undefined : rules.settlement?.movePercent;
  const own = planned.get(category) ?? fen(0);
  const room =
    move === undefined
      ? undefined
      : roundedToFen(plus(ofFen(own), percentOf(ofFen(own), fraction(move))), { rule: 'down', unit: 'fen' });
  const isCapTighter = cap !== undefined && (room === undefined || cap.fen <= room);
  const most = isCapTighter ? cap.fen : room;
  if (most === undefined || sum <= most) return [];
  return [{ category, fen: fen(sum - most), reason: isCapTighter ? 'over-cap' : 'over-budget' }];
}

function disallowedStep(rules: VentureRules, { category, item, fen: amount, reason }: DisallowedLine): Step {
  const name = rules.budget?.categories.find((each) => each.category === category)?.zh ?? category;
  return {
    code: 'spend-disallowed',
    inputs: { category: name, item: item ?? '', reason },
    result: toYuan(amount),
    ...cited(rules, 'budget'),
  };
}
