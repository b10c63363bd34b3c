import { paymentId } from '../../../domain/ids.ts';
import { fen } from '../../../domain/money.ts';
import { invariant, type Result } from '../../../domain/result.ts';
import type { Act, ActBody, PaymentEffect } from '../../../domain/run/act.ts';
import type { Draft, Finding, Severity } from '../../../domain/run/draft.ts';
import { applyAct, foldRun } from '../../../domain/run/fold-run.ts';
import { type ApprovalStep, planShards, type RunManifest, runIdOf } from '../../../domain/run/manifest.ts';
import { type Run, runHash } from '../../../domain/run/run.ts';
import { addUp, summarise } from '../../../domain/run/summary.ts';
import { sha256Hex } from '../../../functions/adapters/hashing.ts';

export const sha256 = (text: string): string => sha256Hex(text);

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.en}`);
  return result.value;
}
export const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code);

const office = { zh: '业务科', en: 'Section' };
/** Section and finance review, then the deputy director approves. */
export const CHAIN: readonly ApprovalStep[] = [
  { code: 'section', role: 'reviewer', office },
  { code: 'finance', role: 'reviewer', office },
  { code: 'bureau', role: 'approver', office: { zh: '分管局长', en: 'Deputy director' } },
];

export function manifestOf(changes: Partial<RunManifest> = {}): RunManifest {
  const identity = {
    jurisdiction: '110199',
    programme: 'high-age',
    period: '2026-12',
    round: 'R',
    ...(changes.period !== undefined && { period: changes.period }),
    ...(changes.round !== undefined && { round: changes.round }),
  };
  return {
    ...identity,
    runId: runIdOf(identity, 1),
    months: ['2026-12'],
    policyHash: 'a'.repeat(64),
    knownOn: '2026-11-25',
    cutOff: '2026-11-25T16:00:00.000Z',
    earlierPeriods: [],
    historyFrom: '2026-10',
    approvalChain: CHAIN,
    shards: planShards(2),
    codeVersion: 'v1',
    payerAccount: '11019900000000000001',
    layout: 'pipe-gb18030',
    payDate: '2026-11-30',
    fiscalYear: '2026',
    demoMode: true,
    ...changes,
  };
}

export const findingOf = (control: string, severity: Severity): Finding => ({
  control,
  severity,
  zh: '须核实',
  en: 'verify',
});

/** The n-th draft: 100 yuan, payable, in the first street, unless said otherwise. */
export function draftOf(index: number, changes: Partial<Draft> = {}): Draft {
  const enrolment = `GL-${String(index).padStart(12, '0')}-1`;
  const amount = changes.fen ?? fen(10000);
  return {
    payment: paymentId('2026-12', 'R', enrolment),
    enrolment,
    street: '110199001',
    kind: 'regular',
    attempt: 1,
    fen: amount,
    lines:
      amount === 0 ? [] : [{ month: '2026-12', component: 'allowance', fen: amount, kind: 'entitlement' }],
    account: { payee: String(index).padStart(12, '0'), index: 0, hash: 'h' },
    findings: [],
    recoveries: [],
    movement: 'same',
    previousFen: amount,
    sample: false,
    derivations: {},
    ...changes,
  };
}

export const effectOf = (draft: Draft): PaymentEffect => ({
  payment: draft.payment,
  street: draft.street,
  fen: draft.fen,
  reissue: draft.kind === 'reissue',
});

/** Drafts dealt out to the shards of a manifest, summarised, as the act that ends computing. */
export function computedBody(
  run: Run,
  drafts: readonly Draft[],
  accountChangers: readonly string[] = [],
): ActBody {
  const { shards } = run.manifest;
  const summaries = shards.map(({ shard }, index) =>
    summarise(
      sha256,
      shard,
      run.revision,
      drafts.filter((_, at) => at % shards.length === index),
      { refused: {}, accountChangers: index === 0 ? accountChangers : [] },
    ),
  );
  return {
    kind: 'computed',
    revision: run.revision,
    shards: summaries.map(({ shard, hash }) => ({ shard, hash })),
    totals: addUp(summaries),
  };
}

/** A run's acts as a store would keep them: one act per number, the first writer wins. */
export class ActLog {
  readonly acts: Act[] = [];

  constructor(manifest: RunManifest = manifestOf(), by = 'preparer') {
    this.write({ kind: 'started', manifest }, by);
  }

  get run(): Run {
    const run = foldRun(this.acts);
    invariant(run, 'the log holds the start');
    return run;
  }

  /** Next number, whoever writes. */
  write(body: ActBody, by: string): Run {
    const before = foldRun(this.acts);
    const act = this.actOf(body, by, (before?.sequence ?? 0) + 1);
    this.acts.push(act);
    return applyAct(before, act);
  }

  /** A conditional put at the number that the writer saw as the next one. */
  put(seen: Run, body: ActBody, by: string): 'appended' | 'taken' {
    if (this.acts.some((act) => act.sequence === seen.sequence + 1)) return 'taken';
    this.acts.push(this.actOf(body, by, seen.sequence + 1));
    return 'appended';
  }

  private actOf(body: ActBody, by: string, sequence: number): Act {
    const runId = body.kind === 'started' ? body.manifest.runId : (this.acts[0]?.runId ?? '');
    return { ...body, runId, sequence, at: '2026-11-26T01:00:00.000Z', by };
  }
}

/** What somebody who has just opened the review sees. */
export const seenNow = (run: Run) => ({ revision: run.revision, hash: runHash(sha256, run) });

export const REVIEWER = ['reviewer'];
export const APPROVER = ['approver'];
