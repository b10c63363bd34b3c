// Goal: the amounts that are published are paid, by district, residence, tier and month, and a month without one is refused.
// Method: the worked examples, each through the schedule that a decision is proposed with.
import { describe, expect, it } from 'vitest';
import { toYuan } from '../../../../domain/money.ts';
import { parsePolicyPack } from '../../../../domain/policy/parse-pack.ts';
import { PROGRAMMES } from '../../../../domain/programmes/index.ts';
import { renderStep } from '../../../../domain/programmes/sentences.ts';
import { TEKUN_CASES, type TekunCase } from '../../../../domain/programmes/tekun/cases.ts';
import { must } from '../samples.ts';
import { type CareProgramme, careFiles, inputOf } from './samples.ts';

function proposed(example: TekunCase, id: CareProgramme): Record<string, string> | string {
  const { birthDate = '1950-03-05', jurisdiction, month, residence, setting, tier } = example;
  const person = {
    person: 'PERSON',
    birthDate,
    ...(residence && { residence }),
    ...(setting && { setting }),
    ...(tier && { selfCare: tier }),
  };
  const programme = PROGRAMMES[id]!;
  // 起发 differs by place: decided so that the month is the first.
  const before = `${Number(month.slice(0, 4)) - (month.endsWith('-01') ? 1 : 0)}-${String(((Number(month.slice(5)) + 10) % 12) + 1).padStart(2, '0')}`;
  const change = { kind: 'initial', appliedOn: `${before}-10`, decidedOn: `${before}-20` } as const;
  const found = programme.propose!(change, inputOf(jurisdiction, id, [['2000-01', person]]));
  if (!found.ok) return found.error.code;
  const [span] = found.value.spans;
  expect(span?.from).toBe(month);
  for (const step of span!.derivation) expect(renderStep(programme, step).zh).not.toMatch(/undefined|\{/);
  return Object.fromEntries(span!.components.map(({ component, fen }) => [component, toYuan(fen)]));
}

/** What each example says of each programme: components in yuan, or the code of a refusal. */
const EXPECTED = TEKUN_CASES.flatMap((example) => {
  const { basic, care, pocketMoney, row } = example;
  const parts = [
    ['tekun', basic, { basic, ...(pocketMoney && { 'pocket-money': pocketMoney }) }],
    ['tekun-care', care, { care }],
  ] as const;
  return parts.flatMap(([id, said, amounts]) =>
    said === undefined ? [] : [[`${row} (${id})`, example, id, said.includes('/') ? said : amounts] as const],
  );
});

describe('worked examples', () => {
  it('are all looked at', () => {
    expect(EXPECTED.length).toBeGreaterThan(TEKUN_CASES.length);
  });
  it.each(EXPECTED)('%s', (_, example, id, amounts) => {
    expect(proposed(example, id)).toEqual(amounts);
  });
});

describe('packs', () => {
  it.each(careFiles().map((file) => [`${file.jurisdiction} ${file.programme}`, file] as const))(
    '%s is accepted without a warning',
    (_, file) => {
      expect(must(parsePolicyPack(file)).warnings).toEqual([]);
    },
  );
  it('no amount is official but those that were printed', () => {
    const amounts = ['standard', 'careStandard', 'minimumWage'];
    const official = careFiles().flatMap((file) =>
      file.values
        .filter(({ parameter, sample }) => amounts.includes(parameter) && !sample)
        .map(({ parameter }) => `${file.jurisdiction} ${parameter}`),
    );
    expect(official).toEqual(['440100', '440112', '440113', '440115'].map((place) => `${place} standard`));
  });
});
