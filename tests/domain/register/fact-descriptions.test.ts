import { describe, expect, it } from 'vitest';
import { FACT_DESCRIPTIONS } from '../../../domain/register/fact-descriptions.ts';
import { isFactValue } from '../../../domain/register/fact-values.ts';
import type { FactKind } from '../../../domain/register/facts.ts';

describe('descriptions of facts', () => {
  it.each(Object.entries(FACT_DESCRIPTIONS))(
    '%s: the example is a value of the kind',
    (kind, { example }) => {
      expect(isFactValue(kind as FactKind, example)).toBe(true);
      expect(example).not.toBe('');
    },
  );
});
