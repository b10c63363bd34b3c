/**
 * What the service is made of, as plain data: read by the CDK stacks, by template tests and by the documentation.
 * Nothing here knows AWS classes; names are logical and become physical at deployment.
 */

/** All tables have the string keys `pk` and `sk` and no index. */
export const TABLES = {
  /** Persons, enrolments and look-up pointers; personal data in one encrypted blob per record. */
  register: { env: 'REGISTER_TABLE' },
  /** Append-only journal entries by slot; no role may update or delete. */
  ledger: { env: 'LEDGER_TABLE', appendOnly: true },
  /** Runs (as immutable acts), drafts, progress, chunks, exceptions, manifests, HTTP idempotency. */
  operations: { env: 'OPERATIONS_TABLE' },
  /** Policy packs and the frozen books that runs read by content hash. */
  policy: { env: 'POLICY_TABLE' },
} as const satisfies Record<string, { env: string; appendOnly?: true }>;
export type TableName = keyof typeof TABLES;

/** Every queue has a dead-letter queue after `maxReceives` tries and exactly one consuming function. */
export const QUEUES = {
  imports: { env: 'IMPORTS_QUEUE_URL', consumer: 'register-import', batchSize: 1 },
  compute: { env: 'COMPUTE_QUEUE_URL', consumer: 'run-compute', batchSize: 1 },
  dispatch: { env: 'DISPATCH_QUEUE_URL', consumer: 'run-dispatch', batchSize: 1 },
  files: { env: 'FILES_QUEUE_URL', consumer: 'instruction-files', batchSize: 1 },
  results: { env: 'RESULTS_QUEUE_URL', consumer: 'bank-results', batchSize: 1 },
  reconcile: { env: 'RECONCILE_QUEUE_URL', consumer: 'run-reconcile', batchSize: 5 },
  closing: { env: 'CLOSING_QUEUE_URL', consumer: 'run-close', batchSize: 1 },
  exports: { env: 'EXPORTS_QUEUE_URL', consumer: 'ledger-exports', batchSize: 1 },
  determinations: { env: 'DETERMINATIONS_QUEUE_URL', consumer: 'determinations', batchSize: 1 },
} as const;
export type QueueName = keyof typeof QUEUES;
export const MAX_RECEIVES = 5;

/** One private bucket: uploads/ in by presigned POST; error files, bank files and exports out by presigned GET. */
export const BUCKETS = { files: { env: 'FILES_BUCKET' } } as const;

type Access = 'read' | 'append' | 'write';
export type FunctionSpec = {
  /** Path of the module that exports `handler`. */
  readonly entry: string;
  readonly purpose: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly tables: Partial<Record<TableName, Access>>;
  readonly sends: readonly QueueName[];
  readonly bucket?: 'read' | 'write' | 'read-write';
  /** May open personal data, or write it as well; both read the key of the keyed hash for look-ups. */
  readonly personalData?: 'decrypt' | 'encrypt-decrypt';
  readonly schedule?: string;
  /** A figure of its log, by path; above zero somebody has to look. */
  readonly watched?: { readonly figure: string; readonly meaning: string };
  /** On the path of every payment: bundle size and load time are measured by the bench. */
  readonly hot?: true;
};

