import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { fen } from '../../domain/money.ts';
import { applicableChain } from '../../domain/run/approval-chain.ts';
import { fundsNeeded } from '../../domain/run/run.ts';
import { FileManifestStore } from '../../functions/adapters/file-manifest-store.ts';
import { RecoveryStore } from '../../functions/adapters/recovery-store.ts';
import { SigningAuthorityStore } from '../../functions/adapters/signing-authority-store.ts';
import { reconcileHandler } from '../../functions/bank/reconcile.ts';
import { resultsHandler } from '../../functions/bank/results.ts';
import { importHandler } from '../../functions/register/import.ts';
import { importServices } from '../../functions/register/import-services.ts';
import { runActions } from '../../functions/run/actions.ts';
import { closeHandler } from '../../functions/run/close.ts';
import { computeHandler } from '../../functions/run/compute.ts';
import { dispatchHandler } from '../../functions/run/dispatch.ts';
import { followUps } from '../../functions/run/follow-ups.ts';
import { filesHandler } from '../../functions/run/instruction-files.ts';
import { policyAndBudget } from '../../functions/run/policy-and-budget.ts';
import { policiesFrom, runPortsFrom } from '../../functions/run/ports.ts';
import { runViews } from '../../functions/run/views.ts';
import { type Clock, registerFrom } from '../../functions/wiring.ts';
import type { Handlers } from '../delivery.ts';
import type { Running } from '../dynamo-engines.ts';
import { type Engines, startEngines } from '../engines.ts';
import { request, row, sheet } from '../functions/register/sheet-fixture.ts';
import { value } from './value.ts';

const DISTRICT = '110199';
const PROGRAMME = 'high-age';
/** Every run of the bench is on the same day. */
const DAY = '2026-11-22';

/** A bureau with its wiring as in production, its tables on disk in an engine with a thread of its own, as in the local host. */
export type Bureau = Awaited<ReturnType<typeof open>>;

export async function onDisk<T>(work: (bureau: Bureau) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'fafang-bench-'));
  try {
    const engines = await startEngines({ dynamo: await startEngineThread(folder) });
    try {
      return await work(await open(engines));
    } finally {
      await engines.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function open(engines: Engines) {
  const { env } = engines;
  const clock = movingClock();
  const ports = {
    ...runPortsFrom(env, clock),
    policies: policiesFrom(env),
    authorities: new SigningAuthorityStore(engines.tables.operations),
    register: registerFrom(env),
    files: engines.files,
    manifests: new FileManifestStore(engines.tables.operations),
    recoveries: new RecoveryStore(engines.tables.operations),
  };
  const handlers = {
    imports: importHandler(() => ({ ...importServices(env), clock })),
    compute: computeHandler(() => ports),
    dispatch: dispatchHandler(() => ports),
    files: filesHandler(() => ports),
    results: resultsHandler(() => ports),
    reconcile: reconcileHandler(() => ports),
    closing: closeHandler(() => ports),
  };
  const office = policyAndBudget(ports);
  for (const place of ['110000', DISTRICT]) {
    const file = new URL(`../../domain/policy-book/${place}/${PROGRAMME}.json`, import.meta.url);
    value(await office.importPolicyPack(JSON.parse(readFileSync(file, 'utf8')), 'staff-admin'));
  }
  const budget = { jurisdiction: DISTRICT, programme: PROGRAMME, fiscalYear: DAY.slice(0, 4) };
  const line = {
    line: 'district',
    level: 'district',
    fund: 'general',
    appropriated: fen(10_000_000_000),
  } as const;
  value(await office.setBudget({ ...budget, lines: [line], by: 'staff-finance' }));
  return {
    engines,
    ports,
    handlers,
    clock,
    actions: runActions(ports),
    views: runViews(ports),
    follow: followUps(ports),
    /** Delivers all messages; some handlers may be replaced. */
    deliver: async (instead: Handlers = {}) => {
      const { failed } = await engines.deliver({ ...handlers, ...instead });
      if (failed > 0) throw new Error(`${failed} messages failed`);
    },
  };
}

/** The same day every time, a millisecond later at every reading. */
function movingClock(): Clock {
  let at = Date.parse(`${DAY}T02:00:00.000Z`);
  return {
    now: () => {
      at += 1;
      return new Date(at).toISOString();
    },
    today: () => DAY,
  };
}

async function startEngineThread(path: string): Promise<Running> {
  const thread = new Worker(new URL('../../infra/local/dynalite-thread.ts', import.meta.url), {
    workerData: { path },
  });
  const port = await new Promise<number>((started, failed) => {
    thread.once('error', failed);
    thread.once('message', (message: { port: number }) => started(message.port));
  });
  return {
    endpoint: `http://127.0.0.1:${port}`,
    stop: async () => {
      const ended = new Promise<void>((done) => {
        thread.once('exit', () => done());
      });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
      thread.postMessage('stop');
      await ended;
    },
  };
}

/** Imports so many people, all of them due the allowance. */
export async function enrol(bureau: Bureau, people: number): Promise<void> {
  const message = request('register-bench', { requestedAt: bureau.clock.now() });
  const rows = Array.from({ length: people }, (_, index) => row(index + 1));
  await bureau.engines.files.put(message.objectKey, sheet(rows));
  bureau.engines.send('imports', JSON.stringify(message));
  await bureau.deliver();
}

/** @returns the id of a run that is computed and waits for review */
export async function compute({ actions, deliver }: Bureau): Promise<string> {
  const identity = { jurisdiction: DISTRICT, programme: PROGRAMME, period: '2026-12', round: 'R' };
  const { runId } = value(await actions.startRun(identity, 'staff-preparer'));
  await deliver();
  return runId;
}

export async function sign({ actions, views }: Bureau, runId: string): Promise<void> {
  const run = value(await views.getRun(runId));
  const seen = { runId, revision: run.revision, hash: views.runHashOf(run) };
  value(await actions.submit({ ...seen, by: 'staff-preparer' }));
  for (const { role, code } of applicableChain(run))
    value(await actions.sign({ ...seen, signer: { id: `staff-${code}`, roles: [role] } }));
}

/** Funds and dispatches; the messages are still to be delivered. */
export async function dispatch({ actions, views }: Bureau, runId: string): Promise<void> {
  value(await actions.requestFunding({ runId, by: 'staff-cashier' }));
  const needed = fundsNeeded(value(await views.getRun(runId)));
  const funding = { runId, voucher: 'BK-1', date: '2026-11-24', fen: needed, by: 'staff-finance' };
  value(await actions.fund(funding));
  value(await actions.dispatch({ runId, by: 'staff-cashier' }));
}
