import { createHash } from 'node:crypto';
import type { Fen } from '../../../domain/money.ts';
import type { BankOptions, Share } from './options.ts';
import type { Reason } from './reasons.ts';
import type { SentFile } from './sent-file.ts';

/** What the bank makes of the lines of a file, by sequence. A line is in one of these at most; all others are credited at once. */
export type BankPlan = {
  readonly failed: ReadonlyMap<number, Reason>;
  /** Credited, but the first answer states another amount. */
  readonly misstated: ReadonlySet<number>;
  /** Credited, and back after some days. */
  readonly returned: ReadonlyMap<number, Return>;
  /** Being processed at first, then credited, or refused with a reason. */
  readonly pending: ReadonlyMap<number, Pending>;
  /** Not mentioned at first, credited all the same. */
  readonly silent: ReadonlySet<number>;
  /** Said to have failed, and credited later after all. */
  readonly lateSuccess: ReadonlyMap<number, Reason>;
  /** Said to be credited, and refused later. */
  readonly lateFailure: ReadonlyMap<number, Reason>;
  /** Named twice in the first answer with different words, then put right. */
  readonly contradicted: ReadonlyMap<number, Reason>;
};
export type Return = Reason & { readonly afterDays: number };
export type Pending = { readonly days: number; readonly reason: Reason | undefined };

/**
 * Decides what happens to a file. Lines are drawn by account, amount and seed, not by their place in the file, so that the same
 * people fail however the file was put together.
 */
export function planAnswers(file: SentFile, seed: string, options: BankOptions): BankPlan {
  const drawn = file.lines
    .map((line) => ({ sequence: line.sequence, at: drawOf(seed, line.account, line.fen) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1));
  const take = (share: Share): Drawn[] =>
    drawn.splice(0, Math.max(share.atLeast, Math.round((file.lines.length * share.perMille) / 1000)));
  const { failures, returns } = options;
  const days = ({ at }: Drawn, [first, last]: readonly [number, number]): number =>
    first + (Number.parseInt(at.slice(-6), 16) % (last - first + 1));
  return {
    failed: withReasons(take(options.failed), failures),
    misstated: new Set(take(options.misstated).map(({ sequence }) => sequence)),
    returned: new Map(
      take(options.returned).map((line, index) => [
        line.sequence,
        { ...reasonAt(returns, index), afterDays: days(line, options.returnDays) },
      ]),
    ),
    pending: new Map(
      take(options.pending).map((line, index) => [
        line.sequence,
        {
          days: days(line, options.delayDays),
          reason: index % 3 === 2 ? reasonAt(failures, index) : undefined,
        },
      ]),
    ),
    silent: new Set(take(options.silent).map(({ sequence }) => sequence)),
    lateSuccess: withReasons(take(options.lateSuccess), failures),
    lateFailure: withReasons(take(options.lateFailure), failures),
    contradicted: withReasons(take(options.contradicted), failures),
  };
}

type Drawn = { readonly sequence: number; readonly at: string };

const withReasons = (lines: readonly Drawn[], reasons: readonly Reason[]): Map<number, Reason> =>
  new Map(lines.map(({ sequence }, index) => [sequence, reasonAt(reasons, index)]));

function reasonAt(reasons: readonly Reason[], index: number): Reason {
  const reason = reasons[index % reasons.length];
  if (!reason) throw new Error('a bank has at least one reason');
  return reason;
}

const drawOf = (seed: string, account: string, amount: Fen): string =>
  createHash('sha256').update(`${seed}/${account}/${amount}`).digest('hex');
