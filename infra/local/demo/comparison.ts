import { ZERO } from '../../../domain/money.ts';
import type { District } from '../sample/district.ts';
import type { ResponseOf } from './api-client.ts';
import type { Books, HledgerVerdict } from './books.ts';
import type { Import } from './prepare.ts';
import type { Check, Stage } from './report.ts';
import {
  type ClosedRun,
  drafted,
  equal,
  type OpenPayment,
  type PaidMonth,
  paidChecks,
  paidStages,
  totalsOf,
} from './run-comparison.ts';

/** A month with everything that was counted on the way. */
export type MonthResult = {
  readonly district: District;
  readonly register: Import;
  readonly regular: ClosedRun;
  readonly supplementary: ClosedRun;
  /** Of both runs, in this order. */
  readonly books: readonly Books[];
  readonly open: readonly OpenPayment[];
  readonly hledger: HledgerVerdict;
  readonly budget: ResponseOf<'getBudget'>;
};

const paidMonth = ({ regular, supplementary, books, open, hledger, budget }: MonthResult): PaidMonth => ({
  runs: [
    ['R', regular],
    ['S1', supplementary],
  ],
  books,
  open,
  hledger,
  budget,
  usedBefore: ZERO,
});

/** The stages of the month, one line each. */
export function monthStages(month: MonthResult): Stage[] {
  const people = {
    zh: '对象信息库（人）',
    en: 'register (people)',
    count: month.register.counts?.created ?? 0,
  };
  return [people, ...paidStages(paidMonth(month))];
}

/** Every comparison that has to come out even. */
export const monthChecks = (month: MonthResult): Check[] => [
  ...registerChecks(month),
  ...paidChecks(paidMonth(month)),
];

function registerChecks({ district, register, regular }: MonthResult): Check[] {
  const { run: planted } = district.planted;
  const totals = totalsOf(regular.computed.run);
  const found = (control: string): number =>
    regular.computed.findings.find((each) => each.control === control)?.count ?? 0;
  return [
    equal('入库人数', 'people in the register', register.counts?.created ?? 0, district.people.length),
    equal('可发人数', 'payable as planted', totals.payable.count, planted.payable),
    equal('缓发人数', 'held as planted', totals.held.count, planted.held),
    equal('不能发人数', 'blocked as planted', totals.blocked.count, planted.blocked),
    equal(
      '每个人都有着落',
      'everybody accounted for',
      drafted(totals).count + planted.nothingDue,
      district.people.length,
    ),
    ...Object.entries(planted.findings).map(([control, count]) =>
      equal(`规则 ${control}`, `findings of ${control}`, found(control), count),
    ),
  ];
}
