import { describe, expect, it } from 'vitest';
import { fen } from '../../../domain/money.ts';
import {
  isLastSignature,
  recomputeRun,
  sendBackRun,
  signRun,
  submitRun,
} from '../../../domain/run/approval-commands.ts';
import { runHash } from '../../../domain/run/run.ts';
import {
  ActLog,
  APPROVER,
  CHAIN,
  codeOf,
  computedBody,
  draftOf,
  must,
  REVIEWER,
  seenNow,
  sha256,
} from './samples.ts';
import { at, DRAFTS, funded, NEEDED, SIGNERS } from './stages.ts';

const sign = (log: ActLog, id: string, roles = REVIEWER, seen = seenNow(log.run)) =>
  signRun(log.run, seen, { id, roles }, sha256);
const overridden = (log: ActLog) => {
  const { payment } = DRAFTS[4]!;
  log.write({ kind: 'override-proposed', payment, control: 'shared-account', reason: '' }, 'clerk-1');
  const effect = { payment, street: DRAFTS[4]!.street, fen: DRAFTS[4]!.fen, reissue: false };
  log.write(
    { kind: 'override-confirmed', payment, control: 'shared-account', reason: '', effect },
    'clerk-2',
  );
  return log;
};

describe('submitting', () => {
  it('names the revision and hash that was seen', () => {
    const { run } = at('review');
    expect(must(submitRun(run, seenNow(run), sha256))).toEqual({ kind: 'submitted', ...seenNow(run) });
  });

  it('refuses what is not what stands there now', () => {
    const { run } = at('review');
    const { revision, hash } = seenNow(run);
    expect(codeOf(submitRun(run, { revision: revision + 1, hash }, sha256))).toBe('conflict/stale-revision');
    expect(codeOf(submitRun(run, { revision: revision - 1, hash }, sha256))).toBe('conflict/stale-revision');
    expect(codeOf(submitRun(run, { revision, hash: `${hash}0` }, sha256))).toBe('conflict/stale-revision');
    // A hold changes what is signed and not the number: "you see 1, it is at 1" says nothing.
    expect(submitRun(run, { revision, hash: `${hash}0` }, sha256)).toMatchObject({
      error: { zh: expect.stringContaining('有变化') },
    });
  });

  it('refuses a run that pays nobody', () => {
    const { run } = at('review', [draftOf(0, { fen: fen(0) }), DRAFTS[4]!]);
    expect(codeOf(submitRun(run, seenNow(run), sha256))).toBe('conflict/nothing-to-pay');
  });
});

