/** Findings of the rule packs (cdk-nag) that we have looked at and keep, each with its reason. */
import { Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** The bucket's objects: the one wildcard that is allowed. Contains generated ids; the test names the new one when it changes. */
export const BUCKET_OBJECTS_FINDING =
  'AwsSolutions-IAM5[Resource::FafangData:ExportsOutputFnGetAttfiles6F97A25DArn20FAC0C5/*]';

export const ACKNOWLEDGED = {
  'AwsSolutions-SMG4':
    'the key of the look-up hash must not change under stored pointers; a new key comes as a new version beside it',
  'AwsSolutions-S1':
    'reads and writes of bank files are recorded by the CloudTrail data events of the account, which S3 access logs would repeat less reliably',
  [BUCKET_OBJECTS_FINDING]:
    'the objects of one bucket by name: their keys contain run and upload ids that do not exist at deployment',
  'AwsSolutions-APIG4':
    'health, API description, its page and the answer to unknown paths hold no data and need no sign-in',
  'Serverless-SQSRedrivePolicy': 'this is a dead-letter queue: a person looks at it when its alarm rises',
  'Serverless-LambdaDLQ':
    'called by the gateway, or fed from a queue that has its own dead-letter queue, or by a schedule whose next call finds the same work in the state',
  'Serverless-LambdaTracing':
    'Lambda has no X-Ray in aws-cn; log records carry a correlation id through every step',
  'Serverless-LambdaEventSourceMappingDestination':
    'failure destinations are for streams; a queue uses its own dead-letter queue',
} as const;

/** Acknowledges one rule on one construct and everything in it. */
export function acknowledge(construct: Construct, rule: keyof typeof ACKNOWLEDGED): void {
  Validations.of(construct).acknowledge({ id: rule, reason: ACKNOWLEDGED[rule] });
}
