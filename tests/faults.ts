import { expect } from 'vitest';

/** What a test may do around every call that changes something: throw before it, after it, or count it. */
export type Faults = { around?: (call: () => Promise<unknown>) => Promise<unknown> };
/** Whether a write still takes effect when its process dies there. */
export type Moment = 'before' | 'after';

/** No act of a test writes so often: an attempt beyond it would go on for ever. */
const WRITES_MAX = 60;

/**
 * Does something in a process that dies after so many writes, right before the next one takes effect or right after, and writes
 * nothing any more. True when it died; what it throws on its way is then no matter. False when it made no more writes than that.
 */
export async function diesAfter(
  faults: Faults,
  survived: number,
  act: () => Promise<unknown>,
  moment: Moment = 'before',
): Promise<boolean> {
  let writes = 0;
  faults.around = async (call) => {
    writes += 1;
    if (writes <= survived) return call();
    if (writes === survived + 1 && moment === 'after') await call();
    throw new Error('the process died');
  };
  try {
    await act();
  } catch (cause) {
    if (writes <= survived) throw cause;
  } finally {
    delete faults.around;
  }
  return writes > survived;
}

/**
 * Does something again and again, each time dying one write later, until it survives; `attempt` makes what it needs, does it, and
 * looks at what was left. At least one attempt has to die.
 */
export async function dyingAtEveryWrite(attempt: (survived: number) => Promise<boolean>): Promise<void> {
  for (let survived = 0; survived < WRITES_MAX; survived += 1) {
    if (await attempt(survived)) continue;
    expect(survived, 'writes at which it died').toBeGreaterThan(0);
    return;
  }
  throw new Error(`it died at each of ${WRITES_MAX} writes`);
}
