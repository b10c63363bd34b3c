import { describe, expect, it } from 'vitest';
import { fen } from '../../../domain/money.ts';
import {
  concludeVerification,
  FINDINGS_MAX,
  fundRun,
  requestFunding,
  returnFundingRequest,
  type ShardCheck,
  startDispatch,
} from '../../../domain/run/money-commands.ts';
import { fundsNeeded } from '../../../domain/run/run.ts';
import { codeOf, draftOf, must, seenNow, sha256 } from './samples.ts';
import { at, DRAFTS, funded, lateOf, NEEDED } from './stages.ts';

const funding = (amount: number, voucher = 'V-1') => ({ voucher, date: '2026-11-28', fen: fen(amount) });

describe('funding', () => {
  it('what is needed is what is payable, less what is sent again', () => {
    expect(fundsNeeded(at('review').run)).toBe(NEEDED);
    const again = draftOf(9, { kind: 'reissue', attempt: 2, fen: fen(30) });
    expect(fundsNeeded(at('review', [...DRAFTS, again]).run)).toBe(NEEDED);
    expect(fundsNeeded(at('computing').run)).toBe(0);
  });

  it('a request may come back with a reason and be made again', () => {
    const log = at('approved');
    log.write(must(requestFunding(log.run)), 'preparer');
    log.write(must(returnFundingRequest(log.run, '指标不足')), 'treasury');
    expect(log.run).toMatchObject({ state: 'approved', lastReason: '指标不足' });
    expect(log.run.signatures.length).toBe(3);
    expect(codeOf(requestFunding(log.run))).toBe('ok');
  });

  it('is not asked for where only what came back is sent again: nobody funds nothing', () => {
    const again = draftOf(9, { kind: 'reissue', attempt: 2, fen: fen(30) });
    expect(codeOf(requestFunding(at('approved', [again]).run))).toBe('conflict/nothing-to-fund');
  });

  it('vouchers add up, each once', () => {
    const log = at('funding-requested');
    log.write(must(fundRun(log.run, funding(30000))), 'treasury');
    expect(codeOf(fundRun(log.run, funding(10000)))).toBe('conflict/voucher-used');
    log.write(must(fundRun(log.run, funding(10000, 'V-2'))), 'treasury');
    expect(log.run.fundedFen).toBe(40000);
    expect(log.run.fundings).toEqual([
      { ...funding(30000), by: 'treasury' },
      { ...funding(10000, 'V-2'), by: 'treasury' },
    ]);
  });

  it('is more than nothing', () => {
    const { run } = at('funding-requested');
    for (const amount of [0, -1]) expect(codeOf(fundRun(run, funding(amount)))).toBe('invalid/amount');
    expect(codeOf(fundRun(run, funding(1)))).toBe('ok');
  });
});

describe('dispatching', () => {
  it.each([
    [39999, 'limit/funds'],
    [40000, 'ok'],
    [40001, 'ok'],
  ])('with funds of %d fen for 40000: %s', (amount, code) => {
    const log = at('funding-requested');
    log.write(funded(fen(amount)), 'treasury');
    expect(codeOf(startDispatch(log.run, sha256))).toBe(code);
  });

  it('names the hash that goes out, which is the one signed', () => {
    const { run } = at('funded');
    expect(must(startDispatch(run, sha256))).toEqual({
      kind: 'dispatch-started',
      hash: run.submission?.hash,
    });
    expect(run.submission?.hash).toBe(seenNow(run).hash);
  });

  it('refuses what is not what was signed', () => {
    const { run } = at('funded');
    const { submission: _none, ...unsigned } = run;
    const others = [
      { ...run, shards: run.shards.with(0, { shard: '00-7f', hash: 'x' }) },
      { ...run, manifest: { ...run.manifest, payDate: '2026-12-31' } },
      { ...run, revision: run.revision + 1 },
      unsigned,
    ];
    for (const other of others) expect(codeOf(startDispatch(other, sha256))).toBe('conflict/hash-mismatch');
  });

  it('a run that only sends money again needs no funds, and goes from approved or funded', () => {
    const drafts = [draftOf(9, { kind: 'reissue', attempt: 2, fen: fen(30) })];
    expect(codeOf(startDispatch(at('approved', drafts).run, sha256))).toBe('ok');
    expect(codeOf(startDispatch(at('funded', drafts).run, sha256))).toBe('ok');
    expect(codeOf(startDispatch(at('funding-requested', drafts).run, sha256))).toBe('conflict/run-state');
    expect(codeOf(startDispatch(at('signing', drafts).run, sha256))).toBe('conflict/run-state');
    expect(codeOf(startDispatch(at('approved').run, sha256))).toBe('conflict/run-state');
  });
});

