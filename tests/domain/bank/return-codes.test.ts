import { describe, expect, test } from 'vitest';
import { classifyReason, RETURN_REASONS, returnReason } from '../../../domain/bank/return-codes.ts';

describe('why banks refuse or return a payment', () => {
  test.each([
    ['', '账户不存在', 'ACCT_NOT_FOUND'],
    ['', '无此账号', 'ACCT_NOT_FOUND'],
    ['', '卡号有误', 'ACCT_NOT_FOUND'],
    ['', '户名不符', 'NAME_MISMATCH'],
    ['', '收款人 户名　与账号不符', 'NAME_MISMATCH'],
    ['', '收款人名称错误', 'NAME_MISMATCH'],
    ['', '已销户', 'ACCT_CLOSED'],
    ['', '该账户已注销', 'ACCT_CLOSED'],
    ['', '账户冻结', 'ACCT_FROZEN'],
    ['', '止付', 'ACCT_FROZEN'],
    ['', '挂失', 'ACCT_FROZEN'],
    ['', '只付不收', 'ACCT_FROZEN'],
    ['', '睡眠户', 'ACCT_DORMANT'],
    ['', '久悬户', 'ACCT_DORMANT'],
    ['', '社保卡金融功能未激活', 'CARD_NOT_ACTIVE'],
    ['', 'Ⅱ类户日累计超限', 'LIMIT_EXCEEDED'],
    ['', '行号错误', 'BANK_CODE_BAD'],
    ['', '收款行不存在', 'BANK_CODE_BAD'],
    ['', '付款账户余额不足', 'PAYER_NO_FUNDS'],
    ['', '重复批次', 'DUPLICATE'],
    ['', '总笔数/总金额不符', 'TOTAL_MISMATCH'],
    ['', '超过截止时间', 'CUTOFF'],
    ['', '客户已死亡', 'DECEASED'],
    ['', '持卡人死亡，账户已销户', 'DECEASED'],
    ['', '存款人亡故', 'DECEASED'],
    ['', '字符非法', 'CHARSET'],
    ['', '其他', 'OTHER'],
    ['', '交易超时', 'OTHER'],
    ['', '交易状态未明，请查询对账结果', 'OTHER'],
    ['', '', 'OTHER'],
    ['E9999', '天气不好', 'OTHER'],
    ['AC04', '', 'ACCT_CLOSED'],
    ['ac04', '', 'ACCT_CLOSED'],
    ['AC06', '', 'ACCT_FROZEN'],
    ['AC06', '睡眠户', 'ACCT_DORMANT'],
    ['MD07', '', 'DECEASED'],
    ['AM05', '', 'DUPLICATE'],
    ['PDNG', '', 'OTHER'],
    ['NAME_MISMATCH', '', 'NAME_MISMATCH'],
  ])('code %j, text %j is %s', (code, text, expected) => {
    expect(classifyReason(code, text)).toBe(expected);
  });

  test('of several reasons the graver one counts', () => {
    expect(classifyReason('', '客户已死亡，账户冻结')).toBe('DECEASED');
    expect(classifyReason('', '账户不存在，交易处理中')).toBe('OTHER');
    expect(classifyReason('AC01', '疑似重复')).toBe('DUPLICATE');
  });

  test('what may still become a credit is never paid again without asking', () => {
    for (const code of ['OTHER', 'DUPLICATE', 'TOTAL_MISMATCH'] as const) {
      expect(returnReason(code).retryClass).toBe('investigate');
    }
    const again = RETURN_REASONS.filter((reason) => reason.retryClass === 'retry');
    expect(again.map((reason) => reason.code)).toEqual(['PAYER_NO_FUNDS', 'CUTOFF']);
  });

  test('classes of the others', () => {
    expect(returnReason('DECEASED').retryClass).toBe('deceased');
    expect(returnReason('ACCT_FROZEN').retryClass).toBe('hold');
    expect(returnReason('CARD_NOT_ACTIVE').retryClass).toBe('hold');
    expect(returnReason('ACCT_NOT_FOUND').retryClass).toBe('fix-data');
    expect(returnReason('LIMIT_EXCEEDED').retryClass).toBe('fix-data');
  });

  test('every variant and ISO code leads to the reason that lists it, and no code is listed twice', () => {
    for (const reason of RETURN_REASONS) {
      for (const variant of reason.variants) {
        expect([variant, classifyReason('', variant)]).toEqual([variant, reason.code]);
      }
      for (const iso of reason.iso) expect([iso, classifyReason(iso, '')]).toEqual([iso, reason.code]);
    }
    const iso = RETURN_REASONS.flatMap((reason) => [...reason.iso]);
    expect(new Set(iso).size).toBe(iso.length);
  });
});
