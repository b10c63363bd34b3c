import { createHash } from 'node:crypto';
import { parseEndToEndId, paymentId } from '../../../domain/ids.ts';
import type { Planted } from '../sample/district.ts';
import { cardNumber } from '../sample/numbers.ts';
import type { ResponseOf } from './api-client.ts';
import type { Answered, Desk } from './payment-run.ts';
import { achieve, HOUSEHOLD_PROGRAMME, personOf } from './prepare.ts';

/** Serial numbers of cards from here on are handed out at counters, after the register was made. */
const NEW_CARDS = 500_000;

/** The payment of somebody in the regular run of a period. */
async function paymentOf({ api }: Desk, idNumber: string, period: string): Promise<string> {
  const { enrolments } = await personOf(api, idNumber);
  return paymentId(period, 'R', enrolments[0]?.enrolmentId ?? '');
}

/** Two people set a finding aside, and one payment is kept back by hand. @returns the payments */
export async function holdAndOverride(
  desk: Desk,
  runId: string,
  period: string,
  { cast }: Planted,
): Promise<{ readonly held: string; readonly overridden: string }> {
  const { api, key } = desk;
  const params = { runId };
  const review = () => api.call('reviewer', 'getReview', { params });
  const overridden = await paymentOf(desk, cast.overridden, period);
  const control = 'shared-account';
  const override = async () => (await review()).overrides.find(({ payment }) => payment === overridden);
  const proposal = { payment: overridden, control, reason: '夫妻共用一张存折，街道已核实两人均健在' };
  await achieve(
    async () => (await override()) !== undefined,
    () => api.call('preparer', 'proposeOverride', { params, body: proposal, key: key('override') }),
  );
  const confirmation = { payment: overridden, control, reason: '已查看街道核实记录，同意放行' };
  await achieve(
    async () => (await override())?.confirmedBy !== undefined,
    // Whoever sets a finding aside signs nothing: the second approver does it, the first one signs.
    () => api.call('approver-2', 'confirmOverride', { params, body: confirmation, key: key('override-2') }),
  );
  const held = await paymentOf(desk, cast.heldByHand, period);
  const hold = { payment: held, reason: '联系不上本人，待街道入户核实' };
  await achieve(
    async () => (await review()).holds.some(({ payment }) => payment === held),
    () => api.call('preparer', 'holdPayment', { params, body: hold, key: key('hold') }),
  );
  return { held, overridden };
}

/** A person decides what the bank's line with another amount was. @returns the exceptions as they stand then */
export async function decideExceptions(
  { api, key }: Desk,
  runId: string,
): Promise<ResponseOf<'listExceptions'>['exceptions']> {
  const list = async () => {
    const pages = await api.pages('approver', 'listExceptions', { params: { runId } });
    return pages.flatMap((page) => page.exceptions);
  };
  for (const { exceptionId, kind } of await list()) {
    if (kind !== 'amount-mismatch') throw new Error(`未预期的差异 / unexpected exception: ${kind}`);
    const body = {
      decision: 'settled',
      reason: '已电话向银行核实：按报盘金额入账，回盘金额系录入错误',
    } as const;
    await achieve(
      async () => (await list()).find((each) => each.exceptionId === exceptionId)?.decision !== undefined,
      () =>
        api.call('approver', 'decideException', {
          params: { runId, exceptionId },
          body,
          key: key(`decide-${exceptionId}`),
        }),
    );
  }
  return await list();
}

/** Lets a payment that was kept back go: the next run pays it. */
export async function releaseHold(
  { api, key, programme }: Desk,
  payment: string,
  reason: string,
): Promise<void> {
  const find = async () => {
    const pages = await api.pages('approver-2', 'listHolds', { query: { programme } });
    return pages.flatMap((page) => page.holds).find((hold) => hold.payment === payment);
  };
  const hold = await find();
  if (!hold) throw new Error(`缓发清单中没有 / not on the list of holds: ${payment}`);
  await achieve(
    async () => (await find())?.release !== undefined,
    () =>
      api.call('approver-2', 'releaseHold', {
        params: { holdId: hold.holdId },
        body: { reason },
        key: key('release-hold'),
      }),
  );
}

/**
 * Somebody whose card is not activated comes to the counter and is paid in cash: stated by the cashier, confirmed by another person.
 * @returns the payment, or undefined in a month without such a failure
 */
