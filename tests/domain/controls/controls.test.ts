import { describe, expect, it } from 'vitest';
import { type ControlInput, earliestDeath, findingOf, lastMonth } from '../../../domain/controls/control.ts';
import { deceased } from '../../../domain/controls/deceased.ts';
import { CONTROLS, controlByCode, findingsOn } from '../../../domain/controls/index.ts';
import { accountHolder, payableAccount, writableLine } from '../../../domain/controls/payable-account.ts';
import { sampleValue } from '../../../domain/controls/sample-value.ts';
import { sharedAccount } from '../../../domain/controls/shared-account.ts';
import { fen } from '../../../domain/money.ts';
import { CONTROL_PARAMETERS, OPT_IN_CONTROLS } from '../../../domain/policy/control-parameters.ts';
import type { Fact } from '../../../domain/register/facts.ts';
import type { PaymentLine } from '../../../domain/run/draft.ts';
import { fact } from '../programmes/samples.ts';

const HEAD = '7Z3K9QX2M4BT';
const OTHER = 'AAAAAAAAAAAA';
const line = (month: string): PaymentLine => ({
  month,
  component: 'allowance',
  fen: fen(10000),
  kind: 'entitlement',
});
type Account = NonNullable<ControlInput['payee']['account']>;
const GOOD: Account = { holderMatches: true, sharedWith: 0 };

/** A payment that no control has anything against. */
function input(changes: Partial<ControlInput> = {}): ControlInput {
  return {
    lines: [line('2026-12')],
    subject: { key: HEAD, facts: [] },
    payee: { key: HEAD, facts: [], account: GOOD },
    sample: false,
    demoMode: false,
    ...changes,
  };
}
const withAccount = (account: Partial<Account>) =>
  input({ payee: { key: HEAD, facts: [], account: { ...GOOD, ...account } } });
const withoutAccount = input({ payee: { key: HEAD, facts: [] } });
const codes = (found: ControlInput) => findingsOn(found).map((finding) => finding.control);

describe('the registry', () => {
  it('lists every control once, in the order of findings, blocks first', () => {
    const rank = { block: 0, hold: 1, warn: 2 };
    const ranks = CONTROLS.map(({ severity }) => rank[severity]);
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    expect(new Set(CONTROLS.map(({ code }) => code)).size).toBe(CONTROLS.length);
    expect(CONTROLS.filter(({ severity }) => severity === 'block').map(({ code }) => code)).toEqual([
      'no-account',
      'own-account',
      'unwritable-line',
      'sample-value',
      'in-kind',
    ]);
    for (const control of CONTROLS) expect(controlByCode(control.code)).toBe(control);
    expect(controlByCode('none')).toBeUndefined();
  });

  it('each control says in both languages what it is, needs and means, and what it rests on', () => {
    for (const { names, basis, needs, explanation } of CONTROLS) {
      for (const words of [names, needs, explanation]) {
        expect(words.zh).toMatch(/\p{Script=Han}/u);
        expect(words.en).toMatch(/^[\x20-\x7e’]+$/);
      }
      expect(names.en).toMatch(/^[\x20-\x7e]+$/);
      expect(basis.length).toBeGreaterThan(0);
    }
  });

  it('what policy switches on by name is in the registry, and nothing else is', () => {
    const byName = CONTROLS.filter(({ parameter }) => parameter === 'controlsOn').map(({ code }) => code);
    expect(byName).toEqual([...OPT_IN_CONTROLS]);
    const { schema } = CONTROL_PARAMETERS.controlsOn;
    expect(schema.safeParse(byName).success).toBe(true);
    // A typing mistake would switch a control off without a word.
    expect(schema.safeParse(['possible-duplicates']).success).toBe(false);
  });

  it('an ordinary payment has no finding', () => {
    expect(findingsOn(input())).toEqual([]);
  });

  it('all findings of a payment are listed, in that order', () => {
    const facts = [fact('death-reported', '2026-11-30')];
    const bad = input({
      subject: { key: HEAD, facts },
      payee: {
        key: HEAD,
        facts,
        account: { holderMatches: false, sharedWith: 2, unwritable: { zh: '字', en: 'x' } },
      },
      sample: true,
    });
    expect(codes(bad)).toEqual([
      'unwritable-line',
      'sample-value',
      'deceased',
      'shared-account',
      'account-holder',
    ]);
  });

  it('a finding carries code, severity and both sentences of its control', () => {
    expect(findingOf(payableAccount, withoutAccount)).toEqual({
      control: 'no-account',
      severity: 'block',
      ...payableAccount.check(withoutAccount),
    });
    expect(findingOf(payableAccount, input())).toBeUndefined();
  });
});

