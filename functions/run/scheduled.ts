import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import createStack from '@middy/core';
import type { Context } from 'aws-lambda';

/** The one middy stack for schedules: logger, one call, its figures in the log. A failure is thrown, for the alarm to see. */
export function scheduled<T extends object>(
  work: () => Promise<T>,
): (event: unknown, context: Context) => Promise<T> {
  const logger = new Logger();
  return createStack<unknown, T>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .handler(async () => {
      const report = await work();
      logger.info('done', { report });
      return report;
    }) as (event: unknown, context: Context) => Promise<T>;
}

/** Pieces of work that must not wait for each other: what fails in one is kept until all had their turn, and thrown then. */
export class Separately {
  readonly #failures: unknown[] = [];

  /** Undefined when the work failed. */
  async attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.#failures.push(error);
      return undefined;
    }
  }

  /** @throws what failed, for the alarm to see: the error itself, or an AggregateError of several. */
  throwFailures(): void {
    const { length } = this.#failures;
    if (length === 1) throw this.#failures[0];
    if (length > 1) throw new AggregateError(this.#failures, `${length} pieces of work failed`);
  }
}
