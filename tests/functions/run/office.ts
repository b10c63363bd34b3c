import { fen } from '../../../domain/money.ts';
import { parsePolicyPack } from '../../../domain/policy/parse-pack.ts';
import type { Result } from '../../../domain/result.ts';
import { fundsNeeded, type Run } from '../../../domain/run/run.ts';
import { AccountChanges } from '../../../functions/adapters/account-changes.ts';
import { AccountFileStore } from '../../../functions/adapters/account-file-store.ts';
import { ImportStore } from '../../../functions/adapters/import-store.ts';
import { VentureCallStore } from '../../../functions/adapters/venture-call-store.ts';
import { VentureStore } from '../../../functions/adapters/venture-store.ts';
import { exportsHandler } from '../../../functions/audit/exports.ts';
import { reconcileHandler } from '../../../functions/bank/reconcile.ts';
import { resultsHandler } from '../../../functions/bank/results.ts';
import { householdsOf } from '../../../functions/determination/households.ts';
import type { Households } from '../../../functions/determination/ports.ts';
import { determinationsHandler } from '../../../functions/determination/work.ts';
import { importHandler } from '../../../functions/register/import.ts';
import { runActions } from '../../../functions/run/actions.ts';
import { auditViews } from '../../../functions/run/audit-views.ts';
import { beneficiaryViews } from '../../../functions/run/beneficiary-views.ts';
import { closeHandler } from '../../../functions/run/close.ts';
import { computeHandler } from '../../../functions/run/compute.ts';
import { dispatchHandler } from '../../../functions/run/dispatch.ts';
import { followUps } from '../../../functions/run/follow-ups.ts';
import { filesHandler } from '../../../functions/run/instruction-files.ts';
import { outsidePayments } from '../../../functions/run/outside-payments.ts';
import { policyAndBudget } from '../../../functions/run/policy-and-budget.ts';
import { sweep } from '../../../functions/run/sweep.ts';
import { tick } from '../../../functions/run/tick.ts';
import { runViews } from '../../../functions/run/views.ts';
import type { Clock } from '../../../functions/wiring.ts';
import { type Delivery, startEngines } from '../../engines.ts';
import type { Faults } from '../../faults.ts';
import { policyFile } from '../../policy-files.ts';
import { FIXED_KEYS, request, row, sheet } from '../register/sheet-fixture.ts';
import { keepingFailures, observedPorts } from './observed-ports.ts';
import { wholeLists } from './whole-lists.ts';

export { type Answer, bankAnswer, failing } from './bank-answer.ts';

/** A small bureau on real engines: its register, its people, its desk, its bank. */
export type Office = Awaited<ReturnType<typeof openOffice>>;

export const DISTRICT = '110199';
export const REGULAR = {
  jurisdiction: DISTRICT,
  programme: 'high-age',
  period: '2026-12',
  round: 'R',
} as const;
export const SUPPLEMENTARY = { ...REGULAR, round: 'S1' } as const;
export const SCOPE = { jurisdiction: DISTRICT, programme: 'high-age' } as const;
export const BUDGET = { ...SCOPE, fiscalYear: '2026' } as const;

const HEADINGS_OF = {
  deaths: '身份证号,姓名,死亡日期,来源,数据来源',
  opening: '身份证号,姓名,所属月份,已发金额,退回未重发金额,待追缴金额,更正原因',
} as const;

/** A clock that moves a millisecond at every reading, from the morning of a day; tests move it on to another day. */
export function movingClock(date = '2026-11-22'): Clock & { moveTo: (date: string) => void } {
  let today = date;
  let at = Date.parse(`${date}T02:00:00.000Z`);
  return {
    now: () => {
      at += 1;
      return new Date(at).toISOString();
    },
    today: () => today,
    moveTo: (next) => {
      today = next;
      at = Date.parse(`${next}T02:00:00.000Z`);
    },
  };
}

