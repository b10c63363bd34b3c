import { describe, expect, it } from 'vitest';
import { type Signer, signRun } from '../../../domain/run/approval-commands.ts';
import {
  type Delegation,
  delegationInForce,
  grantDelegation,
  type Principal,
  revokeDelegation,
} from '../../../domain/run/delegation.ts';
import { type ActLog, codeOf, must, seenNow, sha256 } from './samples.ts';
import { at, DRAFTS } from './stages.ts';

const PLACE = { jurisdiction: '110199', programme: 'high-age' };
const TODAY = '2026-12-01';
const delegationOf = (changes: Partial<Delegation> = {}): Delegation => ({
  delegationId: '110199.chief.1',
  jurisdiction: '110199',
  principal: 'chief',
  deputy: 'deputy',
  from: '2026-11-30',
  to: '2026-12-01',
  reason: '外出学习',
  grantedBy: 'chief',
  grantedAt: '2026-11-29T02:00:00.000Z',
  ...changes,
});
const chiefWith = (...delegations: Delegation[]): Principal => ({
  id: 'chief',
  roles: ['reviewer'],
  delegations,
});
const signFor = (log: ActLog, principal: Principal, changes: Partial<Signer> = {}, today = TODAY) =>
  signRun(
    log.run,
    seenNow(log.run),
    { id: 'deputy', roles: [], onBehalfOf: { principal, today }, ...changes },
    sha256,
  );

describe('granting', () => {
  const wish = {
    jurisdiction: '110199',
    principal: 'chief',
    deputy: 'deputy',
    reason: '出差',
    from: '2026-12-01',
    to: '2026-12-31',
  };
  const granted = (changes: Partial<typeof wish> = {}, granter = 'chief', roles = ['approver']) =>
    grantDelegation({ ...wish, ...changes }, granter, roles, TODAY);

  it('from today on, for one day or more, by the principal or another', () => {
    expect(must(granted())).toEqual(wish);
    expect(codeOf(granted({ to: '2026-12-01' }))).toBe('ok');
    expect(codeOf(granted({}, 'admin'))).toBe('ok');
  });

  it('not backwards, not backdated, not to oneself, not by the deputy, not without a role', () => {
    expect(codeOf(granted({ to: '2026-11-30' }))).toBe('invalid/delegation-dates');
    expect(codeOf(granted({ from: '2026-11-30' }))).toBe('invalid/delegation-backdated');
    expect(codeOf(granted({ deputy: 'chief' }))).toBe('invalid/delegation-to-oneself');
    expect(codeOf(granted({}, 'deputy'))).toBe('forbidden/delegation-to-granter');
    expect(codeOf(granted({}, 'admin', []))).toBe('forbidden/principal-role');
  });
});

