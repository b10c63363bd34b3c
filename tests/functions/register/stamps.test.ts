import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AccountChanges } from '../../../functions/adapters/account-changes.ts';
import { type DynamoSender, DynamoTable, dynamoClient } from '../../../functions/adapters/dynamo-table.ts';
import { RegisterStore } from '../../../functions/adapters/register-store.ts';
import { clientSettings, personalDataFrom } from '../../../functions/wiring.ts';
import { type Engines, startEngines } from '../../engines.ts';
import { idNumber, request, row, runImport, servicesFor, sheet } from './sheet-fixture.ts';

let engines: Engines;
beforeAll(async () => {
  engines = await startEngines();
});
afterAll(() => engines.stop());

type Put = { readonly sk: string; readonly changedAt: string; readonly sentAt: string };

/** Services on a clock that stands still but for `secondsPerCall` at every call of the register table. */
function slowServices(start: string, secondsPerCall: number) {
  let milliseconds = Date.parse(start);
  const now = () => new Date(milliseconds).toISOString();
  const puts: Put[] = [];
  const client = dynamoClient(clientSettings(engines.env, 'AWS_ENDPOINT_URL_DYNAMODB'));
  const send = async (command: { input: { Item?: Record<string, { S?: string }> } }) => {
    const { sk, changedAt } = command.input.Item ?? {};
    if (changedAt?.S) puts.push({ sk: sk?.S ?? '', changedAt: changedAt.S, sentAt: now() });
    const answer = await client.send(command as never);
    milliseconds += secondsPerCall * 1000;
    return answer;
  };
  const table = new DynamoTable({ send } as DynamoSender, engines.tables.register.name);
  const register = new RegisterStore(table, personalDataFrom(engines.env));
  const accountChanges = new AccountChanges(register);
  const services = {
    ...servicesFor(engines),
    register,
    accountChanges,
    clock: { now, today: () => start.slice(0, 10) },
  };
  return { services, puts, register, stop: () => client.destroy() };
}

const son = { payee: '王儿', payeeId: idNumber(900, '19700101') };

describe('what is imported is stamped', () => {
  it('right before each document is written, however slowly the chunk proceeds', async () => {
    const { services, puts, register, stop } = slowServices('2026-11-20T03:00:00.000Z', 60);
    const { report } = await runImport(engines, services, request('slow'), sheet([row(1, son)]));
    expect(report.failed).toBe(0);
    // The payee, the subject, the enrolment: one after the other, as there is only one row.
    expect(puts).toHaveLength(3);
    for (const { changedAt, sentAt, sk } of puts) expect(changedAt, sk).toBe(sentAt);
    const payee = (await register.personByIdNumber(son.payeeId))!;
    expect(payee.record.facts.map(({ recordedAt }) => recordedAt)).toEqual([payee.changedAt]);
    expect(payee.record.accounts.map(({ recordedAt }) => recordedAt)).toEqual([payee.changedAt]);
    const subject = (await register.personByIdNumber(idNumber(1)))!;
    const [enrolment] = await register.enrolmentsOfPerson(subject.record.personKey);
    expect(enrolment!.changedAt > payee.changedAt).toBe(true);
    for (const { recordedAt } of [...enrolment!.facts, ...enrolment!.payees])
      expect(recordedAt).toBe(enrolment!.changedAt);
    stop();
  });

  it('no earlier than what the document says already, so that the statement recorded last is the latest', async () => {
    const ahead = slowServices('2026-11-20T05:00:00.000Z', 0);
    await runImport(engines, ahead.services, request('ahead'), sheet([row(5, { stop: '2026-11' })]));
    const behind = slowServices('2026-11-20T04:00:00.000Z', 0);
    const again = request('behind', { requestedAt: '2026-11-20T02:30:00.000Z' });
    await runImport(engines, behind.services, again, sheet([row(5, { stop: '2026-12', class: '低保' })]));
    const subject = (await behind.register.personByIdNumber(idNumber(5)))!;
    const [enrolment] = await behind.register.enrolmentsOfPerson(subject.record.personKey);
    expect(enrolment).toMatchObject({ version: 2, changedAt: '2026-11-20T05:00:00.000Z' });
    expect(subject).toMatchObject({ version: 2, changedAt: '2026-11-20T05:00:00.000Z' });
    expect(enrolment!.facts.at(-1)).toMatchObject({
      kind: 'stop',
      value: '2026-12',
      recordedAt: '2026-11-20T05:00:00.000Z',
    });
    ahead.stop();
    behind.stop();
  });

  it('in a list of deaths, too', async () => {
    const { services, puts, register, stop } = slowServices('2026-11-21T03:00:00.000Z', 60);
    await runImport(engines, servicesFor(engines), request('people'), sheet([row(7)]));
    const [name] = row(7).split(',');
    const deaths = [`${idNumber(7)},${name},2026-11-03,认证,民政殡葬`];
    const message = request('deaths', { kind: 'deaths' });
    const bytes = sheet(deaths, '身份证号,姓名,死亡日期,来源,数据来源');
    expect((await runImport(engines, services, message, bytes)).status?.counts.changed).toBe(1);
    expect(puts).toHaveLength(1);
    for (const { changedAt, sentAt } of puts) expect(changedAt).toBe(sentAt);
    const dead = (await register.personByIdNumber(idNumber(7)))!;
    expect(dead.record.facts.find(({ kind }) => kind === 'death-certified')?.recordedAt).toBe(dead.changedAt);
    stop();
  });
});
