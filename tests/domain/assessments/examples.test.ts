// Goal: what is documented is true. Every programme that somebody can be assessed for has an example that gives its stated amount, and the
// schemas say how to write it.
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { exampleOf } from '../../../domain/assessments/examples.ts';
import { caseSchema, factsSchema, parametersSchema } from '../../../domain/assessments/schemas.ts';
import { RUN_PARAMETERS } from '../../../domain/policy/run-parameters.ts';
import { PROGRAMMES } from '../../../domain/programmes/index.ts';
import { assessed } from './assessed.ts';

const ALL = Object.values(PROGRAMMES).flatMap((one) => (one ? [[one.id, one] as const] : []));
type Property = { readonly description?: string; readonly type?: string };
/** Money of a fund and of projects: nobody is assessed for it. */
const WITHOUT = new Set(['imprest', 'venture-fund']);

/** The schema as somebody who only has the JSON reads it. */
const WRITTEN = z.fromJSONSchema(caseSchema());

describe.each(ALL)('%s', (_id, programme) => {
  it('has schemas of facts and parameters with words for everything', () => {
    const facts = factsSchema(programme);
    const parameters = parametersSchema(programme.parameters);
    const silent = [facts, parameters].flatMap((schema) =>
      Object.entries(schema['properties'] as Record<string, Property>).flatMap(([name, one]) =>
        /\p{Script=Han}.* \/ /u.test(one.description ?? '') || one.type === 'object' ? [] : [name],
      ),
    );
    expect(silent).toEqual([]);
    expect(JSON.stringify(facts)).not.toContain('$ref');
  });
});

it.each(ALL.filter(([id]) => !WITHOUT.has(id)))('%s has an example that gives its stated amount', (id) => {
  const example = exampleOf(id)!;
  const answer = assessed(example.jurisdiction, example.month, example.case);
  const mine = answer.results.find((one) => one.programme === id)!;
  expect(mine).toMatchObject({ amount: example.amount });
  expect(Number(example.amount)).toBeGreaterThan(0);
  expect(WRITTEN.safeParse(example.case).error?.issues).toBeUndefined();
});

describe('schemas', () => {
  it('of a case refuses what it does not know', () => {
    const given = { persons: [{ age: 40, name: '张三' }], enrolments: [{ programme: 'dibao' }] };
    expect(WRITTEN.safeParse(given).success).toBe(false);
  });

  it('of a case and of what all programmes share are JSON', () => {
    const shown = caseSchema();
    expect(JSON.parse(JSON.stringify(shown))).toEqual(shown);
    expect(shown).toMatchObject({ type: 'object', required: ['enrolments'], additionalProperties: false });
    expect(parametersSchema(RUN_PARAMETERS)).toMatchObject({ type: 'object' });
  });
});