describe('the days on which it holds', () => {
  const on = (today: string, ...delegations: Delegation[]) =>
    delegationInForce(chiefWith(...delegations), 'deputy', PLACE, today);

  it('the first and the last, over the end of a month, and neither the day before nor the day after', () => {
    const one = delegationOf();
    const days = ['2026-11-29', '2026-11-30', '2026-12-01', '2026-12-02'];
    expect(days.map((day) => codeOf(on(day, one)))).toEqual([
      'forbidden/delegation-not-begun',
      'ok',
      'ok',
      'forbidden/delegation-expired',
    ]);
    const expired = on('2026-12-02', one);
    expect(expired).toMatchObject({
      error: { detail: { from: '2026-11-30', to: '2026-12-01', today: '2026-12-02' } },
    });
    expect(!expired.ok && [expired.error.zh, expired.error.en]).toEqual([
      expect.stringContaining('2026-11-30 至 2026-12-01，今天 2026-12-02'),
      expect.stringContaining('from 2026-11-30 to 2026-12-01; today is 2026-12-02'),
    ]);
  });

  it('over new year', () => {
    const one = delegationOf({ from: '2026-12-31', to: '2027-01-01' });
    expect(['2026-12-30', '2026-12-31', '2027-01-01', '2027-01-02'].map((day) => on(day, one).ok)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('until it is revoked; another one still holds', () => {
    const revoked = delegationOf({
      revoked: { by: 'chief', at: '2026-12-01T01:00:00.000Z', reason: '已返岗' },
    });
    expect(codeOf(on(TODAY, revoked))).toBe('forbidden/delegation-revoked');
    const other = delegationOf({ delegationId: '110199.chief.2', from: TODAY, to: TODAY });
    const earlier = delegationOf({
      grantedAt: '2026-11-01T02:00:00.000Z',
      from: '2026-11-01',
      to: '2026-11-05',
    });
    // The refusal speaks of the one that still stands, and else of the last one granted.
    expect(codeOf(on(TODAY, earlier, revoked))).toBe('forbidden/delegation-expired');
    const ended = { ...earlier, revoked: revoked.revoked! };
    expect(on(TODAY, ended, revoked)).toMatchObject({ error: { detail: { from: '2026-11-30' } } });
    expect(must(on(TODAY, revoked, other)).delegationId).toBe('110199.chief.2');
  });

  it('for this deputy, place and programme only', () => {
    for (const change of [
      { deputy: 'someone' },
      { principal: 'someone' },
      { jurisdiction: '110105' },
      { programmes: ['dibao'] },
    ]) {
      expect([change, codeOf(on(TODAY, delegationOf(change)))]).toEqual([change, 'forbidden/no-delegation']);
    }
    expect(codeOf(on(TODAY, delegationOf({ programmes: ['dibao', 'high-age'] })))).toBe('ok');
    expect(codeOf(on(TODAY))).toBe('forbidden/no-delegation');
  });
});

describe('signing in the place of another', () => {
  it('names both persons and the delegation, and the fold keeps them', () => {
    const log = at('signing');
    const act = must(signFor(log, chiefWith(delegationOf())));
    expect(act).toEqual({
      kind: 'signed',
      step: 'section',
      ...seenNow(log.run),
      onBehalfOf: 'chief',
      delegation: '110199.chief.1',
    });
    log.write(act, 'deputy');
    expect(log.run.signatures).toMatchObject([
      { step: 'section', by: 'deputy', onBehalfOf: 'chief', delegation: '110199.chief.1' },
    ]);
  });

  it('only under a delegation, and only by naming it', () => {
    const log = at('signing');
    expect(codeOf(signFor(log, chiefWith()))).toBe('forbidden/no-delegation');
    expect(codeOf(signFor(log, chiefWith(delegationOf()), {}, '2026-12-02'))).toBe(
      'forbidden/delegation-expired',
    );
    const own = (roles: string[]) => signRun(log.run, seenNow(log.run), { id: 'deputy', roles }, sha256);
    expect(codeOf(own([]))).toBe('forbidden/not-your-step');
    expect(must(own(['reviewer']))).toEqual({ kind: 'signed', step: 'section', ...seenNow(log.run) });
  });

  it('gives what the principal has himself: not the deputy’s role, not what was delegated to the principal', () => {
    const log = at('signing');
    const roleless = { ...chiefWith(delegationOf()), roles: [] };
    const answer = signFor(log, roleless, { roles: ['reviewer', 'approver'] });
    expect(answer).toMatchObject({
      error: { code: 'forbidden/not-your-step', detail: { whose: 'principal' } },
    });
    expect(codeOf(signFor(log, { ...roleless, roles: ['approver'] }))).toBe('forbidden/not-your-step');
    // The chief is the head's deputy and has no role: the deputy of a deputy signs nothing.
    const ofHead = delegationOf({ delegationId: '110199.head.1', principal: 'head', deputy: 'chief' });
    const chain = { ...roleless, delegations: [delegationOf(), ofHead] };
    expect(codeOf(signFor(log, chain))).toBe('forbidden/not-your-step');
    const head = { id: 'head', roles: ['reviewer'], delegations: [ofHead] };
    expect(codeOf(signFor(log, head))).toBe('forbidden/no-delegation');
  });

  it.each([
    ['deputy', undefined],
    ['chief', 'principal'],
  ])('not when %s submitted, overrode a control or changed an account', (person, whose) => {
    const refused = (log: ActLog) => {
      const answer = signFor(log, chiefWith(delegationOf()));
      return answer.ok ? 'ok' : [answer.error.code, answer.error.detail?.['whose']];
    };
    const submitted = at('review');
    submitted.write({ kind: 'submitted', ...seenNow(submitted.run) }, person);
    expect(refused(submitted)).toEqual(['forbidden/own-submission', whose]);
    const overrode = at('review');
    const { payment } = DRAFTS[4]!;
    overrode.write({ kind: 'override-proposed', payment, control: 'shared-account', reason: '' }, person);
    overrode.write({ kind: 'submitted', ...seenNow(overrode.run) }, 'preparer');
    expect(refused(overrode)).toEqual(['forbidden/overrode-control', whose]);
    expect(refused(at('signing', DRAFTS, { accountChangers: [person] }))).toEqual([
      'forbidden/changed-account',
      whose,
    ]);
  });

  it('nobody’s hand and nobody’s authority signs two steps', () => {
    const log = at('signing');
    log.write(must(signFor(log, chiefWith(delegationOf()))), 'deputy');
    const second = delegationOf({ delegationId: '110199.chief.2', deputy: 'deputy-2' });
    const other: Principal = {
      id: 'other',
      roles: ['reviewer'],
      delegations: [delegationOf({ principal: 'other', delegationId: '110199.other.1' })],
    };
    const own = (id: string) => signRun(log.run, seenNow(log.run), { id, roles: ['reviewer'] }, sha256);
    expect([
      codeOf(own('deputy')),
      codeOf(own('chief')),
      codeOf(signFor(log, chiefWith(second), { id: 'deputy-2' })),
      codeOf(signFor(log, other)),
    ]).toEqual(Array(4).fill('forbidden/signed-before'));
    expect(codeOf(own('reviewer-2'))).toBe('ok');
  });
});

describe('revoking', () => {
  it('by the principal or an administrator, once', () => {
    expect(codeOf(revokeDelegation(delegationOf(), 'chief', false))).toBe('ok');
    expect(codeOf(revokeDelegation(delegationOf(), 'admin', true))).toBe('ok');
    expect(codeOf(revokeDelegation(delegationOf(), 'deputy', false))).toBe('forbidden/not-your-delegation');
    const revoked = delegationOf({
      revoked: { by: 'chief', at: '2026-12-01T01:00:00.000Z', reason: '已返岗' },
    });
    expect(codeOf(revokeDelegation(revoked, 'chief', false))).toBe('conflict/delegation-revoked');
  });
});
