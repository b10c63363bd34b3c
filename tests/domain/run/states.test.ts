import { describe, expect, it } from 'vitest';
import { fen } from '../../../domain/money.ts';
import type { Result } from '../../../domain/result.ts';
import { InvariantError } from '../../../domain/result.ts';
import {
  recomputeRun,
  sendBackRun,
  signRun,
  submitRun,
  voidRun,
} from '../../../domain/run/approval-commands.ts';
import { applyAct, foldRun } from '../../../domain/run/fold-run.ts';
import {
  confirmOverride,
  holdPayment,
  liftHold,
  proposeOverride,
} from '../../../domain/run/hold-commands.ts';
import {
  concludeVerification,
  fundRun,
  requestFunding,
  returnFundingRequest,
  reverseFunding,
  startDispatch,
} from '../../../domain/run/money-commands.ts';
import { RUN_STATES, type Run, type RunState } from '../../../domain/run/run.ts';
import { STATE_NAMES } from '../../../domain/run/state-guard.ts';
import { codeOf, seenNow, sha256 } from './samples.ts';
import { at, DRAFTS, SIGNERS } from './stages.ts';

const [payable, , , , held] = DRAFTS as [(typeof DRAFTS)[0], unknown, unknown, unknown, (typeof DRAFTS)[0]];
const OPEN: RunState[] = ['review', 'signing', 'approved', 'funding-requested', 'funded'];
const signer = { id: SIGNERS[0]!, roles: ['reviewer'] };

/** Every command with the states that allow it. Further reasons to refuse are in the other tests. */
const COMMANDS: Record<string, [(run: Run) => Result<unknown>, RunState[]]> = {
  submit: [(run) => submitRun(run, seenNow(run), sha256), ['review']],
  sign: [(run) => signRun(run, seenNow(run), signer, sha256), ['signing']],
  'send back': [(run) => sendBackRun(run, '金额存疑'), ['signing']],
  void: [(run) => voidRun(run, '重复'), ['computing', 'recompute-needed', ...OPEN, 'verifying']],
  recompute: [(run) => recomputeRun(run, '新标准', run.manifest), ['recompute-needed', ...OPEN, 'verifying']],
  hold: [(run) => holdPayment(run, payable, '核实'), OPEN],
  'lift a hold': [(run) => liftHold(run, payable, '核实'), OPEN],
  'propose an override': [(run) => proposeOverride(run, held, 'shared-account', '夫妻共用'), OPEN],
  'confirm an override': [(run) => confirmOverride(run, held, 'shared-account', '属实', 'other'), OPEN],
  'request funds': [requestFunding, ['approved']],
  'return the request': [(run) => returnFundingRequest(run, '指标不足'), ['funding-requested']],
  fund: [
    (run) => fundRun(run, { voucher: 'V-9', date: '2026-11-28', fen: fen(1) }),
    ['funding-requested', 'funded'],
  ],
  'reverse a funding': [
    (run) => reverseFunding(run, { voucher: 'V-1', date: '2026-11-28', reason: '录错' }),
    OPEN,
  ],
  dispatch: [(run) => startDispatch(run, sha256), ['funded']],
  'conclude the verification': [(run) => concludeVerification(run, []), ['verifying']],
};

describe.each(Object.entries(COMMANDS))('to %s', (_, [command, allowed]) => {
  it.each(RUN_STATES)('in state "%s"', (state) => {
    const result = command(at(state).run);
    const code = codeOf(result);
    expect(code === 'conflict/run-state').toBe(!allowed.includes(state));
    const refused = result.ok ? undefined : result.error;
    const names = allowed.map((one) => STATE_NAMES[one]);
    const words = code === 'conflict/run-state' ? (refused?.zh ?? '') : '';
    expect(names.every((name) => words.includes(name)) || code !== 'conflict/run-state').toBe(true);
    expect(words.includes(STATE_NAMES[state]) || code !== 'conflict/run-state').toBe(true);
  });
});

describe('the fold', () => {
  it.each(RUN_STATES)('reaches "%s"', (state) => {
    expect(at(state).run.state).toBe(state);
  });

  it('every state has a name of its own', () => {
    expect(new Set(Object.values(STATE_NAMES)).size).toBe(RUN_STATES.length);
  });

  it('of no acts is no run', () => {
    expect(foldRun([])).toBeUndefined();
  });

  it('is the same in one go and act by act, and counts the acts', () => {
    const { acts, run } = at('closed');
    let step: Run | undefined;
    for (const act of acts) {
      step = applyAct(step, act);
      expect(step.sequence).toBe(act.sequence);
    }
    expect(step).toEqual(run);
    expect(run.closing).toMatchObject({ seal: { sequence: 1 } });
  });

  it('throws on a gap, a repetition, another order, or a history without a start', () => {
    const { acts } = at('approved');
    const wrong = [acts.toSpliced(2, 1), acts.toSpliced(2, 0, acts[1]!), acts.toReversed(), acts.slice(1)];
    for (const history of wrong) expect(() => foldRun(history)).toThrow(InvariantError);
    expect(() => applyAct(undefined, acts[1]!)).toThrow(InvariantError);
  });

  it('throws when an override is confirmed that nobody proposed', () => {
    const log = at('review');
    const body = {
      kind: 'override-confirmed',
      payment: held.payment,
      control: 'shared-account',
      reason: '',
      effect: null,
    } as const;
    expect(() => log.write(body, 'other')).toThrow(InvariantError);
  });

  it('keeps which request started the run, and who asked for its dispatch', () => {
    const { acts, run } = at('verifying');
    expect(run).not.toHaveProperty('startedUpon');
    expect(run.dispatchedBy).toBe('preparer');
    const asked = foldRun(acts.with(0, { ...acts[0]!, request: 'r-1' }));
    expect(asked?.startedUpon).toBe('r-1');
  });

  it('a run begins with revision 1 and nothing signed or funded', () => {
    const run = at('computing').run;
    expect(run).toMatchObject({
      revision: 1,
      draftRevision: 1,
      sequence: 1,
      startedBy: 'preparer',
      fundedFen: 0,
    });
    expect(run.totals).toBeUndefined();
    expect(run.submission).toBeUndefined();
  });
});