export const FUNCTIONS = {
  'api-public': {
    entry: 'functions/api/public.ts',
    purpose: 'health, OpenAPI document and its readable page, 404 and 405',
    memoryMb: 256,
    timeoutSeconds: 10,
    tables: {},
    sends: [],
  },
  'api-staff': {
    entry: 'functions/api/staff.ts',
    purpose:
      'what finance staff do: uploads, imports, runs, signatures, funding, dispatch, results, decisions',
    // One whole processor: the tie of an account over an open run reads every entry while somebody waits.
    memoryMb: 1769,
    timeoutSeconds: 29,
    tables: { register: 'write', ledger: 'append', operations: 'write', policy: 'write' },
    sends: ['imports', 'compute', 'dispatch', 'results', 'closing', 'determinations'],
    bucket: 'read-write',
    personalData: 'encrypt-decrypt',
  },
  'api-beneficiary': {
    entry: 'functions/api/beneficiary.ts',
    purpose: 'what a beneficiary sees: own enrolments, payments and why this amount',
    memoryMb: 256,
    timeoutSeconds: 10,
    tables: { register: 'read', ledger: 'read', operations: 'read' },
    sends: [],
    personalData: 'decrypt',
  },
  'api-audit': {
    entry: 'functions/api/audit.ts',
    purpose: 'read-only for auditors: acts, seal, trial balance, exports of the ledger',
    memoryMb: 1024,
    timeoutSeconds: 29,
    tables: { ledger: 'read', operations: 'write' },
    sends: ['exports'],
    bucket: 'read',
  },
  'register-import': {
    entry: 'functions/register/import.ts',
    purpose: 'splits an uploaded sheet into chunks and records the good rows of each',
    memoryMb: 1024,
    timeoutSeconds: 120,
    tables: { register: 'write', operations: 'write', policy: 'read' },
    sends: ['imports', 'determinations'],
    bucket: 'read-write',
    personalData: 'encrypt-decrypt',
  },
  'run-compute': {
    entry: 'functions/run/compute.ts',
    purpose: 'assesses one shard of a run: drafts, findings of controls, one DONE item',
    memoryMb: 1024,
    timeoutSeconds: 120,
    tables: { register: 'read', ledger: 'read', operations: 'write', policy: 'read' },
    sends: [],
    personalData: 'decrypt',
    hot: true,
  },
  'run-dispatch': {
    entry: 'functions/run/dispatch.ts',
    purpose: 'verifies one shard against what was signed, then writes its release entries',
    memoryMb: 512,
    timeoutSeconds: 120,
    tables: { register: 'read', ledger: 'append', operations: 'write', policy: 'read' },
    sends: ['dispatch', 'files'],
    personalData: 'decrypt',
    hot: true,
  },
  'instruction-files': {
    entry: 'functions/run/instruction-files.ts',
    purpose: 'builds the instruction files of a released run, byte for byte the same each time',
    memoryMb: 1024,
    timeoutSeconds: 300,
    tables: { register: 'read', operations: 'write' },
    sends: [],
    bucket: 'write',
    personalData: 'decrypt',
  },
  'bank-results': {
    entry: 'functions/bank/results.ts',
    purpose: 'checks an uploaded bank result file against what was sent and cuts it into chunks',
    memoryMb: 512,
    timeoutSeconds: 120,
    tables: { operations: 'write' },
    sends: ['reconcile'],
    bucket: 'read-write',
  },
  'run-reconcile': {
    entry: 'functions/bank/reconcile.ts',
    purpose: 'matches one chunk of result lines and records each outcome once',
    memoryMb: 512,
    timeoutSeconds: 60,
    tables: { ledger: 'append', operations: 'write' },
    sends: [],
    bucket: 'read',
    hot: true,
  },
  'run-close': {
    entry: 'functions/run/close.ts',
    purpose: 'tallies shards from a strong re-read, closes and seals a run',
    memoryMb: 512,
    timeoutSeconds: 120,
    tables: { ledger: 'read', operations: 'write' },
    sends: [],
  },
  'ledger-exports': {
    entry: 'functions/audit/exports.ts',
    purpose: 'writes the ledger of a run as CSV and hledger journal with control totals',
    memoryMb: 1024,
    timeoutSeconds: 300,
    tables: { ledger: 'read', operations: 'write' },
    sends: [],
    bucket: 'write',
  },
  determinations: {
    entry: 'functions/determination/work.ts',
    purpose:
      'looks whether determined households have to be reviewed; finishes their events, decisions on cases and on applications for grants; works out and applies a shard of a change of standard; compares a shard with and without proposed policy',
    memoryMb: 1024,
    timeoutSeconds: 120,
    tables: { register: 'write', operations: 'write', policy: 'read' },
    sends: [],
    personalData: 'encrypt-decrypt',
  },
  tick: {
    entry: 'functions/run/tick.ts',
    purpose: 'starts the runs that are due, once a day',
    memoryMb: 256,
    timeoutSeconds: 60,
    tables: { operations: 'write', policy: 'write' },
    sends: ['compute'],
    schedule: 'cron(0 8 * * ? *)',
  },
  'daily-look': {
    entry: 'functions/unpaid/daily-look.ts',
    purpose: 'counts overdue failed and returned payments and money that stands still, once a day',
    memoryMb: 512,
    timeoutSeconds: 300,
    tables: { ledger: 'read', operations: 'write', policy: 'write' },
    sends: [],
    schedule: 'cron(30 8 * * ? *)',
    watched: {
      figure: 'report.waiting',
      meaning:
        '有超期未处理的退票、追缴或待补材料，或滞留资金 / overdue returns, recoveries or papers, or money that stands still',
    },
  },
  sweep: {
    entry: 'functions/run/sweep.ts',
    purpose: 'finds unfinished work in the state and queues it again',
    memoryMb: 256,
    timeoutSeconds: 60,
    tables: { ledger: 'append', operations: 'write', policy: 'write' },
    sends: [
      'imports',
      'compute',
      'dispatch',
      'files',
      'results',
      'reconcile',
      'closing',
      'exports',
      'determinations',
    ],
    schedule: 'rate(1 minute)',
  },
} as const satisfies Record<string, FunctionSpec>;
export type FunctionName = keyof typeof FUNCTIONS;

/** Schedules run in the time zone of the bureaus. */
export const TIME_ZONE = 'Asia/Shanghai';