describe('signing', () => {
  it('goes through the chain in order and then the run is approved', () => {
    const log = at('signing');
    for (const [index, { code, role }] of CHAIN.entries()) {
      expect(log.run.state).toBe('signing');
      expect(isLastSignature(log.run)).toBe(index === CHAIN.length - 1);
      const act = must(sign(log, SIGNERS[index]!, [role]));
      expect(act).toEqual({ kind: 'signed', step: code, ...seenNow(log.run) });
      log.write(act, SIGNERS[index]!);
    }
    expect(log.run.state).toBe('approved');
    expect(log.run.signatures.map(({ step, by }) => [step, by])).toEqual([
      ['section', 'reviewer-1'],
      ['finance', 'reviewer-2'],
      ['bureau', 'approver-1'],
    ]);
  });

  it('belongs to the role of the next step', () => {
    const log = at('signing');
    expect(codeOf(sign(log, 'someone', APPROVER))).toBe('forbidden/not-your-step');
    expect(codeOf(sign(log, 'someone', []))).toBe('forbidden/not-your-step');
    expect(codeOf(sign(log, 'someone', ['approver', 'reviewer']))).toBe('ok');
    const last = at('approved').acts.slice(0, -1);
    const two = new ActLog();
    two.acts.splice(0, 1, ...last);
    expect(codeOf(sign(two, 'someone', REVIEWER))).toBe('forbidden/not-your-step');
    expect(codeOf(sign(two, 'someone', APPROVER))).toBe('ok');
  });

  it('nobody signs two steps, whatever roles they have', () => {
    const log = at('signing');
    log.write(must(sign(log, 'reviewer-1')), 'reviewer-1');
    expect(codeOf(sign(log, 'reviewer-1', ['reviewer', 'approver']))).toBe('forbidden/signed-before');
    expect(codeOf(sign(log, 'reviewer-2'))).toBe('ok');
  });

  it('not by whoever started or submitted', () => {
    const log = at('review');
    log.write(must(submitRun(log.run, seenNow(log.run), sha256)), 'submitter');
    expect(codeOf(sign(log, 'submitter'))).toBe('forbidden/own-submission');
    expect(codeOf(sign(log, 'preparer'))).toBe('forbidden/own-submission');
    expect(codeOf(sign(log, 'reviewer-1'))).toBe('ok');
  });

  it('not by whoever submitted a revision that was sent back, nor by whoever had the run computed again', () => {
    const log = at('review');
    log.write({ kind: 'submitted', ...seenNow(log.run) }, 'submitter');
    log.write({ kind: 'sent-back', reason: '请核对街道' }, 'reviewer-1');
    log.write(
      { kind: 'recompute-requested', reason: '名单已更正', manifest: log.run.manifest },
      'second-clerk',
    );
    log.write(computedBody(log.run, DRAFTS), 'system');
    log.write({ kind: 'submitted', ...seenNow(log.run) }, 'preparer');
    expect(codeOf(sign(log, 'submitter'))).toBe('forbidden/own-submission');
    expect(codeOf(sign(log, 'second-clerk'))).toBe('forbidden/own-submission');
    expect(codeOf(sign(log, 'reviewer-1'))).toBe('ok');
  });

  it('not by whoever proposed or confirmed an override; holding and lifting by hand forbids nothing', () => {
    const log = overridden(at('review'));
    log.write({ kind: 'submitted', ...seenNow(log.run) }, 'preparer');
    expect(codeOf(sign(log, 'clerk-1'))).toBe('forbidden/overrode-control');
    expect(codeOf(sign(log, 'clerk-2'))).toBe('forbidden/overrode-control');
    expect(codeOf(sign(log, 'reviewer-1'))).toBe('ok');
    const proposed = at('review');
    const { payment } = DRAFTS[4]!;
    proposed.write({ kind: 'override-proposed', payment, control: 'shared-account', reason: '' }, 'clerk-1');
    proposed.write({ kind: 'submitted', ...seenNow(proposed.run) }, 'preparer');
    expect(codeOf(sign(proposed, 'clerk-1'))).toBe('forbidden/overrode-control');
  });

  it('not by whoever changed an account paid in the run', () => {
    const log = at('signing', DRAFTS, { accountChangers: ['clerk', 'second'] });
    expect(codeOf(sign(log, 'clerk'))).toBe('forbidden/changed-account');
    expect(codeOf(sign(log, 'second'))).toBe('forbidden/changed-account');
    expect(codeOf(sign(log, 'reviewer-1'))).toBe('ok');
  });

  it('refuses a revision or hash that is not the one that stands', () => {
    const log = at('signing');
    const seen = seenNow(log.run);
    expect(codeOf(sign(log, 'reviewer-1', REVIEWER, { ...seen, revision: 2 }))).toBe(
      'conflict/stale-revision',
    );
    expect(codeOf(sign(log, 'reviewer-1', REVIEWER, { ...seen, hash: 'x' }))).toBe('conflict/stale-revision');
  });

  it('a run without a chain cannot be signed', () => {
    const log = at('signing', DRAFTS, { manifest: { approvalChain: [] } });
    expect(codeOf(sign(log, 'reviewer-1'))).toBe('conflict/chain-complete');
  });
});

describe('two people at once', () => {
  it('both saw the same step open: one signature counts, the other looks again', () => {
    const log = at('signing');
    const seen = log.run;
    const first = must(signRun(seen, seenNow(seen), { id: 'reviewer-1', roles: REVIEWER }, sha256));
    const second = must(signRun(seen, seenNow(seen), { id: 'reviewer-2', roles: REVIEWER }, sha256));
    expect([log.put(seen, first, 'reviewer-1'), log.put(seen, second, 'reviewer-2')]).toEqual([
      'appended',
      'taken',
    ]);
    expect(log.run.signatures.map(({ by }) => by)).toEqual(['reviewer-1']);
    expect(must(sign(log, 'reviewer-2'))).toMatchObject({ step: 'finance' });
  });

  it('one holds a payment while another signs: whoever comes second sees what the first did', () => {
    const log = at('signing');
    const seen = log.run;
    const signature = must(signRun(seen, seenNow(seen), { id: 'reviewer-1', roles: REVIEWER }, sha256));
    const { payment, street, fen: amount } = DRAFTS[0]!;
    const effect = { payment, street, fen: amount, reissue: false };
    expect(log.put(seen, { kind: 'payment-held', effect, reason: '核实' }, 'clerk')).toBe('appended');
    expect(log.put(seen, signature, 'reviewer-1')).toBe('taken');
    expect(codeOf(sign(log, 'reviewer-1'))).toBe('conflict/run-state');
  });
});

describe('sending back', () => {
  it('drops the submission and every signature, and changes nothing that would be paid', () => {
    const log = at('signing');
    log.write(must(sign(log, 'reviewer-1')), 'reviewer-1');
    const before = seenNow(log.run);
    log.write(must(sendBackRun(log.run, '金额存疑')), 'reviewer-2');
    expect(log.run).toMatchObject({ state: 'review', signatures: [], lastReason: '金额存疑' });
    expect(log.run.submission).toBeUndefined();
    expect(seenNow(log.run)).toEqual(before);
  });

  it('submitted again, the chain begins anew', () => {
    const log = at('signing');
    log.write(must(sign(log, 'reviewer-1')), 'reviewer-1');
    log.write(must(sendBackRun(log.run, '')), 'reviewer-2');
    log.write(must(submitRun(log.run, seenNow(log.run), sha256)), 'preparer');
    expect(must(sign(log, 'reviewer-1'))).toMatchObject({ step: 'section' });
  });
});

