import { expect, test } from 'vitest';
import { maskAccount, maskId, maskName, maskPhone } from '../../domain/mask.ts';

test.each([
  ['张三', '张*'],
  ['张三丰', '张**'],
  ['欧阳娜娜', '欧阳**'],
  ['欧阳修', '欧阳*'],
  ['司马', '司*'],
  ['𬎆㛃', '𬎆*'],
  ['㛃', '*'],
  ['', '*'],
  ['阿依古丽·麦麦提', '阿依古丽·***'],
  ['阿依古丽•麦麦提', '阿依古丽·***'],
  ['麦麦提·阿卜杜拉·吐尔逊', '麦麦提·***'],
  ['John Smith', 'John ***'],
  ['Madonna', 'M***'],
])('the name %s is shown as %s', (name, shown) => {
  expect(maskName(name)).toBe(shown);
});

test.each([
  ['330203194603050012', '330203********0012'],
  ['11010519491231002X', '110105********002X'],
  ['11010519491231002', '******'],
  ['1101051949123100222', '******'],
])('the identity number %s is shown as %s', (number, shown) => {
  expect(maskId(number)).toBe(shown);
});

test.each([
  ['621700000000000014', '****0014'],
  ['12345678', '****5678'],
  ['1234567', '****'],
  ['张三62170000', '****'],
])('the account %s is shown as %s', (account, shown) => {
  expect(maskAccount(account)).toBe(shown);
});

test.each([
  ['13812345678', '138****5678'],
  ['138 1234 5678', '138****5678'],
  ['010-12345678', '****5678'],
  ['1234567', '****'],
  ['张三', '****'],
])('the phone %s is shown as %s', (phone, shown) => {
  expect(maskPhone(phone)).toBe(shown);
});
