import { describe, expect, test } from 'vitest';
import { ROUTES } from '../../functions/api/routes.ts';
import { TABLE_ACTIONS } from '../../infra/lambda-function.ts';
import {
  BUCKETS,
  FUNCTIONS,
  type FunctionSpec,
  MAX_RECEIVES,
  QUEUES,
  TABLES,
  type TableName,
} from '../../infra/resources.ts';
import { ofType, stubApp, type Template, templatesOf } from './stub-app.ts';

const { data, application } = templatesOf(stubApp('cn-north-1'));

/** Variables that name the keys of personal data. */
const KEYS = ['KEY_SOURCE', 'PERSONAL_DATA_KEY_ARN', 'LOOKUP_KEY_SECRET_ARN'];

type Statement = { Effect: string; Action: string | string[]; Resource: unknown };

function statementsOf(template: Template): { role: string; statement: Statement }[] {
  return Object.entries(template.Resources).flatMap(([role, { Type, Properties }]) => {
    if (Type !== 'AWS::IAM::Role' && Type !== 'AWS::IAM::Policy') return [];
    const policies = Type === 'AWS::IAM::Policy' ? [Properties] : (Properties['Policies'] ?? []);
    return policies.flatMap((policy: { PolicyDocument: { Statement: Statement[] } }) =>
      policy.PolicyDocument.Statement.map((statement) => ({ role, statement })),
    );
  });
}

const actionsOf = ({ Action: action }: Statement): string[] => (Array.isArray(action) ? action : [action]);
const resourcesOf = ({ Resource: resource }: Statement): unknown[] =>
  Array.isArray(resource) ? resource : [resource];

describe('state', () => {
  test('every table survives mistakes: retained, protected, restorable to any second, encrypted', () => {
    const tables = ofType(data, 'AWS::DynamoDB::Table');
    expect(tables).toHaveLength(Object.keys(TABLES).length);
    for (const [id, { Properties: properties, ...table }] of tables) {
      expect(table, id).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
      expect(properties, id).toMatchObject({
        DeletionProtectionEnabled: true,
        BillingMode: 'PAY_PER_REQUEST',
        SSESpecification: { SSEEnabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      });
      expect(properties['GlobalSecondaryIndexes']).toBeUndefined();
    }
  });

  test('every queue has a dead-letter queue after the agreed tries and six times its consumer’s time limit', () => {
    const queues = ofType(data, 'AWS::SQS::Queue');
    expect(queues).toHaveLength(Object.keys(QUEUES).length * 2);
    for (const [name, { consumer }] of Object.entries(QUEUES)) {
      const queue = queues.find(([id]) => id.startsWith(`${name}queue`));
      expect(queue?.[1].Properties, name).toMatchObject({
        VisibilityTimeout: FUNCTIONS[consumer].timeoutSeconds * 6,
        SqsManagedSseEnabled: true,
        RedrivePolicy: { maxReceiveCount: MAX_RECEIVES },
      });
      const target = queue?.[1].Properties['RedrivePolicy'].deadLetterTargetArn['Fn::GetAtt'][0];
      expect(target).toMatch(new RegExp(`^${name}deadletters`));
    }
  });

  test('the bucket is private, versioned, encrypted with its own key, open to TLS only and to no other origin', () => {
    const [[, bucket] = []] = ofType(data, 'AWS::S3::Bucket');
    expect(bucket).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    });
    const rule = bucket!.Properties['BucketEncryption'].ServerSideEncryptionConfiguration[0];
    expect(rule.ServerSideEncryptionByDefault).toMatchObject({ SSEAlgorithm: 'aws:kms' });
    expect(bucket!.Properties['CorsConfiguration']).toBeUndefined();
    const expiry = bucket!.Properties['LifecycleConfiguration'].Rules.find(
      ({ Prefix: prefix }: { Prefix?: string }) => prefix === 'uploads/',
    );
    expect(expiry.ExpirationInDays).toBe(30);
    const policy = JSON.stringify(ofType(data, 'AWS::S3::BucketPolicy'));
    expect(policy).toContain('"aws:SecureTransport":"false"');
  });

  test('keys rotate and are retained', () => {
    const keys = ofType(data, 'AWS::KMS::Key');
    expect(keys).toHaveLength(2);
    for (const [, key] of keys) {
      expect(key).toMatchObject({ DeletionPolicy: 'Retain', Properties: { EnableKeyRotation: true } });
    }
  });
});

