import { describe, expect, it } from 'vitest';
import type { ControlInput } from '../../../domain/controls/control.ts';
import { identityFaultOf } from '../../../domain/controls/identity-fault.ts';
import { findingsOn } from '../../../domain/controls/index.ts';
import { fen } from '../../../domain/money.ts';
import { CONTROL_PARAMETERS } from '../../../domain/policy/control-parameters.ts';
import type { PayeeRelation } from '../../../domain/register/payee.ts';
import { fact } from '../programmes/samples.ts';
import { codesUnder, line, OTHER, payment } from './ordinary-payment.ts';

const on = (code: string) => ({ controlsOn: [code] });

describe('a control that policy switches on', () => {
  it.each<[string, Parameters<typeof payment>[0]]>([
    ['possible-duplicate', { subject: { twins: 1 } }],
    ['identity-conflict', { subject: { identityFaults: ['birth-date'] } }],
    ['village-payee', { payee: { key: OTHER, organisation: { village: true } } }],
    ['staff-payee', { payee: { key: OTHER, relation: 'institution-staff' } }],
    ['minor-payee', { payee: { facts: [fact('birth-date', '2010-01-01')] } }],
  ])('%s looks there and nowhere else', (code, changes = {}) => {
    expect(codesUnder(on(code), changes)).toEqual([code]);
    expect(codesUnder({}, changes)).toEqual([]);
    expect(codesUnder(on('departed-amount'), changes)).toEqual([]);
    expect(codesUnder(on(code), {})).toEqual([]);
  });

  it('a warning may be raised to a hold, a hold or block is never made less', () => {
    const input = payment({
      policy: { phoneSharedMax: 5, controlSeverities: { 'shared-phone': 'hold', 'no-account': 'hold' } },
      payee: { phoneSharedWith: 5 },
    });
    expect(findingsOn(input)).toMatchObject([{ control: 'shared-phone', severity: 'hold' }]);
    const { account: _, ...payee } = input.payee;
    expect(findingsOn({ ...input, payee })[0]).toMatchObject({ control: 'no-account', severity: 'block' });
    expect(CONTROL_PARAMETERS.controlSeverities.schema.safeParse({ deceased: 'warn' }).success).toBe(false);
  });
});

describe('exclusive programmes', () => {
  it('are named, wherever the enrolment stands', () => {
    const [found] = findingsOn(
      payment({ policy: { exclusiveWith: ['dibao'] }, subject: { alsoIn: ['dibao', 'gone'] } }),
    );
    expect(found).toMatchObject({ control: 'exclusive-programme', severity: 'hold' });
    expect(found?.zh).toContain('最低生活保障');
    expect(found?.zh).toContain('gone');
    expect(codesUnder({ exclusiveWith: ['dibao'] }, { subject: { alsoIn: [] } })).toEqual([]);
  });
});

describe('the identity number', () => {
  const born = fact('birth-date', '1949-12-31');
  it.each([
    ['11010519491231002X', [born], undefined],
    ['11010519491231002X', [], undefined],
    ['11010519491231002X', [fact('birth-date', '1949-12-30')], 'birth-date'],
    ['110105194912310021', [born], 'malformed'],
    ['110105491231002', [born], 'fifteen-digits'],
  ] as const)('%s', (number, facts, expected) => {
    expect(identityFaultOf(number, facts, '2026-11-25')).toBe(expected);
  });

  it('the birth date recorded last is the one compared', () => {
    const corrected = fact('birth-date', '1949-12-30', '1949-12-31', '2026-02-01T00:00:00.000Z');
    const wrong = fact('birth-date', '1949-12-30', '1949-12-30', '2026-01-01T00:00:00.000Z');
    expect(identityFaultOf('11010519491231002X', [wrong, corrected], '2026-11-25')).toBeUndefined();
  });
});

