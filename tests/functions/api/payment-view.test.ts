import { describe, expect, it } from 'vitest';
import { RETURN_REASONS } from '../../../domain/bank/return-codes.ts';
import { CONTROLS } from '../../../domain/controls/index.ts';
import { fen } from '../../../domain/money.ts';
import { paymentView } from '../../../functions/api/views/payment-view.ts';
import type { PaymentHistory } from '../../../functions/run/service.ts';

function history(fields: Partial<PaymentHistory>): PaymentHistory {
  return {
    payment: '2026-12_R_GL-7Z3K9QX2M4BT-1',
    programme: 'high-age',
    period: '2026-12',
    fen: fen(10_000),
    state: 'settled',
    lines: [],
    attempts: [],
    ...fields,
  };
}
const attempt = (state: 'settled' | 'failed' | 'returned' | 'in-transit', fields = {}) =>
  ({ attempt: 1, state, fen: fen(10_000), ...fields }) as const;

describe('a payment as its beneficiary reads it', () => {
  it('says when it was paid, only once it is', () => {
    const paid = paymentView(history({ attempts: [attempt('settled', { bankDate: '2026-11-27' })] }));
    expect(paid).toMatchObject({ amount: '100.00', paidOn: '2026-11-27', stateNames: { zh: '已发放' } });
    expect(paid.explanation.zh).toBe('2026-11-27 已发放到您的收款账户');
    const back = paymentView(
      history({
        state: 'returned',
        attempts: [attempt('returned', { bankDate: '2026-11-27', reason: 'ACCT_CLOSED' })],
      }),
    );
    expect(back.paidOn).toBeUndefined();
    expect(back.stateNames.zh).toBe('银行退回，待重发');
    expect(
      paymentView(history({ state: 'in-transit', attempts: [attempt('in-transit')] })).explanation.zh,
    ).toBe('已报送银行，等待银行回复');
    expect(paymentView(history({ state: 'preparing' })).explanation.zh).toContain('尚未发放');
  });

  it('says what of it was ordered back', () => {
    const orderedBack = { fen: fen(4_000), outstandingFen: fen(1_000) };
    const { explanation } = paymentView(history({ attempts: [attempt('settled', { orderedBack })] }));
    expect(explanation.zh).toBe(
      '已发放到您的收款账户；其中 40.00 元已决定追缴，尚欠 10.00 元，详见追缴通知书',
    );
  });

  it.each(RETURN_REASONS.map(({ code }) => code))('tells what to do about %s', (reason) => {
    const { explanation, state } = paymentView(
      history({
        state: 'failed',
        attempts: [attempt('failed', { reason: 'OTHER' }), attempt('failed', { reason })],
      }),
    );
    const known = RETURN_REASONS.find(({ code }) => code === reason);
    expect(state).toBe('failed');
    expect(explanation.zh).toMatch(new RegExp(`^银行原因：${known?.label.zh}。.{6,}`));
    expect(explanation.en).toContain(known?.label.en);
  });

  it('says where unclaimed money went, and that it may be claimed', () => {
    const lost = attempt('failed', { reason: 'ACCT_CLOSED', surrendered: true });
    const { explanation, state } = paymentView(history({ state: 'failed', attempts: [lost] }));
    expect(state).toBe('failed');
    expect(explanation.zh).toMatch(/上缴财政.*认领/);
    expect(explanation.en).toContain('treasury');
  });

  it('says in words that people decided, after asking the bank', () => {
    const { explanation } = paymentView(
      history({ state: 'failed', attempts: [attempt('failed', { reason: 'DECIDED:amount-mismatch' })] }),
    );
    expect(explanation.zh).toBe('银行原因：经向银行核实，未入账或已退回。无须办理，将在下一批次重发');
    expect(explanation.en).toBe(
      'the bank says: not credited, or come back, as the bank was asked. nothing to do: it is sent again with the next run',
    );
  });

  it('asks the bank about a reason that nobody knows', () => {
    const unknown = paymentView(
      history({ state: 'failed', attempts: [attempt('failed', { reason: 'X9' })] }),
    );
    expect(unknown.explanation.zh).toBe('银行原因：X9。正在向银行查询，查明后重发');
  });

  it.each(CONTROLS.map(({ code }) => code))(
    'explains a hold by %s without the words of the office',
    (control) => {
      const finding = { control, zh: '内部用语', en: 'words of the office' };
      const { explanation } = paymentView(history({ state: 'held', heldBecause: [finding] }));
      // Whom to see, or that there is nothing to do.
      expect(explanation.zh).toMatch(/街道窗口|无须办理/);
      expect(JSON.stringify(explanation)).not.toMatch(/内部用语|words of the office|死亡|dead|deceased/);
    },
  );

  it('names the parts of the amount', () => {
    const { lines } = paymentView(
      history({
        lines: [
          { month: '2026-10', component: 'allowance', fen: fen(10_000), kind: 'arrears', cause: 'period' },
          { month: '2026-12', component: 'no-such', fen: fen(-5), kind: 'set-off' },
        ],
      }),
    );
    expect(lines[0]).toMatchObject({ month: '2026-10', amount: '100.00', kind: 'arrears' });
    expect(lines[0]?.names.zh).toMatch(/（补发）$/);
    expect(lines[1]).toMatchObject({ amount: '-0.05', names: { zh: '抵扣', en: 'set off' } });
  });
});
