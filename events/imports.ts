import * as z from 'zod/mini';
import { Count, envelope, JurisdictionText, ObjectKeyText, OpaqueText, ProgrammeText } from './envelope.ts';

/** A sheet was uploaded and is to be imported. Everything that identifies the work is in it; nothing personal is. */
export const ImportRequested = z.strictObject({
  ...envelope('import.requested'),
  importId: OpaqueText,
  kind: z.enum([
    'register',
    'deaths',
    'households',
    'opening',
    'accounts',
    'matching',
    'projects',
    'grant-list',
  ]),
  objectKey: ObjectKeyText,
  jurisdiction: JurisdictionText,
  programme: ProgrammeText,
  /** The member of staff who asked, as in their token. */
  by: z.string().check(z.minLength(1), z.maxLength(200)),
  /** Instant in UTC at which they asked: what the sheet says takes effect on that day. */
  requestedAt: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)),
});
export type ImportRequested = z.infer<typeof ImportRequested>;

/** One chunk of a sheet is to be recorded; its bytes and hash are in the chunk's plan item. */
export const ImportChunk = z.strictObject({
  ...envelope('import.chunk'),
  importId: OpaqueText,
  chunk: Count,
});
export type ImportChunk = z.infer<typeof ImportChunk>;

/** The district accepted rows of a street's change report: they are to enter the register. */
export const StreetRowsAccepted = z.strictObject({
  ...envelope('street-report.rows-accepted'),
  reportId: OpaqueText,
  reportVersion: Count,
});
export type StreetRowsAccepted = z.infer<typeof StreetRowsAccepted>;

/** One chunk of a file of changed accounts, which two people signed, is to be applied. */
export const AccountFileChunk = z.strictObject({
  ...envelope('account-file.chunk'),
  importId: OpaqueText,
  chunk: Count,
});
export type AccountFileChunk = z.infer<typeof AccountFileChunk>;

/** A block of rows of a list of grants that somebody decided on: its grants are to be recorded. */
export const GrantListBlock = z.strictObject({
  ...envelope('grant-list.block'),
  importId: OpaqueText,
  block: Count,
});
export type GrantListBlock = z.infer<typeof GrantListBlock>;

/** Everything that may be on the imports queue. */
export const ImportMessage = z.discriminatedUnion('type', [
  ImportRequested,
  ImportChunk,
  StreetRowsAccepted,
  AccountFileChunk,
  GrantListBlock,
]);
export type ImportMessage = z.infer<typeof ImportMessage>;