describe('recomputing', () => {
  it('starts from a new manifest with nothing carried over but the money already there', () => {
    const log = overridden(at('funded'));
    const { payment, street, fen: amount } = DRAFTS[0]!;
    log.write(
      { kind: 'payment-held', effect: { payment, street, fen: amount, reissue: false }, reason: '' },
      'clerk',
    );
    const before = log.run;
    const manifest = { ...before.manifest, cutOff: '2026-11-27T00:00:00.000Z' };
    log.write(must(recomputeRun(before, '登记死亡', manifest)), 'preparer');
    expect(log.run).toMatchObject({
      state: 'computing',
      manifest,
      revision: before.revision + 1,
      draftRevision: before.revision + 1,
      shards: [],
      signatures: [],
      fundedFen: NEEDED,
      lastReason: '登记死亡',
    });
    expect([log.run.holds.size, log.run.overrides.size]).toEqual([0, 0]);
    expect([log.run.totals, log.run.submission, log.run.verified]).toEqual([undefined, undefined, undefined]);
  });

  it('gives another hash even when it computes the same drafts', () => {
    const log = at('review');
    const before = seenNow(log.run);
    log.write(must(recomputeRun(log.run, '', log.run.manifest)), 'preparer');
    log.write(computedBody(log.run, DRAFTS), 'system');
    expect(log.run.state).toBe('review');
    expect(seenNow(log.run).hash).not.toBe(before.hash);
  });

  it('whoever overrode a control in the drafts before may sign the new ones', () => {
    const log = overridden(at('review'));
    log.write(must(recomputeRun(log.run, '', log.run.manifest)), 'preparer');
    log.write(computedBody(log.run, DRAFTS), 'system');
    log.write({ kind: 'submitted', ...seenNow(log.run) }, 'preparer');
    expect(codeOf(sign(log, 'clerk-1'))).toBe('ok');
  });
});

describe('the hash that is signed', () => {
  const run = at('review').run;
  const hash = runHash(sha256, run);
  const hold = {
    effect: { payment: DRAFTS[0]!.payment, street: '', fen: fen(1), reissue: false },
    by: 'a',
    reason: '',
  };
  const confirmed = new Map([['p|c', { proposedBy: 'a', reason: '', confirmedBy: 'b' }]]);

  it('covers manifest, revision, drafts, holds and confirmed overrides', () => {
    const changed = [
      { ...run, manifest: { ...run.manifest, knownOn: '2026-11-26' } },
      { ...run, revision: 2 },
      { ...run, shards: run.shards.with(0, { shard: '00-7f', hash: 'x' }) },
      { ...run, shards: run.shards.toReversed() },
      { ...run, holds: new Map([[DRAFTS[0]!.payment, hold]]) },
      { ...run, overrides: confirmed },
    ];
    const hashes = [run, ...changed].map((one) => runHash(sha256, one));
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('does not depend on who looks, what is only proposed, or the order of holds', () => {
    const proposed = new Map([['p|c', { proposedBy: 'a', reason: '' }]]);
    expect(runHash(sha256, { ...run, overrides: proposed })).toBe(hash);
    expect(runHash(sha256, { ...run, state: 'signing', sequence: 9, lastReason: 'x' })).toBe(hash);
    const two = DRAFTS.slice(0, 2).map(({ payment }) => [payment, hold] as const);
    const both = ['p|a', 'p|b'].map(
      (key) => [key, { proposedBy: 'a', reason: '', confirmedBy: 'b' }] as const,
    );
    expect(runHash(sha256, { ...run, overrides: new Map(both) })).toBe(
      runHash(sha256, { ...run, overrides: new Map(both.toReversed()) }),
    );
    expect(runHash(sha256, { ...run, holds: new Map(two) })).toBe(
      runHash(sha256, { ...run, holds: new Map(two.toReversed()) }),
    );
  });
});

describe('funds already there', () => {
  it('a run that needs none is approved, not funded: no voucher was recorded', () => {
    const log = at('approved', [draftOf(9, { kind: 'reissue', attempt: 2, fen: fen(30) })]);
    expect(log.run.state).toBe('approved');
  });

  it('a run that is signed again is funded when what it needs is covered, and only then', () => {
    const again = (amount: number) => {
      const log = at('funding-requested');
      log.write(funded(fen(amount)), 'treasury');
      const { payment, street, fen: held } = DRAFTS[0]!;
      log.write(
        { kind: 'payment-held', effect: { payment, street, fen: held, reissue: false }, reason: '' },
        'clerk',
      );
      log.write({ kind: 'submitted', ...seenNow(log.run) }, 'preparer');
      for (const [index, { code }] of CHAIN.entries())
        log.write({ kind: 'signed', step: code, ...seenNow(log.run) }, SIGNERS[index]!);
      return log.run.state;
    };
    expect([again(29999), again(30000), again(40000)]).toEqual(['approved', 'funded', 'funded']);
  });
});