describe('the account', () => {
  it('must be there; without one nothing else is said of it', () => {
    expect(codes(withoutAccount)).toEqual(['no-account']);
  });

  it('must be in the payee’s name', () => {
    expect(codes(withAccount({ holderMatches: false }))).toEqual([accountHolder.code]);
  });

  it('must be writable, and why not is said in the bank layout’s words', () => {
    const unwritable = { zh: '户名含有无法写入的字', en: 'a character cannot be written' };
    expect(findingsOn(withAccount({ unwritable }))).toEqual([
      { control: writableLine.code, severity: 'block', ...unwritable },
    ]);
  });

  it.each([
    [0, []],
    [1, [sharedAccount.code]],
    [2, [sharedAccount.code]],
  ])('shared with %d other persons', (sharedWith, expected) => {
    expect(codes(withAccount({ sharedWith }))).toEqual(expected);
  });

  it('names how many others share it', () => {
    const words = sharedAccount.check(withAccount({ sharedWith: 3 }));
    expect(words?.zh).toContain('3');
    expect(words?.en).toContain('3 other');
  });
});

describe('sample values', () => {
  it.each([
    [true, false, [sampleValue.code]],
    [true, true, []],
    [false, false, []],
    [false, true, []],
  ])('sample %s, demo mode %s', (sample, demoMode, expected) => {
    expect(codes(input({ sample, demoMode }))).toEqual(expected);
  });
});

describe('death of the beneficiary', () => {
  const paid = (months: string[], facts: Fact[]) =>
    codes(
      input({
        lines: months.map(line),
        subject: { key: HEAD, facts },
        payee: { key: HEAD, facts, account: GOOD },
      }),
    );

  it.each(['death-certified', 'death-reported'] as const)(
    '%s: the month of death is owed, the month after is held',
    (kind) => {
      expect(paid(['2026-12'], [fact(kind, '2026-12-01')])).toEqual([]);
      expect(paid(['2026-12'], [fact(kind, '2026-12-31')])).toEqual([]);
      expect(paid(['2026-12'], [fact(kind, '2026-11-30')])).toEqual([deceased.code]);
      expect(paid(['2026-12'], [fact(kind, '2020-01-01')])).toEqual([deceased.code]);
      expect(paid(['2026-12'], [fact(kind, '2027-01-01')])).toEqual([]);
    },
  );

  it('where the month of a death is not due either, that month is held, too', () => {
    const found = (month: string, deathMonthStops: boolean) =>
      codes(
        input({
          lines: [line(month)],
          subject: { key: HEAD, facts: [fact('death-reported', '2026-12-10')] },
          deathMonthStops,
        }),
      );
    expect(found('2026-12', true)).toEqual([deceased.code]);
    expect(found('2026-12', false)).toEqual([]);
    expect(found('2026-11', true)).toEqual([]);
  });

  it('the last month paid decides, wherever it stands in the list', () => {
    const died = [fact('death-reported', '2026-11-15')];
    expect(paid(['2026-10', '2026-11'], died)).toEqual([]);
    expect(paid(['2026-12', '2026-10', '2026-11'], died)).toEqual([deceased.code]);
    expect(lastMonth([line('2026-12'), line('2026-10')])).toBe('2026-12');
    expect(lastMonth([])).toBe('');
  });

  it('of several sources the earliest counts', () => {
    const facts = [fact('death-certified', '2026-12-10'), fact('death-reported', '2026-11-20')];
    expect(earliestDeath(facts)).toBe('2026-11-20');
    expect(earliestDeath(facts.toReversed())).toBe('2026-11-20');
    expect(paid(['2026-12'], facts)).toEqual([deceased.code]);
    expect(earliestDeath([])).toBeUndefined();
    expect(earliestDeath([fact('custody', '2026-01-01', 'custody')])).toBeUndefined();
  });

  it('a certificate that was withdrawn counts no more, and hides no other source', () => {
    const certified = fact('death-certified', '2026-05-01', '2026-05-01', '2026-05-02T01:00:00.000Z');
    const withdrawn = fact('death-certified', '2026-05-01', '', '2026-06-02T01:00:00.000Z');
    const reported = fact('death-reported', '2026-08-01');
    const again = fact('death-certified', '2026-09-01', '2026-09-01', '2026-09-02T01:00:00.000Z');
    expect(earliestDeath([certified, withdrawn])).toBeUndefined();
    expect(earliestDeath([withdrawn, certified])).toBeUndefined();
    expect(earliestDeath([certified, withdrawn, reported])).toBe('2026-08-01');
    expect(earliestDeath([certified, withdrawn, again])).toBe('2026-09-01');
    expect(paid(['2026-12'], [certified, withdrawn])).toEqual([]);
    expect(paid(['2026-12'], [certified, withdrawn, reported])).toEqual([deceased.code]);
  });
});

