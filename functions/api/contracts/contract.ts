import type * as z from 'zod/mini';
import type { Bilingual } from '../../../domain/bilingual.ts';
import type { Audience, OperationOf } from '../routes.ts';

type ObjectSchema = z.ZodMiniType<object>;

/**
 * What one operation takes and gives. Path parameters, query and body are checked before anything runs; responses are
 * checked by tests. The OpenAPI document is made of the same schemas.
 */
export type Contract = {
  readonly summary: Bilingual;
  /** What a caller has to know beyond the summary. */
  readonly notes?: Bilingual;
  readonly params?: ObjectSchema;
  readonly query?: ObjectSchema;
  readonly request?: z.ZodMiniType;
  readonly status: 200 | 201 | 202;
  readonly response: z.ZodMiniType;
  /** Given for an answer that is not JSON; `response` is then its text. */
  readonly mediaType?: 'text/html' | 'text/csv' | 'text/markdown';
};

/** The contracts of one audience: one for every operation, and for nothing else. */
export type ContractsOf<A extends Audience> = { readonly [Id in OperationOf<A>]: Contract };
