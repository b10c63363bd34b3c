import * as z from 'zod/mini';

/** A row that was not taken, as given, with every fault found. Kept in the bucket: it holds personal data. */
export const RejectedRow = z.object({
  row: z.int(),
  cells: z.array(z.string()),
  faults: z.array(z.object({ column: z.optional(z.string()), zh: z.string(), en: z.string() })),
});
export type RejectedRow = z.infer<typeof RejectedRow>;