export type OfficeOptions = {
  readonly dynamo?: 'dynalite' | 'dynamodb-local';
  /** People of 86 in the register, who applied in September 2026; 12 unless said otherwise. */
  readonly people?: number;
  readonly demoMode?: boolean;
  /** The same keys in every bureau, so that ids and entries can be compared across bureaus. */
  readonly fixedKeys?: boolean;
  /** Set when every write passes through the bureau's own ports; a small bureau is then ten times as fast. */
  readonly quickReads?: boolean;
  /** Households other than those of the register, asked for when they are needed. */
  readonly households?: () => Households | undefined;
  /** Policy packs to import, by jurisdiction code of the policy book, or as data. */
  readonly packs?: readonly unknown[];
};

export const pack = (jurisdiction: string): unknown => policyFile(jurisdiction, 'high-age');

export async function openOffice(options: OfficeOptions = {}) {
  const engines = await startEngines(options.dynamo ? { dynamo: options.dynamo } : {});
  const env = {
    ...engines.env,
    ...(options.fixedKeys && FIXED_KEYS),
    DEMO_MODE: String(options.demoMode ?? true),
  };
  const clock = movingClock();
  const faults: Faults = {};
  const { ports, operations, stop } = observedPorts(env, clock, faults, options.quickReads ?? false);
  const { register } = ports;
  const actions = runActions(ports);
  const [follow, runs] = [followUps(ports), runViews(ports)];
  const [outside, office] = [outsidePayments(ports), policyAndBudget(ports)];
  const accountChanges = new AccountChanges(register);
  const imports = {
    ...ports.grants,
    ...ports,
    imports: new ImportStore(operations),
    accountChanges,
    accountFiles: new AccountFileStore(operations),
    venture: { projects: new VentureStore(operations), calls: new VentureCallStore(operations) },
  };
  const households: Households = {
    of: (found) => (options.households?.() ?? householdsOf(register)).of(found),
  };
  const failures = keepingFailures();
  const handlers = failures.around({
    imports: importHandler(() => imports),
    compute: computeHandler(() => ports),
    dispatch: dispatchHandler(() => ports),
    files: filesHandler(() => ports),
    results: resultsHandler(() => ports),
    reconcile: reconcileHandler(() => ports),
    closing: closeHandler(() => ports),
    exports: exportsHandler(() => ports),
    determinations: determinationsHandler(() => ({ ...ports, households })),
  });
  const bureau = {
    engines,
    ports,
    clock,
    handlers,
    register,
    actions,
    views: runs,
    follow,
    outside,
    office,
    lists: wholeLists(follow, runs, SCOPE),
    audit: auditViews(ports),
    beneficiary: beneficiaryViews(ports),
    deliver: (delivery?: Delivery) => engines.deliver(handlers, delivery),
    /** Hands over again what failed; `faults.around` makes calls fail. */
    failures,
    faults,
    accountChanges,
    imports: imports.imports,
    /** For what importing and applying files needs. */
    fileServices: imports,
    sweep: () => sweep({ ...ports, imports }),
    tick: () => tick(ports),
    stop: async () => {
      stop();
      await engines.stop();
    },
    importRows: async (
      name: string,
      rows: readonly string[],
      kind: 'register' | 'deaths' | 'opening' = 'register',
    ) => {
      const message = request(name, { kind, requestedAt: clock.now() });
      await engines.files.put(
        message.objectKey,
        kind === 'register' ? sheet(rows) : sheet(rows, HEADINGS_OF[kind]),
      );
      engines.send('imports', JSON.stringify(message));
      return bureau.deliver();
    },
  };
  for (const found of options.packs ?? [pack('110000'), pack('110199')])
    value(await office.importPolicyPack(found, 'staff-admin'));
  value(await office.setBudget({ ...BUDGET, lines: LINES, by: 'staff-finance' }));
  const people = options.people ?? 12;
  if (people > 0)
    await bureau.importRows(
      'register-1',
      Array.from({ length: people }, (_, index) => row(index + 1)),
    );
  return bureau;
}

export const LINES = [
  { line: 'district-lottery', level: 'district', fund: 'lottery', appropriated: fen(100_000) },
  { line: 'district-general', level: 'district', fund: 'general', appropriated: fen(100_000_000) },
] as const;