describe('the payee', () => {
  it('is of age on the day the run looks: eighteen that day, and not the day before', () => {
    const paid = (born: string) =>
      codesUnder(on('minor-payee'), { payee: { facts: [fact('birth-date', born)] } });
    expect(paid('2008-11-25')).toEqual([]);
    expect(paid('2008-11-26')).toEqual(['minor-payee']);
    expect(
      codesUnder(on('minor-payee'), {
        payee: { facts: [fact('birth-date', '2020-01-01')], organisation: { village: false } },
      }),
    ).toEqual([]);
  });

  it.each<[PayeeRelation, string[]]>([
    ['village-or-community', ['staff-payee']],
    ['civil-affairs', ['staff-payee']],
    ['institution-staff', ['staff-payee']],
    ['child', []],
    ['other', []],
  ])('who receives as %s', (relation, expected) => {
    expect(codesUnder(on('staff-payee'), { payee: { key: OTHER, relation } })).toEqual(expected);
    // An institution's corporate account is where the money belongs.
    const organisation = { village: false };
    expect(codesUnder(on('staff-payee'), { payee: { key: OTHER, relation, organisation } })).toEqual([]);
  });

  it('is never the bureau itself', () => {
    const account = { holderMatches: true, sharedWith: 0, isPayer: true } as const;
    expect(findingsOn(payment({ payee: { account } }))).toMatchObject([
      { control: 'own-account', severity: 'block' },
    ]);
  });

  it.each([
    [4, []],
    [5, ['shared-phone']],
  ])('shares a telephone with %d others where five may have one', (phoneSharedWith, expected) => {
    expect(codesUnder({ phoneSharedMax: 5 }, { payee: { phoneSharedWith } })).toEqual(expected);
    expect(codesUnder({}, { payee: { phoneSharedWith } })).toEqual([]);
  });
});

describe('amounts', () => {
  const before = (fenBefore: number, explained = false): Partial<ControlInput> => ({
    before: { fen: fen(fenBefore), explained },
  });

  it('a jump is more than policy allows, not as much', () => {
    const policy = { amountJumpPercent: 50 };
    const now = (amount: number, changes: Partial<ControlInput>) =>
      codesUnder(policy, { lines: [line('2026-12', { fen: fen(amount) })], ...changes });
    expect(now(15_000, before(10_000))).toEqual([]);
    expect(now(15_001, before(10_000))).toEqual(['amount-jump']);
    expect(now(15_001, before(10_000, true))).toEqual([]);
    expect(now(15_001, before(0))).toEqual([]);
    expect(now(15_001, {})).toEqual([]);
  });

  it('arrears are no jump', () => {
    const lines = [line('2026-12'), line('2026-11', { kind: 'arrears', fen: fen(90_000) })];
    expect(codesUnder({ amountJumpPercent: 50 }, { lines, ...before(10_000) })).toEqual([]);
  });

  it.each([
    ['2025-12', []],
    ['2025-11', ['long-arrears']],
  ])('arrears back to %s where twelve months are allowed', (month, expected) => {
    const lines = [line('2026-12'), line(month, { kind: 'arrears' })];
    expect(codesUnder({ arrearsMonthsMax: 12 }, { lines })).toEqual(expected);
    expect(codesUnder({}, { lines })).toEqual([]);
    expect(codesUnder({ arrearsMonthsMax: 12 }, { lines: [line('2026-12'), line(month)] })).toEqual([]);
  });
});