describe('permissions', () => {
  const statements = statementsOf(application);

  test('every function has a role of its own and no managed policy', () => {
    const functions = ofType(application, 'AWS::Lambda::Function');
    expect(functions).toHaveLength(Object.keys(FUNCTIONS).length);
    const roles = functions.map(([, { Properties: properties }]) => properties['Role']['Fn::GetAtt'][0]);
    expect(new Set(roles).size).toBe(functions.length);
    for (const [id, { Properties: properties }] of ofType(application, 'AWS::IAM::Role')) {
      expect(properties['ManagedPolicyArns'], id).toBeUndefined();
    }
    expect(ofType(application, 'AWS::IAM::Policy')).toEqual([]);
  });

  test('no action has a wildcard, and the only wildcard resource is the objects of the bucket', () => {
    expect(statements.length).toBeGreaterThan(40);
    for (const { role, statement } of statements) {
      for (const action of actionsOf(statement)) expect(action, role).not.toContain('*');
      const wildcards = resourcesOf(statement)
        .map((resource) => JSON.stringify(resource))
        .filter((text) => text.includes('*') && !/ExportsOutputFnGetAttfiles\w+"\},"\/\*"/.test(text));
      expect(wildcards, role).toEqual([]);
    }
  });

  test('no role may change or remove a ledger entry, and each says so with a Deny', () => {
    const ledger = (resource: unknown): boolean => JSON.stringify(resource).includes('ledgertable');
    const changing = /UpdateItem|DeleteItem|BatchWriteItem|PartiQL|DeleteTable|UpdateTable|UpdateTimeToLive/;
    const roles = new Set(
      statements.map(({ role }) => role).filter((role) => !role.includes('schedulerole')),
    );
    for (const role of roles) {
      const own = statements.filter(
        (entry) => entry.role === role && resourcesOf(entry.statement).some(ledger),
      );
      const allowed = own.filter(({ statement }) => statement.Effect === 'Allow');
      for (const { statement } of allowed) {
        for (const action of actionsOf(statement)) expect(action, role).not.toMatch(changing);
      }
      const denied = own.find(({ statement }) => statement.Effect === 'Deny');
      expect(actionsOf(denied!.statement), role).toEqual(
        expect.arrayContaining(['dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem']),
      );
    }
    expect(roles.size).toBe(Object.keys(FUNCTIONS).length);
  });

  test('a function reaches exactly the tables and queues it names', () => {
    for (const [name, spec] of Object.entries(FUNCTIONS)) {
      const role = `${name.replaceAll('-', '')}role`;
      const own = statements.filter((entry) => entry.role.toLowerCase().startsWith(role));
      const allowed = own.filter(({ statement }) => statement.Effect === 'Allow');
      for (const table of Object.keys(TABLES)) {
        const statement = allowed.find((entry) =>
          JSON.stringify(entry.statement.Resource).includes(`${table}table`),
        );
        const access = (spec.tables as Record<string, keyof typeof TABLE_ACTIONS | undefined>)[table];
        expect(statement && actionsOf(statement.statement), `${name} ${table}`).toEqual(
          access === undefined ? undefined : TABLE_ACTIONS[access],
        );
      }
      const sends = allowed.filter(({ statement }) => actionsOf(statement).includes('sqs:SendMessage'));
      const queues = sends.flatMap(({ statement }) => resourcesOf(statement)).length;
      expect(queues, name).toBe(spec.sends.length);
    }
  });

  test('who writes the register may seal and open personal data, who reads it may only open it, nobody else may either', () => {
    for (const [name, spec] of Object.entries(FUNCTIONS)) {
      const { register } = spec.tables as { register?: string };
      const role = `${name.replaceAll('-', '')}role`;
      const actions = statements
        .filter((entry) => entry.role.toLowerCase().startsWith(role))
        .filter(({ statement }) => /personaldatakey|lookupkey/.test(JSON.stringify(statement.Resource)))
        .flatMap(({ statement }) => actionsOf(statement));
      const [open, seal] = ['kms:Decrypt', ['kms:GenerateDataKey', 'kms:Encrypt', 'kms:Decrypt']];
      expect(actions, name).toEqual(
        register === undefined
          ? []
          : ['secretsmanager:GetSecretValue', register === 'write' ? seal : open].flat(),
      );
    }
  });
});

describe('gateway and triggers', () => {
  const routes = ofType(application, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties);

  test('every operation has a route; all but the open ones ask for a token', () => {
    for (const [operation, { method, path, roles }] of Object.entries(ROUTES)) {
      const route = routes.find(({ RouteKey: key }) => key === `${method} ${path}`);
      expect(route, operation).toBeDefined();
      expect(route!['AuthorizationType'], operation).toBe(roles.length === 0 ? 'NONE' : 'JWT');
    }
    expect(routes).toHaveLength(Object.keys(ROUTES).length + 1);
    expect(routes.find(({ RouteKey: key }) => key === '$default')).toBeDefined();
  });

  test('the gateway writes access logs without query strings and limits its rate', () => {
    const [[, stage] = []] = ofType(application, 'AWS::ApiGatewayV2::Stage');
    expect(stage!.Properties['DefaultRouteSettings']).toMatchObject({ ThrottlingRateLimit: 100 });
    expect(stage!.Properties['AccessLogSettings'].Format).not.toMatch(/querystring|\$context\.path/i);
  });

  test('event sources report partial failures and are limited', () => {
    const sources = ofType(application, 'AWS::Lambda::EventSourceMapping');
    expect(sources).toHaveLength(Object.keys(QUEUES).length);
    for (const [, { Properties: properties }] of sources) {
      expect(properties).toMatchObject({
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: 10 },
      });
    }
  });

  test('schedules run in the time zone of the bureaus', () => {
    const schedules = ofType(application, 'AWS::Scheduler::Schedule').map(([, { Properties }]) => Properties);
    expect(
      schedules
        .map((schedule) => String(schedule['ScheduleExpression']))
        .toSorted((a, b) => (a < b ? -1 : 1)),
    ).toEqual(['cron(0 8 * * ? *)', 'cron(30 8 * * ? *)', 'rate(1 minute)']);
    for (const schedule of schedules) expect(schedule['ScheduleExpressionTimezone']).toBe('Asia/Shanghai');
  });

  test('the gateway waits as long as any function behind it may take', () => {
    const waits = ofType(application, 'AWS::ApiGatewayV2::Integration').map(
      ([, { Properties: properties }]) => properties['TimeoutInMillis'] / 1000,
    );
    const limits = Object.entries<FunctionSpec>(FUNCTIONS)
      .filter(([name]) => name.startsWith('api-'))
      .map(([, { timeoutSeconds }]) => timeoutSeconds);
    expect(limits).toHaveLength(waits.length);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(Math.max(...limits));
  });

  test('logs are kept 400 days, failures, dead letters and a sweeper that stopped raise an alarm', () => {
    for (const [id, { Properties: properties }] of ofType(application, 'AWS::Logs::LogGroup')) {
      expect(properties['RetentionInDays'], id).toBe(400);
    }
    const alarms = ofType(application, 'AWS::CloudWatch::Alarm');
    expect(alarms).toHaveLength(Object.keys(QUEUES).length + Object.keys(FUNCTIONS).length + 2);
    const [silent, ...others] = alarms.filter(([, { Properties: properties }]) =>
      String(properties['ComparisonOperator']).startsWith('LessThan'),
    );
    expect(others).toEqual([]);
    // Not run at all: there is no figure, and that is what is wrong.
    expect(silent?.[1].Properties).toMatchObject({
      MetricName: 'Invocations',
      Threshold: 1,
      TreatMissingData: 'breaching',
      Dimensions: [{ Name: 'FunctionName', Value: { Ref: expect.stringMatching(/^sweepfunction/) } }],
    });
  });

  test('what the daily look counts is a metric, and one is too many', () => {
    const [[, filter] = []] = ofType(application, 'AWS::Logs::MetricFilter');
    expect(filter?.Properties).toMatchObject({
      LogGroupName: { Ref: expect.stringMatching(/^dailylook/) },
      FilterPattern: '{ $.report.waiting >= 0 }',
      MetricTransformations: [
        { MetricNamespace: 'Fafang', MetricName: 'daily-look', MetricValue: '$.report.waiting' },
      ],
    });
    const alarm = ofType(application, 'AWS::CloudWatch::Alarm').find(
      ([, { Properties: properties }]) => properties['Namespace'] === 'Fafang',
    );
    expect(alarm?.[1].Properties).toMatchObject({
      MetricName: 'daily-look',
      Threshold: 0,
      Period: 86_400,
      TreatMissingData: 'notBreaching',
    });
  });

  test('a function knows its own settings and nothing local', () => {
    const staff = ofType(application, 'AWS::Lambda::Function').find(([id]) => id.startsWith('apistaff'));
    const variables = staff![1].Properties['Environment'].Variables;
    expect(variables).toMatchObject({ KEY_SOURCE: 'kms', DEMO_MODE: 'false', CUT_OFF_MARGIN_SECONDS: '120' });
    const names = Object.keys(variables);
    for (const { env } of Object.values(TABLES)) expect(names).toContain(env);
    for (const queue of FUNCTIONS['api-staff'].sends) expect(names).toContain(QUEUES[queue].env);
    expect(names.filter((name) => name.startsWith('LOCAL_'))).toEqual([]);
  });

  test('a function is told the names of what it was granted and of nothing else', () => {
    const every = [
      ...Object.values(TABLES).map(({ env }) => env),
      ...Object.values(QUEUES).map(({ env }) => env),
      BUCKETS.files.env,
      ...KEYS,
    ];
    for (const [name, spec] of Object.entries<FunctionSpec>(FUNCTIONS)) {
      const [, found] =
        ofType(application, 'AWS::Lambda::Function').find(
          ([, { Properties: properties }]) =>
            properties['Environment'].Variables['POWERTOOLS_SERVICE_NAME'] === name,
        ) ?? [];
      const told = Object.keys(found?.Properties['Environment'].Variables);
      const granted = [
        ...Object.keys(spec.tables).map((table) => TABLES[table as TableName].env),
        ...spec.sends.map((queue) => QUEUES[queue].env),
        ...(spec.bucket ? [BUCKETS.files.env] : []),
        ...(spec.personalData ? KEYS : []),
      ];
      expect(told.filter((variable) => every.includes(variable)).sort(), name).toEqual(granted.sort());
    }
  });
});