/** The value of a result that a test counts on; anything else fails the test with the refusal's code. */
export function value<T>(result: Result<T>): T {
  if (!result.ok)
    throw new Error(
      `refused: ${result.error.code} ${JSON.stringify(result.error.detail ?? {})} ${result.error.en}`,
    );
  return result.value;
}

/** A pack that came with an approved proposal: the book has it, however it was decided. */
export async function addPack(bureau: Pick<Office, 'ports'>, json: unknown): Promise<void> {
  const { pack: parsed } = value(parsePolicyPack(json));
  value(await bureau.ports.policies.add(parsed, { by: 'staff-approver', at: bureau.ports.clock.now() }));
}

/** The code of a refusal that a test expects. */
export function code(result: Result<unknown>): string {
  return result.ok ? 'accepted' : result.error.code;
}

/** Starts a run and computes it. */
export async function computed(
  bureau: Office,
  identity: Parameters<Office['actions']['startRun']>[0] = REGULAR,
  delivery?: Delivery,
): Promise<Run> {
  const run = value(await bureau.actions.startRun(identity, 'staff-preparer'));
  await bureau.deliver(delivery);
  return value(await bureau.views.getRun(run.runId));
}

/** What a person who looks at the run would name: revision and hash. */
export function seen(bureau: Office, run: Run) {
  return { runId: run.runId, revision: run.revision, hash: bureau.views.runHashOf(run) };
}

export const REVIEWER = { id: 'staff-reviewer', roles: ['reviewer'] };
export const APPROVER = { id: 'staff-approver', roles: ['approver'] };

/** Submits, with a reason for whatever stands out about the run as a whole, and signs both steps. */
export async function approved(bureau: Office, run: Run): Promise<Run> {
  const found = await bureau.views.runFindings(run);
  const acknowledged = found.map(({ control }) => ({ control, reason: '已核对' }));
  value(await bureau.actions.submit({ ...seen(bureau, run), by: 'staff-preparer', acknowledged }));
  value(await bureau.actions.sign({ ...seen(bureau, run), signer: REVIEWER }));
  return value(await bureau.actions.sign({ ...seen(bureau, run), signer: APPROVER }));
}

/** A voucher funds one run: those of several programmes in one month are told apart. */
const voucherOf = ({ manifest: { period, programme, round } }: Run): string =>
  programme === REGULAR.programme ? `${period}-${round}` : `${period}-${round}-${programme}`;

/** Funds what the run needs, and dispatches it to the bank. */
export async function dispatched(bureau: Office, run: Run, delivery?: Delivery): Promise<Run> {
  const { runId } = run;
  const needed = fundsNeeded(run);
  if (needed > 0) {
    value(await bureau.actions.requestFunding({ runId, by: 'staff-cashier' }));
    value(
      await bureau.actions.fund({
        runId,
        voucher: `BK-${voucherOf(run)}-1`,
        date: '2026-11-24',
        fen: needed,
        by: 'staff-finance',
      }),
    );
  }
  value(await bureau.actions.dispatch({ runId, by: 'staff-cashier' }));
  await bureau.deliver(delivery);
  return value(await bureau.views.getRun(runId));
}

let uploads = 0;
/** Uploads a bank result and reconciles it. */
export async function reconciled(
  bureau: Office,
  run: Run,
  bytes: Uint8Array,
  delivery?: Delivery,
  fileName = 'x.ret',
): Promise<string> {
  uploads += 1;
  const objectKey = `uploads/${DISTRICT}/result-${uploads}`;
  await bureau.engines.files.put(objectKey, bytes);
  const { resultId } = value(
    await bureau.follow.submitBankResult({
      runId: run.runId,
      objectKey,
      fileName,
      by: 'staff-cashier',
    }),
  );
  await bureau.deliver(delivery);
  return resultId;
}

export async function closed(bureau: Office, run: Run, delivery?: Delivery): Promise<Run> {
  value(await bureau.actions.close({ runId: run.runId, by: 'staff-reviewer' }));
  await bureau.deliver(delivery);
  return value(await bureau.views.getRun(run.runId));
}
