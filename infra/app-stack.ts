/** The stateless stack: functions, gateway, event sources, schedules and alarms. It can be replaced at any time. */
import { CfnOutput, CfnParameter, Stack, type StackProps } from 'aws-cdk-lib';
import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledgements.ts';
import { Alarms } from './alarms.ts';
import type { DataStack } from './data-stack.ts';
import { HttpGateway } from './http-gateway.ts';
import { required, ServiceFunction } from './lambda-function.ts';
import type { ModelFunction, ServiceModel } from './service-model.ts';
import type { DeploymentSettings } from './settings.ts';

export type AppStackProps = StackProps & {
  readonly model: ServiceModel;
  readonly settings: DeploymentSettings;
  readonly data: DataStack;
  /** Function name → folder with its bundle. */
  readonly bundles: ReadonlyMap<string, string>;
  /** Hash over the sources: a run is worked on by one code version only. */
  readonly codeVersion: string;
};

/** Template parameters, so that one synthesized template serves any identity provider. */
type SignIn = { readonly issuer: string; readonly audience: string; readonly roleClaim: string };

export class AppStack extends Stack {
  constructor(scope: Construct, id: string, props: AppStackProps) {
    super(scope, id, props);
    const { model, settings, data } = props;
    const signIn = this.signIn(settings);
    const functions = new Map(
      Object.entries(model.functions).map(([name, spec]) => {
        const environment = this.environmentOf(spec, props, signIn, name);
        const codeDirectory = required(props.bundles, name);
        const made = new ServiceFunction(this, name, {
          name,
          spec,
          model,
          data,
          settings,
          codeDirectory,
          environment,
        });
        return [name, made.lambda] as const;
      }),
    );
    this.addEventSources(props, functions);
    this.addSchedules(model, functions);
    const gateway = new HttpGateway(this, 'gateway', { model, settings, functions, ...signIn });
    new Alarms(this, 'alarms', {
      model,
      deadLetterQueues: data.deadLetterQueues,
      functions,
      alarmTopicArn: settings.alarmTopicArn,
    });
    new CfnOutput(this, 'Address', { value: gateway.api.apiEndpoint });
  }

  private signIn(settings: DeploymentSettings): SignIn {
    const parameter = (id: string, description: string, value: string): string =>
      new CfnParameter(this, id, {
        description,
        minLength: 1,
        ...(value === '' ? {} : { default: value }),
      }).valueAsString;
    return {
      issuer: parameter('OidcIssuer', 'issuer URL of the identity provider', settings.oidcIssuer),
      audience: parameter(
        'OidcAudience',
        'audience its access tokens carry for Fafang',
        settings.oidcAudience,
      ),
      roleClaim: parameter('RoleClaim', 'claim that holds the roles of a person', settings.roleClaim),
    };
  }

  /** A function knows the names of what it was granted and of nothing else. */
  private environmentOf(
    spec: ModelFunction,
    props: AppStackProps,
    signIn: SignIn,
    name: string,
  ): Record<string, string> {
    const { settings, codeVersion } = props;
    return {
      ...this.grantedNames(spec, props, name),
      OIDC_ISSUER: signIn.issuer,
      ROLE_CLAIM: signIn.roleClaim,
      CODE_VERSION: codeVersion,
      CUT_OFF_MARGIN_SECONDS: String(settings.cutOffMarginSeconds),
      DEMO_MODE: String(settings.demoMode),
      POWERTOOLS_SERVICE_NAME: name,
      LOG_LEVEL: settings.logLevel,
    };
  }

  private grantedNames(
    spec: ModelFunction,
    { model, data }: AppStackProps,
    name: string,
  ): Record<string, string> {
    const tables = Object.keys(spec.tables).map((table) => {
      const env = model.tables[table]?.env;
      if (env === undefined) throw new Error(`function ${name} uses unknown table ${table}`);
      return [env, required(data.tables, table).tableName] as const;
    });
    const queues = spec.sends.map((queue) => {
      const env = model.queues[queue]?.env;
      if (env === undefined) throw new Error(`function ${name} sends to unknown queue ${queue}`);
      return [env, required(data.queues, queue).queueUrl] as const;
    });
    return {
      ...Object.fromEntries([...tables, ...queues]),
      ...(spec.bucket !== undefined && { [model.bucketEnv]: data.files.bucketName }),
      ...(spec.personalData !== undefined && {
        KEY_SOURCE: 'kms',
        PERSONAL_DATA_KEY_ARN: data.personalDataKey.keyArn,
        LOOKUP_KEY_SECRET_ARN: data.lookupKey.secretArn,
      }),
    };
  }

  private addEventSources(props: AppStackProps, functions: ReadonlyMap<string, LambdaFunction>): void {
    for (const [name, queue] of Object.entries(props.model.queues)) {
      const source = new EventSourceMapping(this, `${name}-source`, {
        target: required(functions, queue.consumer),
        eventSourceArn: required(props.data.queues, name).queueArn,
        batchSize: queue.batchSize,
        reportBatchItemFailures: true,
        maxConcurrency: props.settings.maxConcurrency,
      });
      acknowledge(source, 'Serverless-LambdaEventSourceMappingDestination');
    }
  }

  /** EventBridge Scheduler, because event rules know only UTC. */
  private addSchedules(model: ServiceModel, functions: ReadonlyMap<string, LambdaFunction>): void {
    for (const [name, spec] of Object.entries(model.functions)) {
      if (spec.schedule === undefined) continue;
      const { functionArn } = required(functions, name);
      const invoke = new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ['lambda:InvokeFunction'],
        resources: [functionArn],
      });
      const role = new Role(this, `${name}-schedule-role`, {
        assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
          conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
        }),
        inlinePolicies: { invoke: new PolicyDocument({ statements: [invoke] }) },
      });
      new CfnSchedule(this, `${name}-schedule`, {
        description: spec.purpose,
        flexibleTimeWindow: { mode: 'OFF' },
        scheduleExpression: spec.schedule,
        scheduleExpressionTimezone: model.timeZone,
        target: {
          arn: functionArn,
          roleArn: role.roleArn,
          input: JSON.stringify({ schedule: name }),
          // The next tick or sweep finds the same work in the state: old events are worth nothing.
          retryPolicy: { maximumEventAgeInSeconds: 300, maximumRetryAttempts: 2 },
        },
      });
    }
  }
}