describe('a newcomer', () => {
  const policy = {
    entryPapers: { since: '2026-10-01', papers: ['publicity', 'check-report'] },
    checkReportValid: 6,
  } satisfies ControlInput['policy'];
  const applied = fact('application', '2026-10-08');
  const report = fact('check-report', '2026-10-20', '核〔2026〕1号');
  const publicity = fact('publicity', '2026-11-01', '2026-11-01/2026-11-07', '2026-11-08T01:00:00.000Z');
  const objection = (value: string, at: string, by = 'import-1') => ({
    ...fact('publicity-objection', '2026-11-05', value, at),
    by,
  });
  const found = (facts: readonly ReturnType<typeof fact>[], isNew = true) =>
    codesUnder(policy, { enrolment: { facts, isNew } });

  it('is paid with all papers, and held for each that is missing', () => {
    expect(found([applied, report, publicity])).toEqual([]);
    expect(found([applied, report])).toEqual(['publicity-open']);
    expect(found([applied, publicity])).toEqual(['check-report-missing']);
    expect(found([applied])).toEqual(['publicity-open', 'check-report-missing']);
    expect(codesUnder({}, { enrolment: { facts: [applied], isNew: true } })).toEqual([]);
  });

  it('is who applied since the day policy names, and was never paid', () => {
    expect(found([applied], false)).toEqual([]);
    expect(found([fact('application', '2026-09-30')])).toEqual([]);
    expect(found([fact('application', '2026-10-01')])).toEqual(['publicity-open', 'check-report-missing']);
  });

  it.each([
    ['2026-11-24', []],
    ['2026-11-25', ['publicity-open']],
  ])('waits until the day after publicity ends: through %s', (end, expected) => {
    const ends = fact('publicity', '2026-11-18', `2026-11-18/${end}`);
    expect(found([applied, report, ends])).toEqual(expected);
  });

  it('who applied anew is published anew: what was public before the application is of an earlier one', () => {
    expect(found([fact('application', '2026-11-08'), report, publicity])).toEqual(['publicity-open']);
    expect(found([fact('application', '2026-11-07'), report, publicity])).toEqual([]);
  });

  it('an objection holds until a second person confirmed that it was dismissed', () => {
    const opened = objection('1/open/收入情况', '2026-11-05T02:00:00.000Z');
    const proposed = objection('1/proposed:dismissed/已核查', '2026-11-10T02:00:00.000Z', 'one');
    const resolved = objection('1/resolved:dismissed/同意', '2026-11-11T02:00:00.000Z', 'two');
    const papers = [applied, report, publicity];
    expect(found([...papers, opened])).toEqual(['publicity-open']);
    expect(found([...papers, opened, proposed])).toEqual(['publicity-open']);
    expect(found([...papers, opened, proposed, resolved])).toEqual([]);
    const second = objection('2/open/另一事项', '2026-11-12T02:00:00.000Z');
    expect(found([...papers, opened, proposed, resolved, second])).toEqual(['publicity-open']);
  });

  it('an objection upheld holds until publicity was recorded anew', () => {
    const upheld = [
      objection('1/open/收入情况', '2026-11-05T02:00:00.000Z'),
      objection('1/proposed:upheld/属实', '2026-11-10T02:00:00.000Z', 'one'),
      objection('1/resolved:upheld/同意', '2026-11-11T02:00:00.000Z', 'two'),
    ];
    const again = fact('publicity', '2026-11-12', '2026-11-12/2026-11-18', '2026-11-19T01:00:00.000Z');
    expect(found([applied, report, publicity, ...upheld])).toEqual(['publicity-open']);
    expect(found([applied, report, publicity, ...upheld, again])).toEqual([]);
  });

  it.each([
    ['2026-04-20', []],
    ['2026-04-19', ['check-report-missing']],
  ])('the report of %s, decided on 20 October, is valid for six months', (checkedOn, expected) => {
    const old = fact('check-report', checkedOn, '核〔2026〕1号');
    const decision = fact('decision', '2026-10-20', '2026-10-20/示〔2026〕1号');
    expect(found([applied, old, decision, publicity])).toEqual(expected);
  });
});

