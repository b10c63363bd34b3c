import type { ControlPolicy } from '../policy/control-parameters.ts';
import type { Control, ControlInput } from './control.ts';

type Account = NonNullable<ControlInput['payee']['account']>;

/**
 * Whether an account was confirmed too short a time before the cut-off to be paid into. What the bank itself reported in its signed file
 * is not waited for: nobody at the bureau named that account.
 */
export function coolsOff({ changed }: Pick<Account, 'changed'>, policy: ControlPolicy | undefined): boolean {
  const days = policy?.accountCoolingOff?.days;
  return days !== undefined && changed !== undefined && !changed.byBankFile && changed.daysBefore < days;
}

/**
 * 账户变更冷静期: money waits for some days after another account was confirmed, in which the payee may object. Lifted by itself: the
 * first run whose cut-off is late enough pays it.
 */
export const accountCoolingOff: Control = {
  code: 'account-cooling-off',
  names: { zh: '账户变更冷静期', en: 'a new account is not paid into at once' },
  basis: '财办〔2020〕37号：补贴到人到户；审计常见问题：发放前集中变更账户、补贴打入他人账户',
  findings: ['C9', 'C18'],
  needs: { zh: '账户变更的确认时间', en: 'when changes of accounts were confirmed' },
  explanation: {
    zh: '账户变更经第二人确认后未满本地规定的天数：满期后下一批次自动发放；银行签章文件带来的变更不受此限',
    en: 'the account was confirmed fewer days ago than the place asks for: the next run after that pays by itself; accounts from the bank’s signed file do not wait',
  },
  severity: 'hold',
  owner: 'preparer',
  parameter: 'accountCoolingOff',
  check: ({ payee, policy }) => {
    const days = policy?.accountCoolingOff?.days ?? 0;
    if (!payee.account || !coolsOff(payee.account, policy)) return undefined;
    return {
      zh: `收款账户变更确认后未满 ${days} 天（不是银行签章文件带来的变更）：满期后下一批次自动发放`,
      en: `the account was confirmed fewer than ${days} days before the cut-off, and not by the bank’s signed file: the next run after that pays it by itself`,
    };
  },
};
