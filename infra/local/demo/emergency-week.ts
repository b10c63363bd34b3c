import { fen } from '../../../domain/money.ts';
import {
  type Emergency,
  FUND_BEGINS_WITH,
  generateEmergencies,
  townshipCode,
} from '../sample/emergencies.ts';
import { Refused, type ResponseOf, waitFor } from './api-client.ts';
import { payWithoutTrouble } from './paid-run.ts';
import { computeRun, type Desk, fenOf } from './payment-run.ts';
import type { ClosedRun } from './run-comparison.ts';

export const AID_PROGRAMME = 'temporary-aid';
export const FUND_PROGRAMME = 'imprest';
const FUND = 'yongning-anping';

/** A week of emergencies from the counter to the bank, the fund's cash book, and the vouchers of the fund. */
export type EmergencyWeek = {
  readonly emergencies: readonly Emergency[];
  readonly decided: readonly Decided[];
  /** Of the fund, after the last draw, and when it was filled up again. */
  readonly drawn: ResponseOf<'getImprestFund'>;
  readonly filled: ResponseOf<'getImprestFund'>;
  /** Paid to accounts; what the fund paid, posted; the fund's replenishment. */
  readonly paid: ClosedRun;
  readonly posted: ClosedRun;
  readonly replenished: ClosedRun;
};
export type Decided = {
  readonly emergency: Emergency;
  readonly application: ResponseOf<'getGrantApplication'>;
  /** What the service said to the cash that the fund did not have. */
  readonly refused?: string;
};

/** Lines of progress that `emergencyWeek` prints. */
export const WEEK_STEPS = 5;

/**
 * @param today the service's own day: decisions are of today, what happened lies in the days before
 * @param standard 低保 standard of today, in yuan
 */
export async function emergencyWeek(base: Desk, today: string, standard: number): Promise<EmergencyWeek> {
  const desk = { ...base, programme: AID_PROGRAMME, key: (name: string) => base.key(`aid-${name}`) };
  const { say } = desk;
  const month = today.slice(0, 7);
  await openFund(desk);
  const emergencies = generateEmergencies(desk.seed, today, (days) => daysBefore(today, days), standard);
  const decided: Decided[] = [];
  // One after the other, as they came: who comes last finds the fund empty.
  for (const emergency of emergencies) decided.push(await decide(desk, emergency, today));
  const drawn = await desk.api.call('reviewer', 'getImprestFund', { params: { fundId: FUND } });
  const told = decided.find(({ refused }) => refused !== undefined)?.refused ?? '';
  say(
    `受理 ${emergencies.length} 件，审批 ${decided.filter(({ application }) => application.grant).length} 件；备用金余额 ${drawn.balance} 元，一笔因余额不足改付账户（${told}）`,
    `${emergencies.length} applications taken and decided; the fund has ${drawn.balance} left, one draw was refused for it`,
  );
  await followPapers(desk, decided);
  const paid = await payWithoutTrouble(desk, await computeRun(desk, month, 'S1'));
  say(
    `批次 S1 发放到账户 ${paid.closed.closing?.settled.count} 笔 ${paid.closed.closing?.settled.amount} 元`,
    'run S1 paid the grants to accounts',
  );
  const posted = await payWithoutTrouble(desk, await computeRun(desk, month, 'I1'));
  say(
    `批次 I1 报销备用金支出 ${posted.closed.totals?.payable.count} 笔 ${posted.closed.totals?.payable.amount} 元`,
    'run I1 posted what the fund paid in cash',
  );
  const { replenished, filled } = await replenish(desk, month, today);
  say(
    `备用金盘点相符，补足 ${replenished.closed.closing?.settled.amount} 元，余额 ${filled.balance} 元`,
    'the cash was counted, the fund filled up again through the bank',
  );
  return { emergencies, decided, drawn, filled, paid, posted, replenished };
}

const daysBefore = (today: string, days: number): string =>
  new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);

async function openFund({ api, key, say }: Desk): Promise<void> {
  const body = {
    fundId: FUND,
    name: '永宁、安平街道临时救助备用金',
    streets: [townshipCode(1), townshipCode(2)],
    organisation: {
      code: '12110199MB0000000B',
      name: '示例区永宁街道办事处',
      account: '11019900000000000901',
      bank: '示例银行永宁支行',
    },
    broughtIn: `${FUND_BEGINS_WITH}.00`,
    document: '示民救〔2026〕1号（样例）',
  };
  await api.call('preparer', 'openImprestFund', { body, key: key('fund') });
  await api.call('cashier', 'confirmImprestOpening', {
    params: { fundId: FUND },
    body: {},
    key: key('fund-confirmed'),
  });
  say(
    `两个街道合用的备用金，期初现金 ${FUND_BEGINS_WITH} 元`,
    'an imprest fund of two streets, cash confirmed',
  );
}

