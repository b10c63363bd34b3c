import { EXPECTED_QUARTER, type Expected, expectedRuns } from '../sample/expected-quarter.ts';
import { fenOf } from './payment-run.ts';
import type { QuarterRun } from './quarter-month.ts';
import { type Enrolments, enrolmentKey } from './quarter-office.ts';
import type { Check } from './report.ts';

const textOf = (part: Readonly<Record<string, number>>): string =>
  Object.entries(part)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, fen]) => `${month} ${(fen / 100).toFixed(2)}`)
    .join(', ');
const said = ({ lines, recoveries }: Expected): string =>
  `${textOf(lines)}${Object.keys(recoveries).length > 0 ? ` − ${textOf(recoveries)}` : ''}`;

/** Person by person: what the runs of a month drafted and asked back, against the arithmetic of its own. */
export function draftChecks(runs: readonly QuarterRun[], enrolments: Enrolments, index: number): Check[] {
  return runs.flatMap(({ programme, period, drafts }) => {
    const expected = Object.keys(EXPECTED_QUARTER[programme] ?? {}).map((who) => {
      const mine = expectedRuns(programme, who)[index];
      return [enrolments.get(enrolmentKey(programme, who)) ?? who, mine ? said(mine) : ''] as const;
    });
    const wanted = new Map(expected.filter(([, text]) => text !== ''));
    const found = new Map(
      drafts
        .map((draft) => [draft.enrolment, said(draftOf(draft))] as const)
        .filter(([, text]) => text !== ''),
    );
    const all = [...new Set([...wanted.keys(), ...found.keys()])];
    const wrong = all.filter((id) => wanted.get(id) !== found.get(id));
    return [
      {
        zh: `${programme} ${period} 明细人数 = 另行核算`,
        en: 'drafted = worked out apart',
        left: found.size,
        right: wanted.size,
      },
      {
        zh: `${programme} ${period} 逐人逐月 = 另行核算`,
        en: 'person by person and month by month',
        left: wrong.map((id) => `${id}: ${found.get(id) ?? '—'}`).join('; '),
        right: wrong.map((id) => `${id}: ${wanted.get(id) ?? '—'}`).join('; '),
      },
    ];
  });
}

function draftOf({ lines, recoveries }: QuarterRun['drafts'][number]): Expected {
  const sums = (all: readonly { readonly month: string; readonly amount: string }[]) => {
    const by: Record<string, number> = {};
    for (const { month, amount } of all) by[month] = (by[month] ?? 0) + fenOf(amount);
    return by;
  };
  return {
    lines: sums(lines.filter(({ kind }) => kind !== 'set-off')),
    recoveries: sums(recoveries),
  };
}