describe('a card number with a wrong check digit', () => {
  it('warns and holds nothing', () => {
    expect(findingsOn(withAccount({ looksMistyped: true }))).toMatchObject([
      { control: 'card-check-digit', severity: 'warn' },
    ]);
    expect(findingsOn(withAccount({ looksMistyped: false }))).toEqual([]);
  });
});

describe('the right of the payee to receive', () => {
  const payee = { key: OTHER, facts: [], account: GOOD };
  it('holds what goes to somebody whose document has ended', () => {
    expect(codes(input({ payee: { ...payee, ended: true } }))).toEqual(['payee-ended']);
    expect(codes(input({ payee }))).toEqual([]);
  });

  it('holds what goes to somebody who received as a member of the household and is none any more', () => {
    const subject = (person: string) => ({
      key: 'H00000000001',
      facts: [],
      members: [{ household: 'H00000000001', person, relation: 'spouse', covered: true, facts: [] } as const],
    });
    const asMember = { ...payee, asMember: true };
    expect(codes(input({ payee: asMember, subject: subject(HEAD) }))).toEqual(['payee-left']);
    expect(codes(input({ payee: asMember, subject: subject(OTHER) }))).toEqual([]);
    expect(codes(input({ payee, subject: subject(HEAD) }))).toEqual([]);
  });

  it('holds what goes to one person for more people than policy allows', () => {
    const many = (count: number) => codes(input({ payee: { ...payee, wards: { count, max: 5 } } }));
    expect([many(1), many(5), many(6)]).toEqual([[], [], ['payee-of-many']]);
  });
});

describe('death of the payee', () => {
  const toOther = (facts: Fact[]) => codes(input({ payee: { key: OTHER, facts, account: GOOD } }));

  it('holds every payment, even of the month of death', () => {
    for (const kind of ['death-certified', 'death-reported'] as const) {
      expect(toOther([fact(kind, '2026-12-31')])).toEqual([deceased.code]);
      expect(toOther([fact(kind, '2020-01-01')])).toEqual([deceased.code]);
    }
    expect(toOther([])).toEqual([]);
  });

  it('says another thing than the beneficiary’s death', () => {
    const died = [fact('death-reported', '2026-11-30')];
    const payee = deceased.check(input({ payee: { key: OTHER, facts: died, account: GOOD } }));
    const subject = deceased.check(input({ subject: { key: HEAD, facts: died } }));
    expect(payee?.en).toContain('payee');
    expect(subject?.en).toContain('beneficiary');
  });

  it('of a person paid to themselves is the beneficiary’s death: the month of death is still owed', () => {
    const died = [fact('death-reported', '2026-12-31')];
    expect(codes(input({ payee: { key: HEAD, facts: died, account: GOOD } }))).toEqual([]);
  });

  it('a withdrawn certificate does not hold, and does not hide a later one', () => {
    const withdrawn = fact('death-certified', '2026-05-01', '', '2026-06-02T01:00:00.000Z');
    const again = fact('death-certified', '2026-09-01', '2026-09-01', '2026-09-02T01:00:00.000Z');
    expect(toOther([withdrawn])).toEqual([]);
    expect(toOther([withdrawn, again])).toEqual([deceased.code]);
  });
});

describe('what people read', () => {
  it('no finding carries a name, number or date of a person', () => {
    const facts = [fact('death-reported', '2026-11-30'), fact('birth-date', '1940-03-05')];
    const found = findingsOn(
      input({
        subject: { key: HEAD, facts },
        payee: { key: OTHER, facts, account: { ...GOOD, sharedWith: 1, holderMatches: false } },
      }),
    );
    expect(found.length).toBe(3);
    expect(JSON.stringify(found)).not.toMatch(/2026-11-30|1940|7Z3K|AAAA/);
  });
});
