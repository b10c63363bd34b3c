import * as z from 'zod/mini';

/**
 * Where a rule or an amount comes from (依据). Every parameter and every derivation step carries one; a number
 * without a citation cannot enter the policy book.
 */
export const Citation = z.strictObject({
  /** Document number (文号), e.g. 京民养老发〔2019〕160号. */
  document: z.string().check(z.minLength(1)),
  /** Title of the instrument in Chinese. */
  title: z.string().check(z.minLength(1)),
  /** Article or paragraph, e.g. 第三条; empty when the document is not numbered. */
  article: z.optional(z.string()),
  url: z.optional(z.string()),
});
export type Citation = z.infer<typeof Citation>;
