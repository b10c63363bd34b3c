/** The stateful stack: what must outlive every deployment of code. Nothing here is ever deleted by CloudFormation. */
import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledgements.ts';
import { NAME_METADATA, type ServiceModel } from './service-model.ts';

/** SQS keeps a message at most this long; long enough for a holiday week. */
const RETENTION = Duration.days(14);
/** A message comes back after six times its consumer's time limit, as AWS advises for event sources. */
const VISIBILITY_FACTOR = 6;

export class DataStack extends Stack {
  readonly tables: ReadonlyMap<string, Table>;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly deadLetterQueues: ReadonlyMap<string, Queue>;
  readonly files: Bucket;
  /** Wraps the data keys of personal data; only functions that open records may use it. */
  readonly personalDataKey: Key;
  /** Encrypts the bucket: bank files and error files hold names and accounts. */
  readonly filesKey: Key;
  /** Keyed hash for exact-match look-ups. */
  readonly lookupKey: Secret;

  constructor(scope: Construct, id: string, props: StackProps & { readonly model: ServiceModel }) {
    super(scope, id, { ...props, terminationProtection: true });
    const { model } = props;
    this.personalDataKey = this.key('personal-data-key', 'wraps the data keys of personal data records');
    this.filesKey = this.key('files-key', 'encrypts uploaded sheets, bank files and exports');
    this.lookupKey = new Secret(this, 'lookup-key', {
      description: 'key of the keyed hash that finds a person by identity number, account or name',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(this.lookupKey, 'AwsSolutions-SMG4');
    this.tables = new Map(Object.keys(model.tables).map((name) => [name, this.table(name)]));
    this.files = this.bucket();
    const queues = Object.entries(model.queues).map(([name, { consumer }]) => {
      const timeoutSeconds = model.functions[consumer]?.timeoutSeconds;
      if (timeoutSeconds === undefined) throw new Error(`queue ${name} has no consumer named ${consumer}`);
      return { name, ...this.queue(name, timeoutSeconds, model.maxReceives) };
    });
    this.queues = new Map(queues.map(({ name, queue }) => [name, queue]));
    this.deadLetterQueues = new Map(queues.map(({ name, deadLetters }) => [name, deadLetters]));
  }

  private key(id: string, description: string): Key {
    return new Key(this, id, { description, enableKeyRotation: true, removalPolicy: RemovalPolicy.RETAIN });
  }

  private table(name: string): Table {
    const table = new Table(this, `${name}-table`, {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    nameResource(table, name);
    return table;
  }

  private queue(
    name: string,
    consumerTimeoutSeconds: number,
    maxReceiveCount: number,
  ): { queue: Queue; deadLetters: Queue } {
    const settings = {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: RETENTION,
      removalPolicy: RemovalPolicy.RETAIN,
    };
    const deadLetters = new Queue(this, `${name}-dead-letters`, settings);
    const queue = new Queue(this, `${name}-queue`, {
      ...settings,
      visibilityTimeout: Duration.seconds(consumerTimeoutSeconds * VISIBILITY_FACTOR),
      receiveMessageWaitTime: Duration.seconds(20),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount },
    });
    acknowledge(deadLetters, 'Serverless-SQSRedrivePolicy');
    nameResource(deadLetters, `${name}-dead-letters`);
    nameResource(queue, name);
    return { queue, deadLetters };
  }

  private bucket(): Bucket {
    const bucket = new Bucket(this, 'files', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.KMS,
      encryptionKey: this.filesKey,
      bucketKeyEnabled: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        // Uploaded sheets are personal data whose good rows are in the register: keep them only to look into mistakes.
        {
          id: 'uploads',
          prefix: 'uploads/',
          expiration: Duration.days(30),
          noncurrentVersionExpiration: Duration.days(1),
        },
        { id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
    acknowledge(bucket, 'AwsSolutions-S1');
    nameResource(bucket, 'files');
    return bucket;
  }
}

/** Writes the logical name into the template, so that a reader of the template need not guess from generated ids. */
export function nameResource(construct: Construct, name: string): void {
  const resource = construct.node.defaultChild;
  if (resource !== undefined && 'addMetadata' in resource && typeof resource.addMetadata === 'function') {
    resource.addMetadata(NAME_METADATA, name);
    return;
  }
  throw new Error(`${construct.node.path} has no template resource`);
}
