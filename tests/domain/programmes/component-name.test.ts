import { expect, test } from 'vitest';
import { componentName } from '../../../domain/programmes/component-name.ts';

test.each([
  ['high-age', 'allowance', '高龄津贴'],
  ['temporary-aid', 'imprest:DT-1', '备用金现金救助（DT-1）'],
  ['temporary-aid', 'unknown', undefined],
  ['no-such-programme', 'allowance', undefined],
])('of %s, %s is called %s', (programme, component, zh) => {
  expect(componentName(programme, component)?.zh).toBe(zh);
});
