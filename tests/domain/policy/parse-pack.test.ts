import { describe, expect, it } from 'vitest';
import { parsePolicyPack } from '../../../domain/policy/parse-pack.ts';
import { codeOf, must, type PackFile, packFile } from '../programmes/samples.ts';

type Change = (file: PackFile) => unknown;

/** What the parser says about a changed Beijing pack. */
function refusalOf(change: Change) {
  const file = packFile('110000');
  const changed = change(file);
  const answer = parsePolicyPack(changed ?? file);
  return answer.ok ? undefined : answer.error;
}

/** Changes one value of the pack in place. */
const edit =
  (index: number, changes: object): Change =>
  (file) => {
    Object.assign(file.values[index]!, changes);
  };
const setBands = (value: unknown): Change => edit(0, { value });

describe('the packs of the policy book', () => {
  it.each(['110000', '110199', '231025'])('%s is accepted without a warning', (place) => {
    expect(must(parsePolicyPack(packFile(place))).warnings).toEqual([]);
  });

  it('published amounts are no samples; amounts of a system in use are', () => {
    const sampleOf = (place: string) =>
      packFile(place).values.find((row) => row.parameter === 'bands')?.sample;
    expect([sampleOf('110000'), sampleOf('231025')]).toEqual([undefined, true]);
  });
});

describe('a pack with a mistake is refused whole, naming the path', () => {
  const cases: [string, string, Change][] = [
    ['not an object', '(file)', () => '[]'],
    ['no values', 'values', (file) => ({ ...file, values: [] })],
    ['unknown field', '(file)', (file) => ({ ...file, note: 'x' })],
    ['short jurisdiction', 'jurisdiction', (file) => ({ ...file, jurisdiction: '1100' })],
    ['unknown programme', 'programme', (file) => ({ ...file, programme: 'low-age' })],
    [
      'programme named like a member of Object',
      'programme',
      (file) => ({ ...file, programme: 'constructor' }),
    ],
    ['unknown parameter', 'values[1].parameter', edit(1, { parameter: 'bandsStart' })],
    ['parameter named like a member of Object', 'values[1].parameter', edit(1, { parameter: 'toString' })],
    ['missing citation', 'values[0].citation', edit(0, { citation: undefined })],
    [
      'empty document number',
      'values[0].citation.document',
      edit(0, { citation: { document: '', title: 'x' } }),
    ],
    ['month 13', 'values[0].inForceFrom', edit(0, { inForceFrom: '2019-13' })],
    ['no such day', 'values[0].decidedOn', edit(0, { decidedOn: '2019-02-29' })],
    ['a last month that means for ever', 'values[0].inForceTo', edit(0, { inForceTo: '9999-12' })],
    ['ends before it starts', 'values[0].inForceTo', edit(0, { inForceTo: '2019-09' })],
    [
      'unknown retroactivity',
      'values[0].retroactivity.months',
      edit(0, { retroactivity: { months: 'all' } }),
    ],
    ['sample: false', 'values[0].sample', edit(0, { sample: false })],
    ['unknown option', 'values[1].value', edit(1, { value: 'birthday' })],
    ['amount as a number', 'values[0].value[0]', setBands([{ fromAge: 80, amount: 100 }])],
    ['amount with a separator', 'values[0].value[0]', setBands([{ fromAge: 80, amount: '1,200' }])],
    ['negative amount', 'values[0].value[0]', setBands([{ fromAge: 80, amount: '-1.00' }])],
    ['full-width amount', 'values[0].value[0]', setBands([{ fromAge: 80, amount: '１００' }])],
    ['a class left out', 'values[0].value[0]', setBands([{ fromAge: 80, amounts: { none: '1.00' } }])],
    [
      'bands not rising',
      'values[0].value',
      setBands([
        { fromAge: 90, amount: '5.00' },
        { fromAge: 80, amount: '1.00' },
      ]),
    ],
    ['no bands', 'values[0].value', setBands([])],
  ];
  it.each(cases)('%s', (_, path, change) => {
    const error = refusalOf(change);
    expect(error?.code).toBe('invalid/policy-pack');
    expect(String(error?.detail?.['path'])).toMatch(new RegExp(`^${path.replace(/[()[\].]/g, '\\$&')}`));
    expect(error?.zh).toContain('政策包');
  });

  it('an approval chain has two to five distinct steps and ends with an approver', () => {
    const step = (code: string, role: string) => ({ code, role, office: { zh: '复核', en: 'Review' } });
    const chain = (...steps: object[]) =>
      refusalOf((file) => {
        file.values.find((row) => row.parameter === 'approvalChain')!.value = steps;
      })?.code;
    expect(chain(step('a', 'reviewer'), step('b', 'approver'))).toBeUndefined();
    expect(chain(step('b', 'approver'))).toBe('invalid/policy-pack');
    expect(chain(step('a', 'reviewer'), step('a', 'approver'))).toBe('invalid/policy-pack');
    expect(chain(step('a', 'approver'), step('b', 'reviewer'))).toBe('invalid/policy-pack');
    expect(chain(...'abcdef'.split('').map((code) => step(code, 'approver')))).toBe('invalid/policy-pack');
  });

  it('counts every problem and words the first in both languages', () => {
    const error = refusalOf((file) => {
      file.values[1]!.value = 'birthday';
      file.values[2]!.value = 'mar-2';
    });
    expect(error?.detail).toEqual({ path: 'values[1].value', problems: 2 });
    const month = refusalOf(edit(0, { inForceFrom: '2019-13' }));
    expect([month?.zh.includes('月份，写作 YYYY-MM'), month?.en.includes('a month written YYYY-MM')]).toEqual(
      [true, true],
    );
    const forEver = refusalOf(edit(0, { inForceTo: '9999-12' }));
    expect([forEver?.zh, forEver?.en].every((words) => words?.includes('9999-12'))).toBe(true);
  });

  it('values decided on one day may not overlap', () => {
    const file = packFile('110000');
    file.values.push({ ...file.values[0]!, inForceFrom: '2025-01' });
    expect(codeOf(parsePolicyPack(file))).toBe('conflict/policy-overlap');
  });
});

it('months without a value are a warning that names them', () => {
  const file = packFile('110000');
  const first = { ...file.values[0]!, inForceTo: '2025-12' };
  const second = { ...first, inForceFrom: '2026-04', inForceTo: '2026-12' };
  const third = { ...first, inForceFrom: '2027-01', inForceTo: '2027-12' };
  file.values.splice(0, 1, third, second, first, { ...first, inForceFrom: '2028-02', inForceTo: '2028-12' });
  const { warnings } = must(parsePolicyPack(file));
  expect(warnings).toMatchObject([
    { parameter: 'bands', from: '2026-01', to: '2026-03' },
    { parameter: 'bands', from: '2028-01', to: '2028-01' },
  ]);
});
