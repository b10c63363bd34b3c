/** Several measurements of one thing: their median and how far they lie apart. */
export type Samples = { readonly median: number; readonly low: number; readonly high: number };

export function samplesOf(values: readonly number[]): Samples {
  if (values.length === 0) throw new Error('nothing was measured');
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  const median = sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
  return { median, low: sorted[0] ?? Number.NaN, high: sorted.at(-1) ?? Number.NaN };
}

/** Median and range, e.g. "1,234 (1,100–1,300)". */
export function shown({ median, low, high }: Samples, digits = 0): string {
  const write = (value: number) =>
    value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${write(median)} (${write(low)}–${write(high)})`;
}

/** Milliseconds that a piece of work takes. */
export async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** By the clock, and of processor time of this process with all its threads. */
export type Cost = { readonly milliseconds: number; readonly cpuMilliseconds: number };

export async function costOf(work: () => unknown): Promise<Cost> {
  const busy = process.cpuUsage();
  const milliseconds = await timed(work);
  const { user, system } = process.cpuUsage(busy);
  return { milliseconds, cpuMilliseconds: (user + system) / 1000 };
}