/** From the counter to the decision. What was done before the service died is found again by its key. */
async function decide(desk: Desk, emergency: Emergency, today: string): Promise<Decided> {
  const { api, key } = desk;
  const { township, name, idNumber, account, facts, missingPapers, decidedBy } = emergency;
  const body = {
    programme: AID_PROGRAMME,
    street: townshipCode(township),
    appliedOn: today,
    applicant: { kind: 'person' as const, name, idNumber, account },
    facts: { ...facts },
    family: [],
    ...(missingPapers && { missingPapers: [...missingPapers] }),
  };
  const clerk = `street-${township}-preparer`;
  const head = decidedBy === 'township' ? `street-${township}-signer` : 'approver';
  const { applicationId } = await api.call(clerk, 'createGrantApplication', {
    body,
    key: key(`aid-${emergency.key}`),
  });
  const params = { applicationId };
  const look = () => api.call(head, 'getGrantApplication', { params, query: { decidedOn: today } });
  const seen = await look();
  if (emergency.outcome === 'rejected') {
    const why = seen.cannotBeWorkedOut?.zh ?? '';
    const said = {
      document: '示民救不予〔2026〕1号',
      decidedOn: today,
      ground: 'other',
      reason: why,
    } as const;
    await api.call(head, 'rejectGrantApplication', { params, body: said, key: key(`no-${emergency.key}`) });
    return { emergency, application: await look() };
  }
  const document = `示民救〔2026〕${emergency.key}号（样例）`;
  const wish = { hash: seen.proposal?.hash ?? '', document, decidedOn: today };
  const cash = { kind: 'imprest-cash' as const, fund: FUND, receipt: `领款单 ${emergency.key}` };
  const wantsCash = emergency.outcome !== 'account';
  const refused = await grantBy(
    desk,
    head,
    params,
    { ...wish, means: wantsCash ? cash : ACCOUNT },
    emergency.key,
  );
  if (refused !== undefined && emergency.outcome === 'cash-refused-then-account')
    await grantBy(
      desk,
      head,
      params,
      { ...wish, hash: (await look()).proposal?.hash ?? '', means: ACCOUNT },
      `${emergency.key}-2`,
    );
  const application = await look();
  return { emergency, application, ...(refused !== undefined && { refused }) };
}
const ACCOUNT = { kind: 'account' } as const;
async function grantBy(
  { api, key }: Desk,
  head: string,
  params: { readonly applicationId: string },
  body: object,
  name: string,
): Promise<string | undefined> {
  try {
    const call = { params, body: body as never, key: key(`grant-${name}`) };
    await api.call(head, 'grantApplication', call);
    return undefined;
  } catch (cause) {
    if (cause instanceof Refused && cause.code === 'conflict/imprest-balance') return cause.code;
    throw cause;
  }
}

/** Papers of who was paid first arrive: the list of overdue ones stays empty. */
async function followPapers({ api, key }: Desk, decided: readonly Decided[]): Promise<void> {
  for (const { emergency, application } of decided) {
    if (!emergency.missingPapers) continue;
    const { applicationId } = application;
    await api.call(`street-${emergency.township}-preparer`, 'receiveGrantPapers', {
      params: { applicationId },
      body: { received: [...emergency.missingPapers], evidence: '归档 2026-1' },
      key: key(`papers-${emergency.key}`),
    });
  }
}

/** Counts what is left, asks for what was spent and what the floor lacks, and has it paid to the township's account. */
async function replenish(
  desk: Desk,
  month: string,
  today: string,
): Promise<{ replenished: ClosedRun; filled: ResponseOf<'getImprestFund'> }> {
  const { api, key } = desk;
  const params = { fundId: FUND };
  const look = () => api.call('reviewer', 'getImprestFund', { params });
  const { balance } = await look();
  await api.call('cashier', 'countImprestFund', {
    params,
    body: { month, cash: balance },
    key: key('fund-count'),
  });
  await api.call('street-1-preparer', 'askImprestReplenishment', { params, body: {}, key: key('fund-ask') });
  await api.call('approver', 'decideImprestReplenishment', {
    params: { ...params, number: '1' },
    body: { outcome: 'approved', document: '示民救〔2026〕8号（样例）', decidedOn: today },
    key: key('fund-decision'),
  });
  const fund = { ...desk, programme: FUND_PROGRAMME, key: (name: string) => key(`fund-${name}`) };
  const replenished = await payWithoutTrouble(fund, await computeRun(fund, month, 'S1'));
  const filled = await waitFor('the fund filled up', async () => {
    const found = await look();
    return fenOf(found.received) > 0 ? found : undefined;
  });
  return { replenished, filled };
}

/** What the emergencies come to, by hand. */
export function expectedOf(week: EmergencyWeek): {
  readonly cash: { readonly count: number; readonly fen: number };
  readonly account: { readonly count: number; readonly fen: number };
  readonly persons: number;
} {
  const of = (outcomes: readonly Emergency['outcome'][]) => {
    const mine = week.emergencies.filter(({ outcome }) => outcomes.includes(outcome));
    return { count: mine.length, fen: fen(mine.reduce((sum, { yuan }) => sum + yuan * 100, 0)) };
  };
  const helped = week.emergencies.filter(({ yuan }) => yuan > 0);
  return {
    cash: of(['cash']),
    account: of(['account', 'cash-refused-then-account']),
    persons: helped.reduce((sum, { persons }) => sum + persons, 0),
  };
}
