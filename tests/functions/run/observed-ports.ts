import type { SQSEvent } from 'aws-lambda';
import { BankDeathStore } from '../../../functions/adapters/bank-death-store.ts';
import { BankProgressStore } from '../../../functions/adapters/bank-progress-store.ts';
import { BankResultStore } from '../../../functions/adapters/bank-result-store.ts';
import { BankStatementStore } from '../../../functions/adapters/bank-statement-store.ts';
import { BatchStore } from '../../../functions/adapters/batch-store.ts';
import { BudgetStore } from '../../../functions/adapters/budget-store.ts';
import { CaseStore } from '../../../functions/adapters/case-store.ts';
import { ClosingStore } from '../../../functions/adapters/closing-store.ts';
import { DecidingCases } from '../../../functions/adapters/deciding-cases.ts';
import { DecidingProjects } from '../../../functions/adapters/deciding-projects.ts';
import { DraftStore } from '../../../functions/adapters/draft-store.ts';
import { type DynamoSender, DynamoTable, dynamoClient } from '../../../functions/adapters/dynamo-table.ts';
import { FileManifestStore } from '../../../functions/adapters/file-manifest-store.ts';
import { FollowUpStore } from '../../../functions/adapters/follow-up-store.ts';
import { GrantApplicationStore } from '../../../functions/adapters/grant-application-store.ts';
import { GrantClaims } from '../../../functions/adapters/grant-claims.ts';
import { GrantFactStore } from '../../../functions/adapters/grant-facts.ts';
import { GrantListStore } from '../../../functions/adapters/grant-list-store.ts';
import { GrantMarks } from '../../../functions/adapters/grant-marks.ts';
import { GrantWithdrawals } from '../../../functions/adapters/grant-withdrawals.ts';
import { ImprestStore } from '../../../functions/adapters/imprest-store.ts';
import { LedgerStore } from '../../../functions/adapters/ledger-store.ts';
import { MatchStore } from '../../../functions/adapters/match-store.ts';
import { MessageQueues, type QueueName, queueClient } from '../../../functions/adapters/message-queues.ts';
import { ObjectStore, objectClient } from '../../../functions/adapters/object-store.ts';
import { OpenEventStore } from '../../../functions/adapters/open-event-store.ts';
import { OutsidePaymentStore } from '../../../functions/adapters/outside-payment-store.ts';
import { PolicyProposalStore } from '../../../functions/adapters/policy-proposal-store.ts';
import { PolicyStore } from '../../../functions/adapters/policy-store.ts';
import { ProposalStore } from '../../../functions/adapters/proposal-store.ts';
import { RecoveryStore } from '../../../functions/adapters/recovery-store.ts';
import { RegisterStore } from '../../../functions/adapters/register-store.ts';
import { RelativeStore } from '../../../functions/adapters/relative-store.ts';
import { ReviewStore } from '../../../functions/adapters/review-store.ts';
import { RunStore } from '../../../functions/adapters/run-store.ts';
import { SigningAuthorityStore } from '../../../functions/adapters/signing-authority-store.ts';
import { StagedRowStore } from '../../../functions/adapters/staged-row-store.ts';
import { StreetReportStore } from '../../../functions/adapters/street-report-store.ts';
import { StreetRows } from '../../../functions/adapters/street-rows.ts';
import { StreetStore } from '../../../functions/adapters/street-store.ts';
import { SweepStore } from '../../../functions/adapters/sweep-store.ts';
import { UnclaimedStore } from '../../../functions/adapters/unclaimed-store.ts';
import { VentureCallStore } from '../../../functions/adapters/venture-call-store.ts';
import { VentureStore } from '../../../functions/adapters/venture-store.ts';
import { loadWorkingDays } from '../../../functions/adapters/working-days.ts';
import type { ApplicationPorts } from '../../../functions/grants/application-ports.ts';
import { imprestCash } from '../../../functions/grants/imprest-cash.ts';
import type { CarryPorts } from '../../../functions/venture/carry-out.ts';
import {
  BUCKET_VARIABLE,
  type Clock,
  clientSettings,
  personalDataFrom,
  settingsFrom,
  TABLE_VARIABLES,
  type TableName,
} from '../../../functions/wiring.ts';
import { QUEUES } from '../../../infra/resources.ts';
import { type Handlers, lambdaContext } from '../../delivery.ts';
import type { Faults } from '../../faults.ts';

type AnyCommand = {
  readonly constructor: { readonly name: string };
  readonly input: { readonly TableName?: string; readonly Item?: { readonly pk?: { readonly S?: string } } };
};
type AnyClient = { send: (command: never) => Promise<unknown> };
const CHANGES = ['PutItemCommand', 'UpdateItemCommand', 'SendMessageBatchCommand', 'PutObjectCommand'];

/** The same client with its changing calls passing through `faults.around`, when there is one. */
function withFaults<C extends AnyClient>(client: C, faults: Faults): C {
  const send = client.send.bind(client) as (command: AnyCommand) => Promise<unknown>;
  client.send = (command: AnyCommand) => {
    const call = () => send(command);
    return faults.around && CHANGES.includes(command.constructor.name) ? faults.around(call) : call();
  };
  return client;
}

/**
 * A small bureau has people in a few of the 256 buckets, and most queries of a run find nothing. When every write passes through
 * this client, a partition that was never written is known to be empty; asking the engine for it only costs time.
 */
