/** Turns the synthesized templates into the plain list of things the local host has to run. */
import { join } from 'node:path';
import { NAME_METADATA } from '../service-model.ts';
import type { Assembly, Resource, Stack } from './assembly.ts';
import { type References, resolve } from './intrinsics.ts';
import { type Statement, statementsOf } from './role.ts';

type PlannedTable = { readonly name: string; readonly definition: Readonly<Record<string, unknown>> };
export type PlannedQueue = {
  /** Name in infra/resources.ts; a dead-letter queue ends in `-dead-letters`. */
  readonly logicalName: string;
  readonly name: string;
  readonly arn: string;
  readonly visibilitySeconds: number;
  readonly redrive?: { readonly deadLetterArn: string; readonly maxReceiveCount: number };
};
export type PlannedFunction = {
  readonly logicalName: string;
  readonly arn: string;
  readonly codeDirectory: string;
  /** Module and export, such as `index.handler`. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  /** What its role may do. */
  readonly statements: readonly Statement[];
};
export type PlannedEventSource = {
  readonly functionName: string;
  readonly queueArn: string;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly partialFailures: boolean;
  readonly maxConcurrency: number;
};
export type PlannedSchedule = {
  readonly functionName: string;
  readonly expression: string;
  readonly timeZone: string;
  readonly input: string;
};
export type PlannedRoute = {
  /** `GET /v1/runs/{runId}` or `$default`. */
  readonly routeKey: string;
  readonly functionName: string;
  readonly timeoutMs: number;
  readonly authorizer?: { readonly issuer: string; readonly audience: readonly string[] };
};
export type Plan = {
  readonly tables: readonly PlannedTable[];
  readonly queues: readonly PlannedQueue[];
  readonly buckets: readonly string[];
  readonly functions: readonly PlannedFunction[];
  readonly eventSources: readonly PlannedEventSource[];
  readonly schedules: readonly PlannedSchedule[];
  readonly routes: readonly PlannedRoute[];
};

export type PlanInput = {
  readonly assembly: Assembly;
  /** Values for template parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Address of the SQS engine: queue URLs carry it. */
  readonly queueAddress: string;
};

/** Account id of the local engines. */
export const ACCOUNT = '000000000000';
/** Queues, tables and buckets are called `fafang-<name>`: readable in the data folder, long enough for every engine. */
const PREFIX = 'fafang-';

type Resolved = {
  readonly id: string;
  readonly resource: Resource;
  readonly properties: Record<string, unknown>;
};

/** Resolves all templates. Throws when a template uses something this host does not know. */
export function planFrom(input: PlanInput): Plan {
  const exports = new Map<string, unknown>();
  const resources: Resolved[] = [];
  for (const stack of input.assembly.stacks) {
    const references = referencesOf(stack, input, exports);
    for (const [id, resource] of Object.entries(stack.template.Resources)) {
      if (!WANTED.has(resource.Type)) continue;
      const properties = resolve(resource.Properties ?? {}, references) as Record<string, unknown>;
      resources.push({ id, resource, properties });
    }
    for (const output of Object.values(stack.template.Outputs ?? {})) {
      if (output.Export === undefined) continue;
      exports.set(String(resolve(output.Export.Name, references)), resolve(output.Value, references));
    }
  }
  return assemble(resources, input);
}

const WANTED = new Set([
  'AWS::DynamoDB::Table',
  'AWS::SQS::Queue',
  'AWS::S3::Bucket',
  'AWS::IAM::Role',
  'AWS::Lambda::Function',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Scheduler::Schedule',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Authorizer',
]);

