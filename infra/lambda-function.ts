/** One function with its own role: the permissions are written out one by one, never by a broad grant. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  Effect,
  type IRole,
  PolicyDocument,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  Runtime,
  RuntimeFamily,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge, BUCKET_OBJECTS_FINDING } from './acknowledgements.ts';
import { type DataStack, nameResource } from './data-stack.ts';
import type {
  BucketAccess,
  ModelFunction,
  PersonalDataAccess,
  ServiceModel,
  TableAccess,
} from './service-model.ts';
import type { DeploymentSettings } from './settings.ts';

const READ = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'] as const;
/** What each kind of table access allows. `append` can create an item and never change or remove one. */
export const TABLE_ACTIONS: Readonly<Record<TableAccess, readonly string[]>> = {
  read: READ,
  append: [...READ, 'dynamodb:PutItem'],
  write: [...READ, 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
};

/** Denied to every role on an append-only table, whatever some later policy may allow. */
const APPEND_ONLY_DENIED = [
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:PartiQLInsert',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PartiQLDelete',
  'dynamodb:DeleteTable',
  'dynamodb:UpdateTimeToLive',
] as const;

const OBJECT_ACTIONS: Readonly<Record<BucketAccess, readonly string[]>> = {
  read: ['s3:GetObject'],
  write: ['s3:PutObject'],
  'read-write': ['s3:GetObject', 's3:PutObject'],
};
const OBJECT_KEY_ACTIONS: Readonly<Record<BucketAccess, readonly string[]>> = {
  read: ['kms:Decrypt'],
  // Multipart writes read back their own parts and need Decrypt as well.
  write: ['kms:GenerateDataKey', 'kms:Decrypt'],
  'read-write': ['kms:GenerateDataKey', 'kms:Decrypt'],
};

const PERSONAL_DATA_ACTIONS: Readonly<Record<PersonalDataAccess, readonly string[]>> = {
  decrypt: ['kms:Decrypt'],
  'encrypt-decrypt': ['kms:GenerateDataKey', 'kms:Encrypt', 'kms:Decrypt'],
};

export type ServiceFunctionProps = {
  readonly name: string;
  readonly spec: ModelFunction;
  readonly model: ServiceModel;
  readonly data: DataStack;
  readonly settings: DeploymentSettings;
  /** Folder with the bundled `index.mjs`. */
  readonly codeDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
};

/** A Lambda function, its log group and its role. */
export class ServiceFunction extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    const { spec, settings } = props;
    const logs = new LogGroup(this, 'logs', {
      // 400 days: the law asks for at least six months of logs, auditors come after the year has ended.
      retention: RetentionDays.THIRTEEN_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.lambda = new LambdaFunction(this, 'function', {
      description: spec.purpose,
      runtime: new Runtime(settings.runtime, RuntimeFamily.NODEJS),
      architecture: settings.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      handler: 'index.handler',
      code: Code.fromAsset(props.codeDirectory),
      memorySize: spec.memoryMb,
      timeout: Duration.seconds(spec.timeoutSeconds),
      environment: { ...props.environment },
      logGroup: logs,
      role: this.role(props, logs),
    });
    nameResource(this.lambda, props.name);
    acknowledge(this.lambda, 'Serverless-LambdaDLQ');
    acknowledge(this.lambda, 'Serverless-LambdaTracing');
  }

  private role(props: ServiceFunctionProps, logs: LogGroup): IRole {
    const statements = [
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logs.logGroupArn]),
      ...tableStatements(props),
      ...queueStatements(props),
      ...bucketStatements(props),
      ...personalDataStatements(props),
    ];
    const role = new Role(this, 'role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `may do what ${props.name} needs and nothing else`,
      inlinePolicies: { needs: new PolicyDocument({ statements }) },
    });
    if (props.spec.bucket !== undefined) acknowledge(role, BUCKET_OBJECTS_FINDING);
    // No construct may add statements of its own: what is written here is all.
    return role.withoutPolicyUpdates();
  }
}

function allow(actions: readonly string[], resources: readonly string[]): PolicyStatement {
  return new PolicyStatement({ effect: Effect.ALLOW, actions: [...actions], resources: [...resources] });
}

function tableStatements({ spec, model, data }: ServiceFunctionProps): PolicyStatement[] {
  const allowed = Object.entries(spec.tables).map(([name, access]) =>
    allow(TABLE_ACTIONS[access], [required(data.tables, name).tableArn]),
  );
  const appendOnly = Object.entries(model.tables).filter(([, table]) => table.appendOnly === true);
  const denied = appendOnly.map(
    ([name]) =>
      new PolicyStatement({
        effect: Effect.DENY,
        actions: [...APPEND_ONLY_DENIED],
        resources: [required(data.tables, name).tableArn],
      }),
  );
  return [...allowed, ...denied];
}

function queueStatements({ name, spec, model, data }: ServiceFunctionProps): PolicyStatement[] {
  const sends = spec.sends.map((queue) => required(data.queues, queue).queueArn);
  const consumes = Object.entries(model.queues)
    .filter(([, queue]) => queue.consumer === name)
    .map(([queue]) => required(data.queues, queue).queueArn);
  const receive = [
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:ChangeMessageVisibility',
    'sqs:GetQueueAttributes',
  ];
  return [
    ...(sends.length > 0 ? [allow(['sqs:SendMessage'], sends)] : []),
    ...(consumes.length > 0 ? [allow(receive, consumes)] : []),
  ];
}

function bucketStatements({ spec, data }: ServiceFunctionProps): PolicyStatement[] {
  if (spec.bucket === undefined) return [];
  return [
    allow(OBJECT_ACTIONS[spec.bucket], [data.files.arnForObjects('*')]),
    allow(OBJECT_KEY_ACTIONS[spec.bucket], [data.filesKey.keyArn]),
    // Without it S3 answers 403 instead of 404 for an object that is not there yet.
    ...(spec.bucket === 'write' ? [] : [allow(['s3:ListBucket'], [data.files.bucketArn])]),
  ];
}

function personalDataStatements({ spec, data }: ServiceFunctionProps): PolicyStatement[] {
  if (spec.personalData === undefined) return [];
  return [
    allow(['secretsmanager:GetSecretValue'], [data.lookupKey.secretArn]),
    allow(PERSONAL_DATA_ACTIONS[spec.personalData], [data.personalDataKey.keyArn]),
  ];
}

/** The named member of a map; a name that is not there is a mistake in infra/resources.ts. */
export function required<T>(map: ReadonlyMap<string, T>, name: string): T {
  const value = map.get(name);
  if (value === undefined) throw new Error(`infra/resources.ts names "${name}", which does not exist`);
  return value;
}
