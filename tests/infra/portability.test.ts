import { describe, expect, test } from 'vitest';
import { portabilityViolations } from '../../infra/portability.ts';
import { REGIONS } from '../../infra/synthesize.ts';
import { stubApp, templatesOf } from './stub-app.ts';

describe('portability', () => {
  test.each(REGIONS)('%s: nothing that is missing or different there', (region) => {
    const templates = templatesOf(stubApp(region));
    expect(portabilityViolations(templates.data, region)).toEqual([]);
    expect(portabilityViolations(templates.application, region)).toEqual([]);
  });

  test.each([
    ['literal partition', { Resources: { a: { Type: 'X', Properties: { arn: 'arn:aws:s3:::bucket' } } } }],
    ['literal partition', { Resources: { a: { Type: 'X', Properties: { arn: 'arn:aws-cn:s3:::bucket' } } } }],
    ['literal account', { Resources: { a: { Type: 'X', Properties: { account: '123456789012' } } } }],
    [
      'literal service host',
      { Resources: { a: { Type: 'X', Properties: { url: 'sqs.cn-north-1.amazonaws.com' } } } },
    ],
    ['literal region', { Resources: { a: { Type: 'X', Properties: { region: 'us-east-1' } } } }],
    ['forbidden AWS::Cognito::UserPool', { Resources: { a: { Type: 'AWS::Cognito::UserPool' } } }],
    [
      'forbidden AWS::CloudFront::Distribution',
      { Resources: { a: { Type: 'AWS::CloudFront::Distribution' } } },
    ],
    ['forbidden AWS::Lambda::Url', { Resources: { a: { Type: 'AWS::Lambda::Url' } } }],
    [
      'active tracing',
      {
        Resources: {
          a: { Type: 'AWS::Lambda::Function', Properties: { TracingConfig: { Mode: 'Active' } } },
        },
      },
    ],
    [
      'provisioned pollers',
      {
        Resources: {
          a: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { ProvisionedPollerConfig: {} } },
        },
      },
    ],
    [
      'customer key on code',
      { Resources: { a: { Type: 'AWS::Lambda::Function', Properties: { Code: { SourceKMSKeyArn: {} } } } } },
    ],
    [
      'alarm on an absent metric',
      { Resources: { a: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'AsyncEventAge' } } } },
    ],
  ])('the check finds a %s', (rule, template) => {
    expect(portabilityViolations(template, 'cn-north-1').map((violation) => violation.rule)).toContain(rule);
  });

  test('service principals are no literal hosts', () => {
    const template = { Resources: { a: { Type: 'X', Properties: { Service: 'lambda.amazonaws.com' } } } };
    expect(portabilityViolations(template, 'cn-north-1')).toEqual([]);
  });
});