function referencesOf(stack: Stack, input: PlanInput, exports: ReadonlyMap<string, unknown>): References {
  const { region } = input.assembly;
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::Region': region,
    'AWS::AccountId': ACCOUNT,
    // The engines name their resources in the `aws` partition whatever the region.
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack.name,
    'AWS::StackId': `local/${stack.name}`,
    'AWS::NoValue': '',
  };
  const { Resources: resources, Parameters: parameters = {} } = stack.template;
  return {
    ref: (name) => {
      if (name in pseudo) return pseudo[name];
      if (name in parameters) return input.parameters[name] ?? parameters[name]?.Default;
      const resource = resources[name];
      return resource === undefined ? undefined : refOf(name, resource, input);
    },
    attribute: (id, attribute) => {
      const resource = resources[id];
      return resource === undefined ? undefined : attributeOf(id, resource, attribute, input);
    },
    imported: (name) => exports.get(name),
  };
}

function textOr(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}

function logicalName(id: string, resource: Resource): string {
  const name = resource.Metadata?.[NAME_METADATA];
  return typeof name === 'string' ? name : id.toLowerCase();
}

function physicalName(id: string, resource: Resource): string {
  return `${PREFIX}${logicalName(id, resource)}`;
}

function refOf(id: string, resource: Resource, input: PlanInput): string {
  switch (resource.Type) {
    case 'AWS::SQS::Queue':
      return `${input.queueAddress}/${ACCOUNT}/${physicalName(id, resource)}`;
    case 'AWS::DynamoDB::Table':
    case 'AWS::S3::Bucket':
      return physicalName(id, resource);
    case 'AWS::SecretsManager::Secret':
      return arnOf(id, resource, input);
    default:
      return id;
  }
}

function attributeOf(id: string, resource: Resource, attribute: string, input: PlanInput): string {
  if (attribute === 'QueueName') return physicalName(id, resource);
  if (attribute === 'QueueUrl') return refOf(id, resource, input);
  if (attribute === 'Arn') return arnOf(id, resource, input);
  return `${id}.${attribute}`;
}

function arnOf(id: string, resource: Resource, { assembly: { region } }: PlanInput): string {
  if (resource.Type === 'AWS::SQS::Queue')
    return `arn:aws:sqs:${region}:${ACCOUNT}:${physicalName(id, resource)}`;
  if (resource.Type === 'AWS::Lambda::Function') return `arn:aws:lambda:${region}:${ACCOUNT}:function:${id}`;
  const service = resource.Type.split('::')[1]?.toLowerCase() ?? 'unknown';
  return `arn:aws:${service}:${region}:${ACCOUNT}:${physicalName(id, resource)}`;
}

function assemble(resources: readonly Resolved[], input: PlanInput): Plan {
  const ofType = (type: string): Resolved[] => resources.filter(({ resource }) => resource.Type === type);
  const roles = new Map(
    ofType('AWS::IAM::Role').map(({ id, resource, properties }) => [
      arnOf(id, resource, input),
      statementsOf(properties),
    ]),
  );
  const functions = ofType('AWS::Lambda::Function').map((entry) => plannedFunction(entry, roles, input));
  // A function is referred to by its ARN or by its id, which is the last part of the ARN.
  const functionNamed = (reference: unknown): string => {
    const id = String(reference).split(':').at(-1) ?? '';
    const planned = functions.find(({ arn }) => arn.endsWith(`:${id}`));
    if (planned === undefined) throw new Error(`the template refers to function ${id}, which does not exist`);
    return planned.logicalName;
  };
  return {
    tables: ofType('AWS::DynamoDB::Table').map(({ id, resource, properties }) => ({
      name: physicalName(id, resource),
      definition: properties,
    })),
    queues: ofType('AWS::SQS::Queue').map((entry) => plannedQueue(entry, input)),
    buckets: ofType('AWS::S3::Bucket').map(({ id, resource }) => physicalName(id, resource)),
    functions,
    eventSources: ofType('AWS::Lambda::EventSourceMapping').map(({ properties }) => ({
      functionName: functionNamed(properties['FunctionName']),
      queueArn: String(properties['EventSourceArn']),
      batchSize: Number(properties['BatchSize'] ?? 10),
      windowSeconds: Number(properties['MaximumBatchingWindowInSeconds'] ?? 0),
      partialFailures: ((properties['FunctionResponseTypes'] ?? []) as string[]).includes(
        'ReportBatchItemFailures',
      ),
      maxConcurrency: Number(
        (properties['ScalingConfig'] as Record<string, unknown>)?.['MaximumConcurrency'] ?? 2,
      ),
    })),
    schedules: ofType('AWS::Scheduler::Schedule').map(({ properties }) => {
      const target = properties['Target'] as Record<string, unknown>;
      return {
        functionName: functionNamed(target['Arn']),
        expression: String(properties['ScheduleExpression']),
        timeZone: textOr(properties['ScheduleExpressionTimezone'], 'UTC'),
        input: textOr(target['Input'], '{}'),
      };
    }),
    routes: plannedRoutes(ofType, functionNamed),
  };
}

