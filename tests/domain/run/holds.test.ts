import { describe, expect, it } from 'vitest';
import { fen } from '../../../domain/money.ts';
import type { Draft } from '../../../domain/run/draft.ts';
import {
  confirmOverride,
  holdPayment,
  liftHold,
  proposeOverride,
  unknownPayment,
} from '../../../domain/run/hold-commands.ts';
import { fundsNeeded, isPayable, overrideKey } from '../../../domain/run/run.ts';
import { type ActLog, codeOf, draftOf, effectOf, findingOf, must, seenNow } from './samples.ts';
import { at, DRAFTS, lateOf } from './stages.ts';

const [first, , elsewhere, , held, blocked] = DRAFTS as readonly [Draft, Draft, Draft, Draft, Draft, Draft];
const twice = draftOf(6, {
  fen: fen(700),
  findings: [findingOf('deceased', 'hold'), findingOf('shared-account', 'hold'), findingOf('note', 'warn')],
});
const mixed = draftOf(7, { findings: [findingOf('deceased', 'hold'), findingOf('no-account', 'block')] });
const empty = draftOf(8, { fen: fen(0), findings: [findingOf('deceased', 'hold')] });
const again = draftOf(9, { kind: 'reissue', attempt: 2, fen: fen(30) });
const heldAgain = draftOf(10, {
  kind: 'reissue',
  attempt: 2,
  fen: fen(50),
  findings: [findingOf('deceased', 'hold')],
});
const ALL = [...DRAFTS, twice, mixed, empty, again, heldAgain];

const propose = (log: ActLog, draft: Draft, control: string, by = 'clerk-1') =>
  log.write(must(proposeOverride(log.run, draft, control, '属实')), by);
const confirm = (log: ActLog, draft: Draft, control: string, by = 'clerk-2') =>
  log.write(must(confirmOverride(log.run, draft, control, '已核', by)), by);
const hold = (log: ActLog, draft: Draft) => log.write(must(holdPayment(log.run, draft, '核实')), 'clerk-1');
const lift = (log: ActLog, draft: Draft) => log.write(must(liftHold(log.run, draft, '已核')), 'clerk-1');

describe('holding a payment by hand', () => {
  it('moves its money from payable to held, in its street too, and asks for new signatures', () => {
    const log = at('approved', ALL);
    const before = log.run;
    hold(log, elsewhere);
    const { run } = log;
    expect(run).toMatchObject({ state: 'review', revision: before.revision + 1, signatures: [] });
    expect(run.submission).toBeUndefined();
    expect(seenNow(run).hash).not.toBe(seenNow(before).hash);
    expect(run.totals?.payable).toEqual({
      count: (before.totals?.payable.count ?? 0) - 1,
      fen: (before.totals?.payable.fen ?? 0) - 10000,
    });
    expect(run.totals?.held.fen).toBe((before.totals?.held.fen ?? 0) + 10000);
    expect(run.totals?.streets['110199002']).toEqual({
      payable: { count: 0, fen: 0 },
      held: { count: 1, fen: 10000 },
    });
    expect(run.holds.get(elsewhere.payment)).toMatchObject({ by: 'clerk-1', reason: '核实' });
    expect(isPayable(run, elsewhere)).toBe(false);
    expect(run.draftRevision).toBe(before.draftRevision);
  });

  it('is refused when it is held, blocked or nothing already', () => {
    const log = at('review', ALL);
    for (const draft of [held, blocked, mixed, empty])
      expect(codeOf(holdPayment(log.run, draft, ''))).toBe('conflict/not-payable');
    hold(log, first);
    expect(codeOf(holdPayment(log.run, first, ''))).toBe('conflict/not-payable');
  });

  it('a payment that may go out by an override can be held like any other', () => {
    const log = at('review', ALL);
    propose(log, held, 'shared-account');
    confirm(log, held, 'shared-account');
    const before = log.run.totals;
    hold(log, held);
    lift(log, held);
    expect(log.run.totals).toEqual(before);
    expect(isPayable(log.run, held)).toBe(true);
  });

  it('of a reissue gives back no funds: it needed none', () => {
    const log = at('review', ALL);
    const before = fundsNeeded(log.run);
    hold(log, again);
    expect(fundsNeeded(log.run)).toBe(before);
    expect(log.run.totals?.reissued).toEqual({ count: 0, fen: 0 });
    lift(log, again);
    expect(log.run.totals?.reissued).toEqual({ count: 1, fen: 30 });
    hold(log, first);
    expect(fundsNeeded(log.run)).toBe(before - 10000);
  });
});

describe('lifting a hold', () => {
  it('puts back exactly what was held, under the next revision', () => {
    const log = at('review', ALL);
    const before = log.run;
    hold(log, elsewhere);
    lift(log, elsewhere);
    expect(log.run.totals).toEqual(before.totals);
    expect(log.run.holds.size).toBe(0);
    expect(log.run.revision).toBe(before.revision + 2);
    expect(seenNow(log.run).hash).not.toBe(seenNow(before).hash);
  });

  it('is refused for what nobody held by hand', () => {
    const log = at('review', ALL);
    for (const draft of [first, held, blocked])
      expect(codeOf(liftHold(log.run, draft, ''))).toBe('missing/hold');
    hold(log, first);
    lift(log, first);
    expect(codeOf(liftHold(log.run, first, ''))).toBe('missing/hold');
  });

  it('is refused for what the check before release found', () => {
    const log = at('verifying', ALL);
    log.write({ kind: 'verification-failed', findings: [lateOf(first)] }, 'system');
    expect(log.run.holds.get(first.payment)).toMatchObject({ reason: '核验发现死亡', by: 'system' });
    expect(codeOf(liftHold(log.run, first, ''))).toBe('conflict/late-finding');
    expect(codeOf(holdPayment(log.run, first, ''))).toBe('conflict/not-payable');
  });
});

