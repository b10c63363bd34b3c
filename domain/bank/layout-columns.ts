/** Columns of bank files, by kind of line: closed lists that layouts choose from. */
export const INSTRUCTION_HEADER_COLUMNS = [
  'jurisdiction',
  'batch-number',
  'pay-date',
  'payer-account',
  'count',
  'total',
  'layout-version',
] as const;
export const INSTRUCTION_LINE_COLUMNS = [
  'sequence',
  'account',
  'name',
  'amount',
  /** CNAPS number of the payee's bank (联行号), empty when the bank finds it from the account. */
  'bank-code',
  /** Whether the payee's bank is another one (跨行标识); see `crossBank`. */
  'cross-bank',
  /** Filled only where the run parameter `bankIdentityNumbers` says so; the identity number stays with the bureau otherwise. */
  'identity-number',
  /** A column that the bank has and that we leave empty. */
  'empty',
  'summary',
  'end-to-end-id',
] as const;
export const INSTRUCTION_TRAILER_COLUMNS = ['count', 'total', 'digest'] as const;
export const RESULT_HEADER_COLUMNS = [
  'jurisdiction',
  'batch-number',
  'result-date',
  'instruction-file',
  'layout-version',
  /** A cell that says nothing to us. */
  'empty',
] as const;
export const RESULT_LINE_COLUMNS = [
  'sequence',
  'account',
  'name',
  'amount',
  'status',
  'return-code',
  'reason',
  'booked-on',
  'bank-serial',
  'end-to-end-id',
  'empty',
] as const;
