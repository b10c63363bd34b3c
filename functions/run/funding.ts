import { makeFunding, recordingOf, reverseFunding as reversalOf } from '../../domain/ledger/funding.ts';
import { invariant, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import { fundRun, reverseFunding } from '../../domain/run/money-commands.ts';
import type { Funding, Run } from '../../domain/run/run.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { RunPorts } from './ports.ts';
import type { RunActions } from './run-actions.ts';

/**
 * 登记拨款. The act first, because it decides; then the journal entry under the voucher's key. The sweeper and dispatch make up for a
 * crash. A voucher is one sum for one period and round; the money of a voided run is still there, and the run started instead may
 * name it.
 */
export async function fund(
  ports: RunPorts,
  request: Parameters<RunActions['fund']>[0],
): Promise<Result<Run>> {
  const { voucher, date, fen } = request;
  const funded = await act(ports, request, async (run) => {
    const decision = fundRun(run, request);
    if (!decision.ok) return decision;
    // A reversal that died before the voucher was free again.
    await releaseVouchers(ports, run, voucher);
    const { jurisdiction, programme, period, round } = run.manifest;
    const use = { programme, period, round, date, fen };
    const recording = await ports.runs.claimVoucher(jurisdiction, voucher, use);
    if (recording === undefined) return refuse(voucherUsed(voucher));
    return recording === 1 ? decision : fundRun(run, { voucher, date, fen, again: recording });
  });
  if (funded.ok) await recordFundings(ports, funded.value);
  return funded;
}

/** 冲销拨款登记: the act, then the journal entry, then the voucher is free again. */
export async function takeFundingBack(
  ports: RunPorts,
  request: Parameters<RunActions['reverseFunding']>[0],
): Promise<Result<Run>> {
  const { voucher, reason } = request;
  const date = ports.clock.today();
  const reversed = await act(ports, request, (run) => reverseFunding(run, { voucher, date, reason }));
  if (reversed.ok) await recordFundings(ports, reversed.value);
  return reversed;
}

function act(
  ports: RunPorts,
  { runId, by, request }: Parameters<RunActions['requestFunding']>[0],
  decide: Parameters<RunPorts['runs']['act']>[1],
): Promise<Result<Run>> {
  const stamp = { at: ports.clock.now(), by, ...(request !== undefined && { request }) };
  return ports.runs.act(runId, decide, stamp);
}

const voucherUsed = (voucher: string): Refusal =>
  refusal(
    'conflict/voucher-used',
    '该凭证号已用于另一批次、金额或日期：请核对凭证；登记有误的，先冲销原登记',
    'this voucher is recorded for another run, amount or date: check the voucher; reverse a recording that was wrong first',
    { voucher },
  );

/** Brings the journal and the vouchers to what the acts say. May be repeated. */
export async function recordFundings(ports: RunPorts, run: Run): Promise<void> {
  for (const funding of run.fundings) await recordFunding(ports, run, funding);
  await releaseVouchers(ports, run);
}

async function recordFunding(ports: RunPorts, run: Run, funding: Funding): Promise<void> {
  const { jurisdiction, programme, period, round, fiscalYear } = run.manifest;
  const { voucher, again, date, fen, by, reversed } = funding;
  const facts = { jurisdiction, programme, run: run.runId, voucher, date, fen };
  const entry = makeFunding(sha256Hex, { ...facts, ...(again !== undefined && { again }) }, fiscalYear, {
    at: ports.clock.now(),
    by,
  });
  const outcome = await ports.ledger.appendFunding(entry, period, round);
  if (outcome !== 'divergent' && !reversed) return;
  // Recorded for a run that was voided, it is the same money.
  const recorded = (await ports.ledger.fundings(run.manifest, period, round)).find(
    (other) => other.kind === 'funding' && recordingOf(other) === recordingOf(funding),
  );
  invariant(
    recorded?.fen === fen && recorded.date === date,
    `divergence: voucher ${recordingOf(funding)} of ${run.runId} is recorded with other content`,
  );
  if (!reversed) return;
  const reversal = reversalOf(sha256Hex, recorded, reversed.date, {
    at: ports.clock.now(),
    by: reversed.by,
  });
  const taken = await ports.ledger.appendFunding(reversal, period, round);
  invariant(taken !== 'divergent', `divergence: the reversal of ${recordingOf(funding)} of ${run.runId}`);
}

async function releaseVouchers(ports: RunPorts, { manifest, fundings }: Run, only?: string): Promise<void> {
  for (const { voucher, again = 1, reversed } of fundings) {
    if (reversed && (only === undefined || only === voucher))
      await ports.runs.releaseVoucher(manifest.jurisdiction, voucher, again);
  }
}
