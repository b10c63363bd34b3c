import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certifiedDeath } from '../../../domain/programmes/fact-history.ts';
import { decideDeathRow } from '../../../domain/register/death-row.ts';
import type { PersonDocument } from '../../../domain/register/person.ts';

const NOW = '2026-11-20T02:00:05.000Z';
const stored = (record: PersonDocument['record']): PersonDocument => ({ version: 1, changedAt: '', record });
const person = stored({
  personKey: 'AAAAAAAAAAAA',
  legalName: '张三',
  idNumber: '110101194603050014',
  facts: [
    {
      kind: 'birth-date',
      value: '1946-03-05',
      validFrom: '1946-03-05',
      recordedAt: NOW,
      source: 'identity-number',
      by: 'imp-1',
    },
  ],
  accounts: [],
});

describe('a row of a list of deaths', () => {
  const values = {
    idNumber: '110101194603050014',
    name: '张三',
    diedOn: '2026-10-05',
    kind: 'death-certified',
  };

  it('adds each date of each source once, in any order', () => {
    const deaths = [
      values,
      { ...values, diedOn: '2026-10-06' },
      { ...values, kind: 'death-reported' },
      { ...values, kind: 'death-reported', list: '卫健' },
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray([...deaths, ...deaths], { minLength: 8 }), (order) => {
        let document = person;
        for (const death of order) {
          const answer = decideDeathRow(death, document, { importId: 'd', now: NOW });
          if (answer.ok && answer.value.person) document = stored(answer.value.person);
        }
        const found = document.record.facts.filter(({ kind }) => kind.startsWith('death'));
        expect(found.map(({ kind, value }) => `${kind} ${value}`).sort()).toEqual([
          'death-certified 2026-10-05',
          'death-certified 2026-10-06',
          'death-reported 2026-10-05',
        ]);
      }),
    );
  });

  /** Takes in the rows one after the other, each its own import at its own instant. */
  function after(...deaths: (Partial<typeof values> & { readonly by?: string })[]) {
    let document = person;
    const outcomes = deaths.map(({ by, ...fields }, index) => {
      const now = `2026-11-0${index + 1}T00:00:00.000Z`;
      const answer = decideDeathRow({ ...values, ...fields }, document, { importId: by ?? `d${index}`, now });
      if (answer.ok && answer.value.person) document = stored(answer.value.person);
      return answer.ok ? answer.value.outcome : answer.error[0]?.column;
    });
    return { outcomes, death: certifiedDeath(document.record.facts) };
  }
  const mistaken = { kind: 'withdrawn' };

  it('withdraws a date certified by mistake, once, and only one that was certified', () => {
    expect(after({}, mistaken, mistaken)).toEqual({
      outcomes: ['changed', 'changed', 'unchanged'],
      death: undefined,
    });
    expect(after(mistaken)).toEqual({ outcomes: ['死亡日期'], death: undefined });
    expect(after({}, { ...mistaken, diedOn: '2026-10-06' })).toEqual({
      outcomes: ['changed', '死亡日期'],
      death: '2026-10-05',
    });
    expect(after({ kind: 'death-reported' }, mistaken).outcomes).toEqual(['changed', '死亡日期']);
  });

  it('leaves the other certified dates when one is withdrawn, the earlier or the later', () => {
    const later = { diedOn: '2026-10-06' };
    expect(after({}, later, mistaken).death).toBe('2026-10-06');
    expect(after({}, later, { ...mistaken, ...later }).death).toBe('2026-10-05');
  });

  it('counts a certificate of the same date that is renewed after a withdrawal, and can withdraw it again', () => {
    expect(after({}, mistaken, {})).toEqual({
      outcomes: ['changed', 'changed', 'changed'],
      death: '2026-10-05',
    });
    expect(after({}, mistaken, {}, {}, mistaken)).toEqual({
      outcomes: ['changed', 'changed', 'changed', 'unchanged', 'changed'],
      death: undefined,
    });
  });

  it('does nothing when the same import comes to the row a second time', () => {
    expect(after({ by: 'a' }, { ...mistaken, by: 'b' }, { by: 'a' }).death).toBeUndefined();
    expect(after({ by: 'a' }, { ...mistaken, by: 'b' }, { by: 'c' }, { ...mistaken, by: 'b' })).toEqual({
      outcomes: ['changed', 'changed', 'changed', 'changed'],
      death: '2026-10-05',
    });
  });

  it('is unmatched, or refused for a name or a date that cannot be', () => {
    const decide = (fields: object, document?: PersonDocument) =>
      decideDeathRow({ ...values, ...fields }, document, { importId: 'd', now: NOW });
    expect(decide({})).toEqual({ ok: true, value: { outcome: 'unmatched' } });
    expect(decide({ name: '李四' }, person)).toMatchObject({ ok: false, error: [{ column: '姓名' }] });
    expect(decide({ diedOn: '1946-03-04' }, person)).toMatchObject({
      ok: false,
      error: [{ column: '死亡日期' }],
    });
  });
});
