import { type Fen, fen, sumFen } from '../../../domain/money.ts';
import type { SampleLine, SampleProject } from '../sample/project-rows.ts';

/**
 * What a round of the sample district comes to, by an arithmetic of its own: half of a grant at the signature, four tenths after the
 * mid-term, the rest at the end, each tranche to the nearest fen.
 */
export function trancheFen({ asked }: SampleProject, number: 1 | 2 | 3): Fen {
  const tenths = (count: number) => (BigInt(asked) * BigInt(count) * 2n + 10n) / 20n;
  const [half, more] = [tenths(5), tenths(4)];
  return fen(Number(number === 1 ? half : number === 2 ? more : BigInt(asked) - half - more));
}

/** Percent of every line of a budget that is spent: by the mid-term, in all, and by a project that hardly began. */
export const SPENT = { some: 35, all: 100, little: 20 } as const;

export function spentLines({ lines }: SampleProject, percent: number): SampleLine[] {
  return lines.map((line) => ({ ...line, fen: fen(Math.floor((line.fen * percent) / 100)) }));
}

/** What of the first tranche is not spent. */
export function toReturn(project: SampleProject, percent: number): Fen {
  const spent = sumFen(spentLines(project, percent).map((line) => line.fen));
  return fen(Math.max(0, trancheFen(project, 1) - spent));
}

/** What the settlement pays once everything is spent: what the first tranche left. */
export const lastPayment = (project: SampleProject): Fen => fen(project.asked - trancheFen(project, 1));

/** What comes back: of the project that is ended after a failed mid-term, and of the one that hardly began. */
export const backOf = ({
  failed,
  settledDown,
}: Readonly<Record<'failed' | 'settledDown', SampleProject>>) => ({
  failed: toReturn(failed, SPENT.some),
  settledDown: toReturn(settledDown, SPENT.little),
});
