// Goal: nobody is made public who is not to be: children (京社委儿福发〔2019〕36号: 为保护儿童隐私，不设置公示环节).
import { describe, expect, it } from 'vitest';
import { parsePolicyPack } from '../../../domain/policy/parse-pack.ts';
import { PROGRAMMES } from '../../../domain/programmes/index.ts';
import { PUBLICITY_COLUMNS, publicityAllowed, publicityFaults } from '../../../domain/street/no-publicity.ts';
import { rowFaults } from '../../../domain/street/report-rows.ts';
import { templateXlsx } from '../../../functions/register/workbook/template.ts';
import { policyFile } from '../../policy-files.ts';
import { CHILD_PROGRAMMES } from '../programmes/children/samples.ts';
import { codeOf } from '../programmes/samples.ts';

const published = { publicityFrom: '2026-03-10', publicityTo: '2026-03-16' };

describe.each(CHILD_PROGRAMMES)('%s', (programme) => {
  const rules = PROGRAMMES[programme]!;

  it('has no notice list and no publicity on sheets and reports', () => {
    expect(codeOf(publicityAllowed(programme))).toBe('conflict/no-publicity');
    expect(publicityFaults(rules, published)).toHaveLength(1);
    expect(publicityFaults(rules, { name: '张三' })).toEqual([]);
    const row = { change: 'new', appliedOn: '2026-03-01', account: '6217', idNumber: '1', name: '张三' };
    expect(rowFaults(row, rules)).toEqual([]);
    expect(rowFaults({ ...row, ...published }, rules).map(({ column }) => column)).toEqual(['公示起']);
  });

  it('takes no policy that asks for publicity before a payment', () => {
    const asking = (papers: readonly string[]) => {
      const file = policyFile('110199', programme);
      const [first] = file.values;
      file.values.push({ ...first!, parameter: 'entryPapers', value: { since: '2026-01-01', papers } });
      return codeOf(parsePolicyPack(file));
    };
    expect(asking(['publicity'])).toBe('invalid/policy-pack');
    expect(asking(['publicity', 'check-report'])).toBe('invalid/policy-pack');
    expect(asking(['check-report'])).toBe('ok');
  });
});

it('others are made public as before', () => {
  expect([codeOf(publicityAllowed('dibao')), codeOf(publicityAllowed('nothing-such'))]).toEqual(['ok', 'ok']);
  expect(publicityFaults(PROGRAMMES['high-age']!, published)).toEqual([]);
});

it('a template leaves out the columns that it is told to', () => {
  const text = (without: readonly string[]) =>
    new TextDecoder('latin1').decode(templateXlsx('register', {}, without));
  expect(text([]).length).toBeGreaterThan(text(PUBLICITY_COLUMNS).length);
});
