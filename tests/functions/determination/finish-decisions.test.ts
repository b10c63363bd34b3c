// Goal: a decision whose writer died is finished by the sweeper, and looking for such decisions opens none that is finished.
// Method: approvals and rejections that die at every write, with nobody coming back; and a table that notes what is read of it.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { proposalId } from '../../../domain/determination/proposal.ts';
import {
  DynamoTable,
  dynamoClient,
  type Key,
  type QueryOptions,
  type ReadOptions,
} from '../../../functions/adapters/dynamo-table.ts';
import { ProposalStore, type StoredProposal } from '../../../functions/adapters/proposal-store.ts';
import { approve, propose, reject } from '../../../functions/determination/proposals.ts';
import { clientSettings } from '../../../functions/wiring.ts';
import { diesAfter, dyingAtEveryWrite } from '../../faults.ts';
import { type Office, value } from '../run/office.ts';
import { addressOf, DIBAO, dibaoOffice, enrolled } from './bureau.ts';
import { householdFacts } from './household-facts.ts';

let bureau: Office;
let facts: ReturnType<typeof householdFacts>;
const portsOf = () => ({ ...bureau.ports, households: facts.households });
const INITIAL = { kind: 'initial', appliedOn: '2026-10-09' } as const;

beforeEach(async () => {
  bureau = await dibaoOffice({ historyFrom: '2026-03', households: () => facts.households });
  facts = householdFacts(bureau);
});
afterEach(() => bureau.stop());

/** The n-th household with a proposal that waits. */
async function proposed(n: number): Promise<StoredProposal> {
  await enrolled(bureau, n);
  facts.earns(n, '2026-09', '450.00');
  return value(
    await propose(portsOf(), addressOf(n), INITIAL, bureau.clock.today(), { by: 'staff-preparer' }),
  );
}
const approved = ({ proposal }: StoredProposal) =>
  approve(
    portsOf(),
    { ...proposal, id: proposal.enrolment },
    {
      proposal: proposalId(proposal),
      hash: proposal.hash,
      document: '示民救〔2026〕88号',
      decidedOn: bureau.clock.today(),
      by: 'staff-approver',
    },
  );
const rejected = ({ proposal }: StoredProposal) =>
  reject(
    portsOf(),
    { ...proposal, id: proposal.enrolment },
    { proposal: proposalId(proposal), by: 'staff-approver', reason: '收入证明不全' },
  );
/** A look of the sweeper, a day later, and everything that it asks for, twice. */
async function looked(day: number): Promise<void> {
  bureau.clock.moveTo(`2026-12-${day}`);
  await bureau.sweep();
  await bureau.deliver({ times: 2 });
}

test.each([
  ['an approval', approved, 1],
  ['a rejection', rejected, 0],
] as const)(
  '%s: what died at any write is finished by the next look',
  async (_name, decide, determinations) => {
    await bureau.ports.sweeps.remember(DIBAO);
    let n = 10;
    await dyingAtEveryWrite(async (survived) => {
      n += 1;
      const stored = await proposed(n);
      const died = await diesAfter(bureau.faults, survived, () => decide(stored));
      await looked(n);
      const { id } = addressOf(n);
      const decision = (await bureau.ports.proposals.ofEnrolment(addressOf(n))).at(-1)?.decision;
      const read = await bureau.register.enrolmentRead(addressOf(n));
      expect(read?.determinations).toHaveLength(decision ? determinations : 0);
      const open: string[] = [];
      for await (const { enrolment, stored: left } of bureau.ports.proposals.openFrom(DIBAO))
        if (left) open.push(enrolment);
      expect(open.includes(id)).toBe(decision === undefined);
      return died;
    });
  },
);

/** Notes the partition of everything that is read. */
class NotedTable extends DynamoTable {
  readonly read: string[] = [];
  override query(pk: string, options?: QueryOptions) {
    this.read.push(pk);
    return super.query(pk, options);
  }
  override batchGet(keys: readonly Key[], options?: ReadOptions) {
    this.read.push(...keys.map(({ pk, sk }) => `${pk} ${sk}`));
    return super.batchGet(keys, options);
  }
}

test('a look reads no proposal: of those that are finished only that they are, of those that wait that they wait', async () => {
  const all = [await proposed(1), await proposed(2), await proposed(3), await proposed(4)];
  value(await approved(all[0]!));
  value(await rejected(all[1]!));
  const client = dynamoClient(clientSettings(bureau.engines.env, 'AWS_ENDPOINT_URL_DYNAMODB'));
  const table = new NotedTable(client, bureau.engines.tables.operations.name);
  expect(await new ProposalStore(table).unfinished(DIBAO)).toEqual([]);
  client.destroy();
  const [list, ...items] = table.read;
  expect(list).toBe('PROPOSALS#110199#dibao');
  expect(items).toHaveLength(2);
  for (const item of items) expect(item).toMatch(/#DECISION$/);
});