export async function payByHand({ api, key }: Desk, runId: string): Promise<string | undefined> {
  const params = { runId };
  const pages = await api.pages('cashier', 'listUnsettled', { params });
  const paymentId = pages
    .flatMap((page) => page.payments)
    .find(({ state, reason }) => state === 'failed' && reason?.action === 'hold')?.payment;
  if (paymentId === undefined) return undefined;
  const find = async () => {
    const { outsidePayments } = await api.call('cashier', 'listOutsidePayments', { params });
    return outsidePayments.find(({ payment }) => payment === paymentId);
  };
  const body = {
    means: 'cash',
    voucher: `XJ-${runId.split('.')[2]}-0001`,
    paidOn: todayInChina(),
    evidence: '现金领取签收单 1 号，本人签名并按指印',
    reason: '社保卡未激活，本人到窗口领取',
  } as const;
  await achieve(
    async () => (await find()) !== undefined,
    () =>
      api.call('cashier', 'proposeOutsidePayment', {
        params: { runId, paymentId },
        body,
        key: key(`by-hand-${paymentId}`),
      }),
  );
  const outsideId = (await find())?.outsideId ?? '';
  const confirmation = { decision: 'confirmed', reason: '已核对签收单与现金日记账' } as const;
  await achieve(
    async () => (await find())?.decision !== undefined,
    () =>
      api.call('approver-2', 'decideOutsidePayment', {
        params: { runId, outsideId },
        body: confirmation,
        key: key(`by-hand-2-${paymentId}`),
      }),
  );
  return paymentId;
}

const todayInChina = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/**
 * New accounts for everybody whose bank said that the account was at fault: proposed with evidence by the preparer,
 * confirmed by another person who signs nothing afterwards. @returns how many
 */
export async function correctAccounts(desk: Desk, answered: readonly Answered[]): Promise<number> {
  let corrected = 0;
  for (const { file, plan } of answered) {
    for (const line of file.lines) {
      const reason = plan.failed.get(line.sequence) ?? plan.returned.get(line.sequence);
      if (reason?.mend !== 'account') continue;
      await correctAccount(desk, line);
      corrected += 1;
    }
  }
  return corrected;
}

async function correctAccount(
  desk: Desk,
  line: { readonly account: string; readonly name: string; readonly endToEndId: string },
): Promise<void> {
  const sent = parseEndToEndId(line.endToEndId);
  const enrolmentId = sent?.payment.split('_')[2] ?? '';
  const { api, key } = desk;
  const personKey = await payeeOf(desk, enrolmentId);
  const account = newCardFor(line.account);
  const query = { enrolmentId };
  const body = { account, holderName: line.name, evidence: '本人持新卡到街道窗口更正，复印件存档' };
  const confirmed = async (): Promise<boolean> => {
    const { accounts } = await api.call('preparer', 'getPerson', { params: { personKey }, query });
    return accounts.some((each) => each.confirmed && each.account.endsWith(account.slice(-4)));
  };
  await achieve(confirmed, async () => {
    const name = key(`account-${line.endToEndId}`);
    const change = await api.call('preparer', 'proposeAccountChange', {
      params: { personKey },
      query,
      body,
      key: name,
    });
    const params = { personKey, changeId: change.changeId };
    await api.call('approver-2', 'confirmAccountChange', { params, query, key: `${name}-2` });
  });
}

/** Who receives for an enrolment: whoever is named, or else the person or the head of the household. */
async function payeeOf({ api, programme }: Desk, enrolmentId: string): Promise<string> {
  const subject = enrolmentId.split('-')[1] ?? '';
  if (programme !== HOUSEHOLD_PROGRAMME) {
    const { enrolments } = await api.call('preparer', 'getPerson', { params: { personKey: subject } });
    return enrolments.find((each) => each.enrolmentId === enrolmentId)?.payee ?? subject;
  }
  const params = { householdKey: subject };
  const { enrolments, members } = await api.call('preparer', 'getHousehold', { params });
  const head = members.find(({ relation }) => relation === 'head')?.person.personKey;
  return enrolments.find((each) => each.enrolmentId === enrolmentId)?.payee ?? head ?? '';
}

/** The card that somebody gets in place of another: always the same one. */
export function newCardFor(account: string): string {
  const hash = createHash('sha256').update(account).digest('hex');
  return cardNumber(NEW_CARDS + (Number.parseInt(hash.slice(0, 10), 16) % 499_999));
}