describe('the check before release', () => {
  const check = (shard: string, changes: Partial<ShardCheck> = {}): ShardCheck => ({
    shard,
    count: 2,
    fen: fen(20000),
    reissuedFen: fen(0),
    findings: [],
    tampered: false,
    ...changes,
  });
  const { run } = at('verifying');

  it('nothing found: the shards are what will be released', () => {
    const clean = { count: 2, fen: 20000, reissuedFen: 0 };
    expect(must(concludeVerification(run, [check('00-7f'), check('80-ff')]))).toEqual({
      kind: 'verified',
      shards: [
        { shard: '00-7f', ...clean },
        { shard: '80-ff', ...clean },
      ],
    });
  });

  it.each([
    ['a payment more', { count: 3 }],
    ['a payment less', { count: 1 }],
    ['another amount', { fen: fen(20001) }],
    ['more that is sent again', { reissuedFen: fen(100) }],
  ])('%s than was signed: nothing is released', (_, changes) => {
    const body = must(concludeVerification(run, [check('00-7f'), check('80-ff', changes)]));
    expect(body).toMatchObject({ kind: 'recompute-needed' });
    expect(JSON.stringify(body)).toContain('are not the totals that were signed');
  });

  it('anything found in any shard sends the run back with those payments held', () => {
    const log = at('verifying');
    const checks = [
      check('00-7f', { findings: [lateOf(DRAFTS[0]!)] }),
      check('80-ff', { findings: [lateOf(DRAFTS[2]!)] }),
    ];
    const before = log.run;
    log.write(must(concludeVerification(log.run, checks)), 'system');
    expect(log.run).toMatchObject({ state: 'review', revision: before.revision + 1, signatures: [] });
    expect(log.run.totals?.payable).toEqual({ count: 2, fen: 20000 });
    expect(log.run.totals?.held).toEqual({ count: 3, fen: 30000 });
    expect([...log.run.holds.keys()]).toEqual([DRAFTS[0]!.payment, DRAFTS[2]!.payment]);
    expect(log.run.fundedFen).toBe(NEEDED);
    expect(seenNow(log.run).hash).not.toBe(before.submission?.hash);
    expect(log.run.submission).toBeUndefined();
  });

  it('drafts that are not those signed stop the run, whatever else was found', () => {
    const checks = [check('00-7f', { findings: [lateOf(DRAFTS[0]!)] }), check('80-ff', { tampered: true })];
    const body = must(concludeVerification(run, checks));
    expect(body).toMatchObject({ kind: 'recompute-needed' });
    expect(JSON.stringify(body)).toContain('80-ff');
    expect(JSON.stringify(body)).not.toContain('00-7f');
    expect(body.kind === 'recompute-needed' && body.reason).toMatch(
      /^分片 80-ff .+ \/ drafts of shards 80-ff /,
    );
  });

  it('more findings than are held one by one: computed anew, with the reason in both languages', () => {
    const drafts = Array.from({ length: FINDINGS_MAX + 1 }, (_, index) => draftOf(index));
    const many = (count: number) => [check('00-7f', { findings: drafts.slice(0, count).map(lateOf) })];
    expect(must(concludeVerification(run, many(FINDINGS_MAX))).kind).toBe('verification-failed');
    const body = must(concludeVerification(run, many(FINDINGS_MAX + 1)));
    expect(body.kind === 'recompute-needed' && body.reason).toMatch(/^核算之后.*300.* \/ more than 300 /);
  });
});