function knowingEmptyPartitions<C extends AnyClient>(client: C): C {
  const send = client.send.bind(client) as (command: unknown) => Promise<unknown>;
  const written = new Set<string>();
  client.send = async (command: AnyCommand) => {
    const { name } = command.constructor;
    const input = command.input as Record<string, any>;
    const pk: string = (input['Item'] ?? input['Key'])?.pk?.S ?? '';
    if (name === 'PutItemCommand' || name === 'UpdateItemCommand') written.add(`${input['TableName']} ${pk}`);
    const asked = `${input['TableName']} ${input['ExpressionAttributeValues']?.[':pk']?.S}`;
    if (name === 'QueryCommand' && !written.has(asked)) return { Items: [], Count: 0 };
    return send(command);
  };
  return client;
}

/** The ports of a run, made as wiring.ts makes them, with clients that a test can disturb. */
export function observedPorts(
  env: Readonly<Record<string, string>>,
  clock: Clock,
  faults: Faults,
  quickReads: boolean,
) {
  const plain = withFaults(dynamoClient(clientSettings(env, 'AWS_ENDPOINT_URL_DYNAMODB')), faults);
  const dynamo: DynamoSender = quickReads ? knowingEmptyPartitions(plain) : plain;
  const sqs = withFaults(queueClient(clientSettings(env, 'AWS_ENDPOINT_URL_SQS')), faults);
  const s3 = withFaults(objectClient(clientSettings(env, 'AWS_ENDPOINT_URL_S3')), faults);
  const table = (name: TableName) => new DynamoTable(dynamo, env[TABLE_VARIABLES[name]] ?? '');
  const operations = table('operations');
  const urls = Object.fromEntries(
    (Object.keys(QUEUES) as QueueName[]).map((queue) => [queue, env[QUEUES[queue].env] ?? '']),
  );
  const ports = {
    runs: new RunStore(operations),
    drafts: new DraftStore(operations),
    ledger: new LedgerStore(table('ledger')),
    budgets: new BudgetStore(operations),
    followUps: new FollowUpStore(operations),
    results: new BankResultStore(operations),
    statements: new BankStatementStore(operations),
    progress: new BankProgressStore(operations),
    closings: new ClosingStore(operations),
    cases: new CaseStore(operations),
    decidingCases: new DecidingCases(operations),
    decidingProjects: new DecidingProjects(operations),
    ventureProjects: new VentureStore(operations),
    grantLists: new GrantListStore(operations),
    withdrawals: new GrantWithdrawals(operations),
    recoveries: new RecoveryStore(operations),
    imprest: new ImprestStore(operations),
    relatives: new RelativeStore(operations),
    matches: new MatchStore(operations, table('register'), personalDataFrom(env)),
    outside: new OutsidePaymentStore(operations),
    unclaimed: new UnclaimedStore(operations),
    bankDeaths: new BankDeathStore(operations),
    sweeps: new SweepStore(operations),
    staged: new StagedRowStore(operations),
    streets: new StreetStore(operations),
    streetReports: new StreetReportStore(operations),
    streetRows: new StreetRows(table('register'), personalDataFrom(env)),
    manifests: new FileManifestStore(operations),
    policies: new PolicyStore(table('policy')),
    proposals: new ProposalStore(operations),
    reviews: new ReviewStore(operations),
    batches: new BatchStore(operations),
    policyProposals: new PolicyProposalStore(operations),
    openEvents: new OpenEventStore(operations),
    grantMarks: new GrantMarks(operations),
    authorities: new SigningAuthorityStore(operations),
    register: new RegisterStore(table('register'), personalDataFrom(env)),
    files: new ObjectStore(s3, env[BUCKET_VARIABLE] ?? ''),
    queues: new MessageQueues(sqs, urls),
    clock,
    settings: settingsFrom(env),
  };
  const grants: ApplicationPorts = {
    register: ports.register,
    policies: ports.policies,
    applications: new GrantApplicationStore(operations),
    claims: new GrantClaims(operations),
    facts: new GrantFactStore(table('register'), personalDataFrom(env)),
    grantLists: ports.grantLists,
    withdrawals: ports.withdrawals,
    marks: ports.grantMarks,
    sweeps: ports.sweeps,
    clock,
    workingDays: loadWorkingDays,
    ...imprestCash({ operations, policies: ports.policies, clock }),
  };
  const { ventureProjects: projects, decidingProjects, register, recoveries, ledger, runs, sweeps } = ports;
  const venture: CarryPorts = {
    projects,
    decidingProjects,
    register,
    recoveries,
    ledger,
    runs,
    sweeps,
    clock,
    calls: new VentureCallStore(operations),
  };
  const stop = () => {
    plain.destroy();
    sqs.destroy();
    s3.destroy();
  };
  return { ports: { ...ports, grants, venture }, operations, stop };
}

/** Keeps what the handlers failed to handle, as a queue would, so that a test can hand it over again or lose it. */
export function keepingFailures() {
  let kept: { queue: QueueName; event: SQSEvent }[] = [];
  let handlers: Handlers = {};
  return {
    around(of: Handlers): Handlers {
      handlers = Object.fromEntries(
        (Object.keys(of) as QueueName[]).map((queue) => [
          queue,
          async (event: SQSEvent, context: Parameters<NonNullable<Handlers[QueueName]>>[1]) => {
            const answer = await of[queue]!(event, context);
            if (answer.batchItemFailures.length > 0) kept.push({ queue, event });
            return answer;
          },
        ]),
      );
      return handlers;
    },
    /** Hands everything that failed over once more. */
    async again(): Promise<number> {
      const lost = kept;
      kept = [];
      for (const { queue, event } of lost) await handlers[queue]!(event, lambdaContext(queue));
      return lost.length;
    },
    forget(): number {
      const lost = kept.length;
      kept = [];
      return lost;
    },
  };
}
