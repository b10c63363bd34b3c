import { expect, it } from 'vitest';
import { PROGRAMMES, programmeById } from '../../../domain/programmes/index.ts';
import { RUN_RULES, runRules } from '../../../domain/programmes/run-rules.ts';

it('are those of every programme and of no other, in stacking order', () => {
  expect(Object.keys(RUN_RULES)).toEqual(Object.keys(PROGRAMMES));
  for (const [id, rules] of Object.entries(RUN_RULES)) expect(PROGRAMMES[id]).toMatchObject(rules!);
});

it('name every parameter that a jurisdiction may set, and no other', () => {
  for (const { parameterNames, parameters } of Object.values(PROGRAMMES).map((one) => one!))
    expect(parameterNames).toEqual(Object.keys(parameters));
});

it.each(['nothing-such', 'constructor'])('there are none of "%s", as there is no such programme', (id) => {
  expect(runRules(id)).toMatchObject({ ok: false, error: { code: 'invalid/programme' } });
  expect(programmeById(id)).toEqual(runRules(id));
});
