// Goal: the packs of the programmes for children set what their rules need, cite it, and say where nobody published it.
import { describe, expect, it } from 'vitest';
import { CHILD_PARAMETER_NAMES } from '../../../../domain/children/parameter-names.ts';
import { CHILD_PARAMETERS } from '../../../../domain/children/parameters.ts';
import { governs } from '../../../../domain/policy/book.ts';
import { RUN_PARAMETERS, runPolicy } from '../../../../domain/policy/run-parameters.ts';
import { PROGRAMMES } from '../../../../domain/programmes/index.ts';
import { ENROLMENT_FACT_KINDS, type Fact, PERSON_FACT_KINDS } from '../../../../domain/register/facts.ts';
import { fact, must } from '../samples.ts';
import {
  BOOK,
  CHILD,
  CHILD_PROGRAMMES,
  childBook,
  childFiles,
  due,
  KNOWN_ON,
  on,
  orphan,
  situationOf,
} from './samples.ts';

/** Optional: nothing is looked up, or a rule knows what to do without it. */
const OPTIONAL = ['requiresDecision', 'studyGap', 'entryPapers', 'centralSubsidy'];

describe.each(childFiles())('$jurisdiction $programme', ({ values }) => {
  const names = new Set(values.map(({ parameter }) => parameter));

  it('sets nothing that is no parameter, and no made-up amount without saying so', () => {
    const known = [...Object.keys(CHILD_PARAMETERS), ...Object.keys(RUN_PARAMETERS)];
    expect([...names].filter((name) => !known.includes(name))).toEqual([]);
    for (const { citation, sample } of values) {
      const made = JSON.stringify(citation).includes('样例');
      expect([made, sample === true]).toEqual([made, made]);
    }
  });
});

it.each(childFiles().filter(({ jurisdiction }) => !['000000', '110199'].includes(jurisdiction)))(
  '$jurisdiction $programme sets every parameter that a rule asks for',
  ({ values }) => {
    const names = new Set(values.map(({ parameter }) => parameter));
    const missing = Object.keys(CHILD_PARAMETERS).filter(
      (name) => !names.has(name) && !OPTIONAL.includes(name),
    );
    expect(missing).toEqual([]);
  },
);

it.each(childFiles().filter(({ jurisdiction }) => jurisdiction !== '000000'))(
  '$jurisdiction $programme can be run in December 2026, or says that it lapsed',
  ({ jurisdiction, programme, values }) => {
    expect(runPolicy(BOOK, { jurisdiction, programme, knownOn: KNOWN_ON }, '2026-12').ok).toBe(true);
    const standard = values.filter(({ parameter }) => parameter === 'standard');
    const now = standard.some((row) => governs(row as never, '2026-12'));
    expect(now || standard.length === 0).toBe(jurisdiction !== '440100');
  },
);

describe('the programmes', () => {
  it('name their parameters for runs as they are', () => {
    expect(CHILD_PARAMETER_NAMES).toEqual(Object.keys(CHILD_PARAMETERS));
  });

  it('the sample district pays by Beijing’s standard, and aid at the settlement by its own', () => {
    const settled = on('settled-adult', '2026-11-10', '2026-11-10/示例〔2026〕8号');
    const district = { ...orphan(settled), jurisdiction: '110199' };
    expect([due(district, '2026-10'), due(district, '2026-11')]).toEqual([285000, 2285000]);
  });

  it.each(CHILD_PROGRAMMES)('%s reads the kinds of facts that it says it reads and no others', (id) => {
    const read = new Set<string>();
    const spy = (facts: readonly Fact[]): readonly Fact[] =>
      new Proxy(facts, {
        get: (target, key) => {
          if (key !== 'filter') return Reflect.get(target, key) as unknown;
          return (keep: (one: Fact) => boolean) => {
            for (const kind of [...PERSON_FACT_KINDS, ...ENROLMENT_FACT_KINDS])
              if (keep(fact(kind, '2020-01-01'))) read.add(kind);
            return target.filter(keep);
          };
        },
      });
    const birth = (one: Fact) => (one.kind === 'birth-date' ? { ...one, value: '2007-03-05' } : one);
    const facts = [
      ...orphan().facts.map(birth),
      on('student', '2022-09-01', 'undergraduate'),
      on('child-category', '2024-06-13', { orphan: '201', 'unattended-child': '120' }[id as string] ?? '300'),
    ];
    const { persons, only } = situationOf({ ...orphan(), programme: id, facts });
    const enrolment = { ...only, facts: spy(only.facts) };
    const situation = { persons: { [CHILD]: spy(persons[CHILD]!) }, enrolments: [enrolment] };
    const book = childBook({
      [`110000/${id}`]: { overdueReview: 'stop', stopsOn: ['registration', 'custody', 'missing'] },
    });
    const programme = PROGRAMMES[id]!;
    const input = { enrolment, situation, knownOn: KNOWN_ON, month: '2026-01' };
    must(programme.assessMonth({ ...input, book }));
    must(programme.firstMonth({ ...input, book: BOOK }));
    const declared = [...programme.personFactKinds, ...programme.enrolmentFactKinds];
    expect([...read].sort()).toEqual(declared.toSorted());
  });
});
