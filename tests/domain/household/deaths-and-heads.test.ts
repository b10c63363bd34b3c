// Goal: what is recorded of a member or of the household itself holds from its day. Method: the month before, of and after.
import { describe, expect, it } from 'vitest';
import { caseOn } from '../../../domain/household/case-on.ts';
import type { Situation } from '../../../domain/programmes/programme.ts';
import {
  after,
  code,
  decide,
  enrolment,
  evidence,
  HEAD,
  HERE,
  MONTHS,
  made,
  now,
  OTHER,
  SPOUSE,
  sizes,
} from './events.ts';
import { fact, family, HOUSEHOLD } from './households.ts';

const heads = (situation: Situation) =>
  MONTHS.map((month) => {
    const found = caseOn(situation, HOUSEHOLD, month);
    return found.ok ? found.value.members.find(({ relation }) => relation === 'head')?.person : undefined;
  });

describe('deaths, heads, prison and residence', () => {
  it('death of a member: counted through its month', () => {
    const event = { event: 'death', person: SPOUSE, date: '2026-05-20', evidence };
    expect(sizes(after(made(event)))).toEqual([3, 3, 2]);
    expect(code({ ...event, person: OTHER })).toBe('missing/member');
  });

  it.each([
    ['2026-06-19', 'ok'],
    ['2026-06-20', 'ok'],
    ['2026-06-21', 'invalid/date-future'],
  ])('death on %s, reported on 2026-06-20: %s', (date, expected) => {
    const decided = decide({ event: 'death', person: SPOUSE, date, evidence });
    const detail = { field: '/date', today: '2026-06-20' };
    expect(decided.ok ? ['ok', detail] : [decided.error.code, decided.error.detail]).toEqual([
      expected,
      detail,
    ]);
  });

  it('new head: from that month, the former one stays what is said of them', () => {
    const changes = made({
      event: 'new-head',
      person: SPOUSE,
      formerHead: 'spouse',
      from: '2026-05',
      evidence,
    });
    expect(heads(after(changes))).toEqual([HEAD, SPOUSE, SPOUSE]);
    expect(code({ event: 'new-head', person: HEAD, formerHead: 'other', from: '2026-05', evidence })).toBe(
      'conflict/already-head',
    );
    const dead = now(family({ [SPOUSE]: [fact('death-certified', '2026-04-01', '2026-04-01')] }));
    expect(
      code(
        { event: 'new-head', person: SPOUSE, formerHead: 'other', from: '2026-05', evidence },
        { household: dead },
      ),
    ).toBe('conflict/dead');
  });

  it.each([
    ['nobody named', undefined, [HEAD]],
    ['the head named', { payee: HEAD, source: 'desk' }, [HEAD]],
    ['the head named as whoever heads', { payee: HOUSEHOLD, source: 'payee-change' }, [HEAD]],
    ['a representative', { payee: OTHER, source: 'payee-change' }, []],
    [
      'who is still paid after an earlier change of head',
      { payee: OTHER, source: 'household-event:he-1' },
      [OTHER],
    ],
  ])('new head where the payee is %s: who was paid stays named', (_who, payee, named) => {
    const record = payee && { ...payee, recordedAt: '2026-01-01T00:00:00.000Z', by: 'x' };
    const paid = { ...enrolment(HOUSEHOLD, HERE), payees: record ? [record] : [] };
    const changes = made(
      { event: 'new-head', person: SPOUSE, formerHead: 'spouse', from: '2026-05', evidence },
      { household: now(family(), { enrolments: [paid] }) },
    );
    expect(changes.enrolments.map((change) => [change.payee, change.facts])).toEqual(
      named.map((key) => [key, []]),
    );
  });

  it('prison and return: excluded while it lasts', () => {
    const excluded = (situation: Situation) =>
      MONTHS.map((month) => {
        const found = caseOn(situation, HOUSEHOLD, month);
        return found.ok && found.value.members.some(({ exclusion }) => exclusion === 'custody');
      });
    const gone = after(
      made({ event: 'custody', person: SPOUSE, state: 'custody', date: '2026-05-10', evidence }),
    );
    expect(excluded(gone)).toEqual([false, true, true]);
    const back = after(
      made({ event: 'custody', person: SPOUSE, state: 'released', date: '2026-06-02', evidence }),
      gone,
    );
    expect(excluded(back)).toEqual([false, true, false]);
  });

  it('urban or rural: from that month', () => {
    const situation = after(made({ event: 'residence', residence: 'rural', from: '2026-05', evidence }));
    const said = MONTHS.map((month) => {
      const found = caseOn(situation, HOUSEHOLD, month);
      return found.ok && found.value.residence;
    });
    expect(said).toEqual(['urban', 'rural', 'rural']);
  });
});