describe('what is payable', () => {
  const { run } = at('review', ALL);
  const aside = (control: string) => ({
    ...run,
    overrides: new Map([
      [overrideKey(blocked.payment, control), { proposedBy: 'a', reason: '', confirmedBy: 'b' }],
    ]),
  });

  it('is more than nothing', () => {
    expect(isPayable(run, draftOf(11, { fen: fen(0) }))).toBe(false);
    expect(isPayable(run, draftOf(11, { fen: fen(1) }))).toBe(true);
    expect(codeOf(holdPayment(run, draftOf(11, { fen: fen(0) }), ''))).toBe('conflict/not-payable');
  });

  it('is never what a control blocks, even if someone had overridden it', () => {
    expect(isPayable(aside('no-account'), blocked)).toBe(false);
    expect(isPayable(aside('no-account'), { ...blocked, findings: [findingOf('no-account', 'hold')] })).toBe(
      true,
    );
  });
});

describe('overriding a control', () => {
  it('takes a proposal and another person; only then the money moves', () => {
    const log = at('signing', ALL);
    const before = log.run;
    propose(log, held, 'shared-account');
    expect(log.run.totals).toEqual(before.totals);
    expect(log.run).toMatchObject({ state: 'signing', revision: before.revision });
    expect(seenNow(log.run)).toEqual(seenNow(before));
    expect(isPayable(log.run, held)).toBe(false);
    expect(codeOf(confirmOverride(log.run, held, 'shared-account', '', 'clerk-1'))).toBe(
      'forbidden/same-person',
    );
    confirm(log, held, 'shared-account');
    expect(isPayable(log.run, held)).toBe(true);
    expect(log.run).toMatchObject({ state: 'review', revision: before.revision + 1, signatures: [] });
    expect(log.run.totals?.payable.fen).toBe((before.totals?.payable.fen ?? 0) + 10000);
    expect(log.run.totals?.held.fen).toBe((before.totals?.held.fen ?? 0) - 10000);
    expect(log.run.overrides.get(overrideKey(held.payment, 'shared-account'))).toEqual({
      proposedBy: 'clerk-1',
      reason: '属实',
      fen: 10000,
      confirmedBy: 'clerk-2',
      confirmedBecause: '已核',
    });
  });

  it('with two holds, the money moves with the second override and not before', () => {
    const log = at('review', ALL);
    const before = log.run.totals?.payable.fen ?? 0;
    propose(log, twice, 'deceased');
    propose(log, twice, 'shared-account');
    confirm(log, twice, 'deceased');
    expect([log.run.totals?.payable.fen, isPayable(log.run, twice)]).toEqual([before, false]);
    confirm(log, twice, 'shared-account');
    expect([log.run.totals?.payable.fen, isPayable(log.run, twice)]).toEqual([before + 700, true]);
  });

  it('never lets a blocked payment out', () => {
    const log = at('review', ALL);
    const before = log.run.totals;
    propose(log, mixed, 'deceased');
    confirm(log, mixed, 'deceased');
    expect(isPayable(log.run, mixed)).toBe(false);
    expect(log.run.totals).toEqual(before);
  });

  it('is refused for blocks, warnings and findings that are not there', () => {
    const { run } = at('review', ALL);
    expect(codeOf(proposeOverride(run, blocked, 'no-account', ''))).toBe('forbidden/not-overridable');
    expect(codeOf(proposeOverride(run, blocked, 'note', ''))).toBe('forbidden/not-overridable');
    expect(codeOf(proposeOverride(run, first, 'deceased', ''))).toBe('missing/finding');
    expect(codeOf(proposeOverride(run, held, 'deceased', ''))).toBe('missing/finding');
  });

  it('is proposed once and confirmed once', () => {
    const log = at('review', ALL);
    expect(codeOf(confirmOverride(log.run, held, 'shared-account', '', 'clerk-2'))).toBe('missing/override');
    propose(log, held, 'shared-account');
    expect(codeOf(proposeOverride(log.run, held, 'shared-account', ''))).toBe('conflict/override-exists');
    expect(codeOf(confirmOverride(log.run, twice, 'shared-account', '', 'clerk-2'))).toBe('missing/override');
    confirm(log, held, 'shared-account');
    expect(codeOf(confirmOverride(log.run, held, 'shared-account', '', 'clerk-3'))).toBe(
      'conflict/override-confirmed',
    );
  });

  it('of a reissue needs no new funds', () => {
    const log = at('review', ALL);
    const before = fundsNeeded(log.run);
    propose(log, heldAgain, 'deceased');
    confirm(log, heldAgain, 'deceased');
    expect(log.run.totals?.reissued).toEqual({ count: 2, fen: 80 });
    expect(fundsNeeded(log.run)).toBe(before);
  });
});

it('a payment that the run does not have is named', () => {
  expect(unknownPayment(effectOf(first).payment)).toMatchObject({
    code: 'missing/payment',
    detail: { payment: first.payment },
  });
});
