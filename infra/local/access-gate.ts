/**
 * A gate between the functions and the engines. The engines let everybody do anything; the gate refuses what the role of the
 * calling function does not allow, as AWS would, so that a grant that is missing is noticed here and not after a deployment.
 * Every function signs with its own name as access key id, and so do the links that it hands out.
 */
import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PlannedFunction } from './plan.ts';
import { allows } from './role.ts';

/** One call as its function's role sees it. */
export type Call = {
  readonly functionName: string;
  /** As in a policy, such as `dynamodb:PutItem`. */
  readonly action: string;
  /** Name of the table or queue, or bucket and key. */
  readonly resource: string;
  /** Key of the one item that is written, `<pk> <sk>`. */
  readonly item?: string;
};
/** Calls of one kind: the key of the item left out, and how the gate decided. */
export type CallKind = Omit<Call, 'item'> & { readonly allowed: boolean };

export type AccessGate = {
  /** Where the functions find the engines now. */
  readonly address: string;
  /** What was asked so far, each kind once. Objects of the bucket are one kind. */
  readonly calls: () => readonly CallKind[];
  readonly stop: () => Promise<void>;
};

export type AccessGateInput = {
  readonly functions: readonly PlannedFunction[];
  readonly dynamoAddress: string;
  /** SQS and S3 answer at one address. */
  readonly queueAddress: string;
  /** Refuses more than the roles do: for tests that need a call to fail. */
  readonly refuse?: ((call: Call) => boolean) | undefined;
};

export async function startAccessGate(input: AccessGateInput): Promise<AccessGate> {
  const statements = new Map(input.functions.map((planned) => [planned.logicalName, planned.statements]));
  const kinds = new Map<string, CallKind>();
  const agent = new Agent({ keepAlive: true, maxSockets: 128 });
  const isAllowed = (call: Call): boolean => {
    const allowed = allows(statements.get(call.functionName) ?? [], call.action, call.resource);
    const { item: _item, ...kind } = call;
    const resource = call.action.startsWith('s3:') ? (call.resource.split('/')[0] ?? '') : call.resource;
    kinds.set(JSON.stringify([kind.functionName, kind.action, resource, allowed]), {
      ...kind,
      resource,
      allowed,
    });
    return allowed && input.refuse?.(call) !== true;
  };
  const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, response) => {
    void (async () => {
      const body = await bodyOf(incoming);
      const calls = callsOf(incoming, body);
      if (calls.length === 0 || !calls.every(isAllowed)) return refuse(incoming, response, calls);
      const dynamo = targetOf(incoming).startsWith('DynamoDB');
      return await forward(
        incoming,
        body,
        response,
        dynamo ? input.dynamoAddress : input.queueAddress,
        agent,
      );
    })().catch((cause: unknown) => response.destroy(cause as Error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => [...kinds.values()],
    stop: async () => {
      server.closeAllConnections();
      agent.destroy();
      await new Promise<void>((done) => {
        server.close(() => done());
      });
    },
  };
}

const targetOf = (incoming: IncomingMessage): string => String(incoming.headers['x-amz-target'] ?? '');

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** What a request asks for; a batch may ask of several tables. Empty for what no function of ours has to ask for. */
function callsOf(incoming: IncomingMessage, body: Buffer): Call[] {
  const [service = '', operation = ''] = targetOf(incoming).split('.');
  if (service === '') return objectCalls(incoming, body);
  const functionName = signerOf(incoming.headers.authorization ?? '');
  const asked = JSON.parse(body.toString('utf8')) as Asked;
  if (service === 'AmazonSQS') {
    const action = `sqs:${operation.replace(/Batch$/, '')}`;
    return [{ functionName, action, resource: asked.QueueUrl?.split('/').at(-1) ?? '' }];
  }
  const tables = asked.TableName === undefined ? Object.keys(asked.RequestItems ?? {}) : [asked.TableName];
  const key = asked.Item ?? asked.Key;
  return tables.map((resource) => ({
    functionName,
    action: `dynamodb:${operation}`,
    resource,
    ...(key && { item: `${key['pk']?.S} ${key['sk']?.S}` }),
  }));
}

type Keys = Readonly<Record<string, { readonly S?: string }>>;
type Asked = {
  readonly QueueUrl?: string;
  readonly TableName?: string;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly Item?: Keys;
  readonly Key?: Keys;
};

/** S3 is asked by method and path; a link is signed in its query, an upload form in one of its fields. */
function objectCalls(incoming: IncomingMessage, body: Buffer): Call[] {
  const url = new URL(incoming.url ?? '/', 'http://gate');
  const path = decodeURIComponent(url.pathname).slice(1);
  const inParts = url.searchParams.has('uploads') || url.searchParams.has('uploadId');
  if (incoming.method === 'POST' && !inParts) {
    const field = (name: string): string =>
      new RegExp(`name="${name}"\\r\\n\\r\\n([^\\r]*)\\r\\n`, 'i').exec(body.toString('utf8'))?.[1] ?? '';
    const functionName = signerOf(`Credential=${field('X-Amz-Credential')}`);
    return [{ functionName, action: 's3:PutObject', resource: `${path.replace(/\/$/, '')}/${field('key')}` }];
  }
  const link = url.searchParams.get('X-Amz-Credential');
  const functionName = signerOf(
    link === null ? (incoming.headers.authorization ?? '') : `Credential=${link}`,
  );
  const whole = !path.includes('/');
  const write = incoming.method === 'PUT' || inParts;
  const action = write ? 's3:PutObject' : whole ? 's3:ListBucket' : 's3:GetObject';
  const known = ['GET', 'HEAD', 'PUT'].includes(incoming.method ?? '');
  return known || (inParts && incoming.method === 'POST') ? [{ functionName, action, resource: path }] : [];
}

/** The access key id of a signature, which is the name of the function that signed. */
function signerOf(authorization: string): string {
  return /Credential=([^/,\s]+)\//.exec(authorization)?.[1] ?? '';
}

function refuse(incoming: IncomingMessage, response: ServerResponse, calls: readonly Call[]): void {
  const [{ functionName, action, resource } = { functionName: '?', action: '?', resource: '?' }] = calls;
  const message = `${functionName} may not ${action} on ${resource}`;
  if (targetOf(incoming) !== '') {
    const body = JSON.stringify({ __type: 'com.amazon.coral.service#AccessDeniedException', message });
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end(body);
    return;
  }
  const body = `<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>${message}</Message></Error>`;
  response.writeHead(403, { 'content-type': 'application/xml' }).end(body);
}

async function forward(
  incoming: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
  address: string,
  agent: Agent,
): Promise<void> {
  const { expect: _expect, 'transfer-encoding': _encoding, ...headers } = incoming.headers;
  const onward = request(new URL(incoming.url ?? '/', address), {
    method: incoming.method,
    agent,
    headers: { ...headers, host: new URL(address).host, 'content-length': body.length },
  });
  onward.end(body);
  const [answer] = (await once(onward, 'response')) as [IncomingMessage];
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  answer.pipe(response);
  await once(response, 'close');
}
