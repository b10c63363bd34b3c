import { expect, test } from 'vitest';
import { type References, resolve } from '../../../infra/local/intrinsics.ts';

const references: References = {
  ref: (name) => ({ 'AWS::Region': 'cn-north-1', Table: 'fafang-ledger', Two: 2 })[name],
  attribute: (resource, attribute) => (resource === 'Table' && attribute === 'Arn' ? 'arn:table' : undefined),
  imported: (name) => (name === 'Data:Queue' ? 'http://queue' : undefined),
};
const resolved = (value: unknown): unknown => resolve(value, references);

test.each([
  [{ Ref: 'Table' }, 'fafang-ledger'],
  [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:table'],
  [{ 'Fn::GetAtt': 'Table.Arn' }, 'arn:table'],
  [{ 'Fn::ImportValue': { 'Fn::Sub': 'Data:Queue' } }, 'http://queue'],
  [{ 'Fn::Join': ['/', ['a', { Ref: 'Table' }, 'c']] }, 'a/fafang-ledger/c'],
  [{ 'Fn::Join': ['', { 'Fn::Split': ['-', { Ref: 'Table' }] }] }, 'fafangledger'],
  [{ 'Fn::Select': [1, { 'Fn::Split': ['-', { Ref: 'Table' }] }] }, 'ledger'],
  [{ 'Fn::Select': ['0', ['x', 'y']] }, 'x'],
  // biome-ignore lint: the template's own placeholder syntax
  [{ 'Fn::Sub': '${AWS::Region}/${Table.Arn}/${!Kept}' }, 'cn-north-1/arn:table/${Kept}'],
  [{ 'Fn::Sub': ['${Own}-${Table}', { Own: { Ref: 'Two' } }] }, '2-fafang-ledger'],
  [{ a: [{ Ref: 'Table' }, 1, true, null] }, { a: ['fafang-ledger', 1, true, null] }],
  // An object that only looks like an intrinsic because one of its keys is called Ref is data.
  [
    { Ref: 'Table', other: 1 },
    { Ref: 'Table', other: 1 },
  ],
])('%j', (expression, value) => {
  expect(resolved(expression)).toEqual(value);
});

test.each([
  [{ Ref: 'Missing' }, 'Ref Missing'],
  [{ 'Fn::GetAtt': ['Table', 'StreamArn'] }, 'Table.StreamArn'],
  [{ 'Fn::ImportValue': 'Other' }, 'export Other'],
  [{ 'Fn::Select': [3, ['a']] }, 'Fn::Select 3'],
  [{ 'Fn::Sub': '${Missing.Arn}' }, '${Missing.Arn}'],
  [{ 'Fn::If': ['Condition', 1, 2] }, 'Fn::If'],
])('%j is refused by name', (expression, name) => {
  expect(() => resolved(expression)).toThrow(name);
});
