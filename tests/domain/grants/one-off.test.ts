// Goal: one-off grants come out to the fen, every refusal has its case, and no amount leaves the bounds that policy sets. Method: the
// worked examples on the packs of the policy book, then random facts against an independent sum.
import { readdirSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { ONE_OFF_CASES, type OneOffCase } from '../../../domain/grants/cases.ts';
import { sumFen, toYuan } from '../../../domain/money.ts';
import { policyBook } from '../../../domain/policy/book.ts';
import { parsePolicyPack } from '../../../domain/policy/parse-pack.ts';
import { PROGRAMMES } from '../../../domain/programmes/index.ts';
import type { GrantFacts, GrantInput, GrantProposal } from '../../../domain/programmes/programme.ts';
import { renderStep } from '../../../domain/programmes/sentences.ts';
import { GRANT_LIST_COLUMNS } from '../../../domain/register/grant-columns.ts';
import type { Result } from '../../../domain/result.ts';
import { policyFile } from '../../policy-files.ts';
import { codeOf, must } from '../programmes/samples.ts';

const ONE_OFFS = [...new Set(ONE_OFF_CASES.map(({ programme }) => programme))];
const BOOK = new URL('../../../domain/policy-book/', import.meta.url);

function workOut(
  one: Pick<OneOffCase, 'programme' | 'jurisdiction' | 'facts' | 'earlier'> & Partial<OneOffCase>,
  subject?: GrantInput['subject'],
): Result<GrantProposal> {
  const { programme, jurisdiction, appliedOn = '2026-10-12', decidedOn = '2026-10-20', earlier = [] } = one;
  const rules = PROGRAMMES[programme]!.grant!;
  const book = must(policyBook([must(parsePolicyPack(policyFile(jurisdiction, programme))).pack]));
  const facts = z.parse(rules.schema, one.facts);
  const view = { book, scope: { jurisdiction, programme, knownOn: decidedOn } };
  return rules.workOut({ facts, appliedOn, decidedOn, view, earlier, ...(subject && { subject }) });
}
const paid = (proposal: GrantProposal) =>
  proposal.parts.map(({ components }) => toYuan(sumFen(components.map(({ fen }) => fen))));

describe('worked examples', () => {
  it.each(ONE_OFF_CASES)('$programme $row', (one) => {
    const worked = workOut(one);
    expect(worked.ok ? paid(worked.value) : worked.error.code).toEqual(one.due);
    if (!worked.ok) return;
    const proposal = worked.value;
    expect(one.persons ?? proposal.persons).toBe(proposal.persons);
    expect(proposal.sample).toBe(one.basis === 'sample');
    expect(proposal.decidedAt).toBe('district');
    for (const step of proposal.derivation) {
      expect(step.citation).toBeDefined();
      expect(renderStep({ id: one.programme }, step).zh).not.toBe('');
    }
    for (const { components } of proposal.parts)
      for (const { component } of components) {
        expect(PROGRAMMES[one.programme]!.components).toHaveProperty([component]);
      }
  });
});

describe('packs', () => {
  const packs = readdirSync(BOOK).flatMap((place) =>
    readdirSync(new URL(`${place}/`, BOOK))
      .map((file) => file.replace('.json', ''))
      .filter((programme) => ONE_OFFS.includes(programme))
      .map((programme) => ({ place, programme })),
  );

  it.each(packs)(
    '$place $programme sets every parameter; what was not read is a sample',
    ({ place, programme }) => {
      const file = policyFile(place, programme);
      expect(must(parsePolicyPack(file)).warnings).toEqual([]);
      const set = new Set(file.values.map(({ parameter }) => parameter));
      expect(Object.keys(PROGRAMMES[programme]!.parameters).filter((name) => !set.has(name))).toEqual([]);
      const published = file.values.filter(({ sample }) => !sample);
      for (const { citation } of published) expect((citation as { url?: string }).url).toMatch(/^https?:/);
      expect(place === '110199' ? published : []).toEqual([]);
    },
  );

  it('are of every programme in the sample district', () => {
    expect(
      packs
        .filter(({ place }) => place === '110199')
        .map(({ programme }) => programme)
        .sort(),
    ).toEqual(ONE_OFFS.toSorted());
  });
});

describe('rules', () => {
  const death = { diedOn: '2026-09-28', residency: 'registered', settlement: 'waived', otherMoney: [] };
  const known = (kind: 'identity-class' | 'death-certified' | 'birth-date', value: string) => ({
    kind,
    value,
    validFrom: '2020-01-01',
    recordedAt: '2026-10-01T00:00:00.000Z',
    source: 'register',
    by: 'staff',
  });
  const funeral = {
    programme: 'funeral',
    jurisdiction: '110199',
    facts: { ...death, items: { cremation: '380.00' } },
  };
  const inLife = {
    programme: 'green-burial-agreement',
    jurisdiction: '110199',
    facts: { agreement: '协12', signedOn: '2025-03-01', year: 2026 },
  };

  it('a decedent whom the register knows as 特困 has that funeral money, whatever was stated', () => {
    expect(codeOf(workOut(funeral, [known('identity-class', 'tekun')]))).toBe('conflict/other-funeral-money');
    expect(codeOf(workOut(funeral, [known('identity-class', 'dibao')]))).toBe('ok');
  });

  it('a second funeral of one decedent is refused, wherever the first was', () => {
    const earlier = [{ programme: 'funeral', decidedOn: '2026-10-01', fen: 100 as never }];
    expect(codeOf(workOut({ ...funeral, earlier }))).toBe('conflict/already-granted');
  });

  it.each([
    ['2025-12-31', 'conflict/deceased'],
    ['2026-01-01', 'ok'],
  ])('a signatory who died on %s: %s for 2026', (day, code) => {
    expect(codeOf(workOut(inLife, [known('death-certified', day)]))).toBe(code);
  });

  it.each([
    ['1965-03-01', 'ok'],
    ['1965-03-02', 'policy/agreement-age'],
  ])('a signatory born on %s who signed at sixty or not: %s', (born, code) => {
    expect(codeOf(workOut(inLife, [known('birth-date', born)]))).toBe(code);
  });

  it('money that rests on a rule that nobody read is a sample: other funeral money, what was paid in life', () => {
    const facts = { ...funeral.facts, otherMoney: ['pension-insurance'] };
    const beside = must(workOut({ ...funeral, jurisdiction: '440882', facts }));
    expect([paid(beside), beside.sample]).toEqual([['250.00'], true]);
    const burial = { diedOn: '2026-09-01', buriedOn: '2026-09-20', way: 'sea' };
    const green = { programme: 'green-burial', jurisdiction: '350300', facts: burial };
    const earlier = [{ programme: 'green-burial-agreement', decidedOn: '2026-03-01', fen: 30_000 as never }];
    expect(must(workOut(green)).sample).toBe(false);
    expect(must(workOut({ ...green, earlier })).sample).toBe(true);
  });

  it('a disaster is the same however its name is typed', () => {
    const { occasion } = PROGRAMMES['disaster-relief']!.grant!;
    const typed = ['7·21洪涝', '7．21 洪涝', '７.21洪涝　', '“7·21”洪涝'];
    expect(new Set(typed.map((disaster) => occasion!({ disaster }))).size).toBe(1);
    expect(occasion!({ disaster: '7·22洪涝' })).not.toBe(occasion!({ disaster: '7·21洪涝' }));
  });

  it('a row that leaves out the residency or other funeral money comes back: neither is taken for granted', () => {
    const { fromRow, schema } = PROGRAMMES['funeral']!.grant!;
    const row = { diedOn: '2026-09-28', residency: 'registered', otherMoney: ';', cremation: '380.00' };
    for (const [left, issues] of [
      [row, []],
      [{ ...row, residency: undefined }, ['residency']],
      [{ ...row, otherMoney: undefined }, ['otherMoney']],
    ] as const) {
      const read = schema.safeParse(fromRow!(left));
      expect(read.error?.issues.map(({ path }) => path[0]) ?? []).toEqual(issues);
    }
  });

  it('a death before the policy began names the gap instead of taking the nearest amount', () => {
    const facts = { ...death, diedOn: '2025-12-31', items: { cremation: '380.00' } };
    expect(codeOf(workOut({ ...funeral, facts }))).toBe('policy/gap');
  });
});

describe('properties', () => {
  const yuan = fc.integer({ min: 1, max: 500_000 }).map((fen) => toYuan(fen as never));
  const items = [
    'transport',
    'disinfection',
    'storage',
    'farewell',
    'cremation',
    'urn',
    'urn-keeping',
  ] as const;

  it('a funeral never gets more than was charged, than any limit, or than the limit of all', () => {
    const caps = policyFile('440882', 'funeral').values[0]!.value as Record<string, string>;
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...items), yuan, { minKeys: 1 }), (charged) => {
        const facts = { diedOn: '2026-09-28', residency: 'registered', settlement: 'waived', otherMoney: [] };
        const one = { programme: 'funeral', jurisdiction: '440882', facts: { ...facts, items: charged } };
        const due = Math.round(Number(paid(must(workOut(one)))[0]) * 100);
        const each = Object.entries(charged).map(([item, text]) =>
          Math.round(Math.min(Number(text), Number(caps[item])) * 100),
        );
        expect(due).toBe(
          Math.min(
            154_000,
            each.reduce((sum, fen) => sum + fen, 0),
          ),
        );
      }),
    );
  });

  it('disaster relief is the sum of counts at their rates', () => {
    const count = fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined });
    const stated = fc.record({
      evacuated: count,
      drought: count,
      winterSpring: count,
      bereaved: count,
      transition: fc.option(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 90 })), {
        nil: undefined,
      }),
      house: fc.option(fc.constantFrom('collapsed', 'severe', 'damaged'), { nil: undefined }),
    });
    fc.assert(
      fc.property(stated, ({ transition, ...rest }) => {
        const filled = Object.entries(rest).filter(([, value]) => value !== undefined);
        const facts: GrantFacts = {
          disaster: '洪涝',
          occurredOn: '2026-10-03',
          ...Object.fromEntries(filled),
          ...(transition && { transition: transition[0], transitionDays: transition[1] }),
        };
        const expected =
          (rest.evacuated ?? 0) * 300 +
          (rest.drought ?? 0) * 60 +
          (rest.winterSpring ?? 0) * 90 +
          (rest.bereaved ?? 0) * 10_000 +
          (transition ? transition[0] * transition[1] * 20 : 0) +
          (rest.house === undefined ? 0 : rest.house === 'damaged' ? 2_000 : 20_000);
        const worked = workOut({ programme: 'disaster-relief', jurisdiction: '330213', facts });
        const due = expected === 0 ? 'invalid/nothing-due' : toYuan((expected * 100) as never);
        expect(worked.ok ? paid(worked.value)[0] : worked.error.code).toBe(due);
      }),
    );
  });
});

it('what a row of a list states passes the schema of its programme, from the examples of its columns', () => {
  const context = { jurisdiction: '110199', today: '2026-11-22' } as const;
  for (const id of ONE_OFFS) {
    const { columns, fromRow, schema } = PROGRAMMES[id]!.grant!;
    const cells = Object.entries(columns!).flatMap(([name, column]) => {
      expect(GRANT_LIST_COLUMNS).toHaveProperty([name]);
      return column.example === undefined || name === 'withdrawnOn'
        ? []
        : [[name, must(column.parse(column.example, context))]];
    });
    const facts = fromRow!(Object.fromEntries(cells));
    expect(schema.safeParse(facts).error?.issues ?? [], id).toEqual([]);
  }
});