describe('what was decided otherwise than worked out', () => {
  const determination = (
    derivation: readonly { code: string; inputs: Record<string, string>; result: string }[],
  ) =>
    ({
      enrolment: 'DB-7Z3K9QX2M4BT-1',
      number: 1,
      kind: 'initial',
      document: '示〔2026〕1号',
      decidedOn: '2026-10-20',
      spans: [{ from: '2026-11', components: [{ component: 'base', fen: fen(50_000) }], derivation }],
      sample: false,
      proposedBy: 'a',
      decidedBy: 'b',
      recordedAt: '2026-10-20T01:00:00.000Z',
    }) as const;
  it('is shown with both figures', () => {
    const departed = { code: 'departed', inputs: { since: '2026-11', proposed: '612.00' }, result: '500.00' };
    const found = (derivation: Parameters<typeof determination>[0]) =>
      findingsOn(
        payment({
          policy: on('departed-amount'),
          subject: { determinations: [determination(derivation)] },
        }),
      );
    expect(found([departed])).toMatchObject([{ control: 'departed-amount', severity: 'warn' }]);
    expect(found([departed])[0]?.zh).toContain('500.00');
    expect(found([departed])[0]?.zh).toContain('612.00');
    expect(found([])).toEqual([]);
  });
});

describe('what was determined before the standard in force was decided', () => {
  const determinationOf = (decidedOn: string, issuedOn?: string) => ({
    enrolment: 'DB-7Z3K9QX2M4BT-1',
    number: 1,
    kind: 'initial' as const,
    document: '示〔2026〕1号',
    decidedOn,
    spans: [{ from: '2026-01', components: [{ component: 'base', fen: fen(50_000) }], derivation: [] }],
    sample: false,
    proposedBy: 'a',
    decidedBy: 'b',
    recordedAt: '2026-10-20T01:00:00.000Z',
    ...(issuedOn !== undefined && { issuedOn }),
  });
  const found = (decidedOn: string, issuedOn?: string) =>
    codesUnder(on('standard-not-applied'), {
      standard: { document: '示民发〔2026〕9号', decidedOn: '2026-07-01' },
      subject: { determinations: [determinationOf(decidedOn, issuedOn)] },
    });
  it('is shown, until a determination or a change of standard has looked at it', () => {
    expect(found('2026-06-30')).toEqual(['standard-not-applied']);
    expect(found('2026-07-01')).toEqual([]);
    expect(found('2026-06-30', '2026-07-01')).toEqual([]);
    expect(codesUnder(on('standard-not-applied'), {})).toEqual([]);
  });
});

describe('hours of service below the contract', () => {
  const found = (percent: number | undefined, ...said: string[]) =>
    codesUnder(percent === undefined ? {} : { serviceHoursMinimum: percent }, {
      enrolment: { facts: said.map((value) => fact('service-hours', '2026-10-31', value)), isNew: false },
    });
  it('hold the payment below the share that policy asks for, and not exactly at it', () => {
    expect(found(90, '107/120')).toEqual(['service-hours']);
    expect(found(90, '108/120')).toEqual([]);
    expect(found(100, '119/120')).toEqual(['service-hours']);
    expect(found(100, '107/120', '120/120')).toEqual([]);
  });
  it('are not looked at without a share, nor where no hours were agreed', () => {
    expect(found(undefined, '0/120')).toEqual([]);
    expect(found(90)).toEqual([]);
  });
});

describe('the standing of an organisation that is paid', () => {
  const found = (organisation: boolean, ...said: string[]) =>
    codesUnder(
      {},
      {
        payee: {
          key: OTHER,
          facts: said.map((value) => fact('organisation-status', '2026-10-31', value)),
          ...(organisation && { organisation: { village: false } }),
        },
      },
    );
  it.each(['abnormal', 'seriously-unlawful', 'cancelled'])('%s holds the payment, always', (status) => {
    expect(found(true, status)).toEqual(['organisation-status']);
    expect(found(true, 'normal', status)).toEqual(['organisation-status']);
    expect(found(true, status, 'normal')).toEqual([]);
  });
  it('says nothing where none is on record, and nothing of persons', () => {
    expect(found(true)).toEqual([]);
    expect(found(false, 'cancelled')).toEqual([]);
  });
});