function plannedFunction(
  { id, resource, properties }: Resolved,
  roles: ReadonlyMap<string, readonly Statement[]>,
  input: PlanInput,
): PlannedFunction {
  const key = String((properties['Code'] as Record<string, unknown>)['S3Key']);
  const variables = (properties['Environment'] as { Variables?: Record<string, unknown> } | undefined)
    ?.Variables;
  return {
    logicalName: logicalName(id, resource),
    arn: arnOf(id, resource, input),
    codeDirectory: join(input.assembly.directory, `asset.${key.replace(/\.zip$/, '')}`),
    handler: String(properties['Handler']),
    timeoutSeconds: Number(properties['Timeout'] ?? 3),
    memoryMb: Number(properties['MemorySize'] ?? 128),
    environment: Object.fromEntries(
      Object.entries(variables ?? {}).map(([name, value]) => [name, String(value)]),
    ),
    statements: roles.get(String(properties['Role'])) ?? [],
  };
}

function plannedQueue({ id, resource, properties }: Resolved, input: PlanInput): PlannedQueue {
  const redrive = properties['RedrivePolicy'] as Record<string, unknown> | undefined;
  return {
    logicalName: logicalName(id, resource),
    name: physicalName(id, resource),
    arn: arnOf(id, resource, input),
    visibilitySeconds: Number(properties['VisibilityTimeout'] ?? 30),
    ...(redrive === undefined
      ? {}
      : {
          redrive: {
            deadLetterArn: String(redrive['deadLetterTargetArn']),
            maxReceiveCount: Number(redrive['maxReceiveCount']),
          },
        }),
  };
}

function plannedRoutes(
  ofType: (type: string) => Resolved[],
  functionNamed: (reference: unknown) => string,
): PlannedRoute[] {
  const integrations = new Map(
    ofType('AWS::ApiGatewayV2::Integration').map((entry) => [entry.id, entry.properties]),
  );
  const authorizers = new Map(
    ofType('AWS::ApiGatewayV2::Authorizer').map(({ id, properties }) => {
      const jwt = properties['JwtConfiguration'] as { Issuer: string; Audience: string[] };
      return [id, { issuer: jwt.Issuer, audience: jwt.Audience }];
    }),
  );
  return ofType('AWS::ApiGatewayV2::Route').map(({ properties }) => {
    const integration = integrations.get(String(properties['Target']).replace('integrations/', ''));
    const authorizer = authorizers.get(String(properties['AuthorizerId']));
    if (integration === undefined)
      throw new Error(`route ${String(properties['RouteKey'])} has no integration`);
    if (properties['AuthorizationType'] === 'JWT' && authorizer === undefined) {
      throw new Error(`route ${String(properties['RouteKey'])} needs a sign-in but has no authorizer`);
    }
    return {
      routeKey: String(properties['RouteKey']),
      functionName: functionNamed(integration['IntegrationUri']),
      timeoutMs: Number(integration['TimeoutInMillis'] ?? 30_000),
      ...(authorizer === undefined ? {} : { authorizer }),
    };
  });
}
