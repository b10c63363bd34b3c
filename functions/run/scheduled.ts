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
