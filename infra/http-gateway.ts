/** The HTTP API: one route per operation of the route table, a JWT check at the door, everything else to `api-public`. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
  PayloadFormatVersion,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledgements.ts';
import { required } from './lambda-function.ts';
import { functionOfRoute, type ServiceModel } from './service-model.ts';
import type { DeploymentSettings } from './settings.ts';

/** The longest that an HTTP API waits through CDK; no function behind it may take longer. */
const INTEGRATION_TIMEOUT = Duration.seconds(29);

/** Who, what, when and how long: no query string, because a careless client could put personal data there. */
const ACCESS_LOG_FIELDS = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  sourceIp: '$context.identity.sourceIp',
  routeKey: '$context.routeKey',
  status: '$context.status',
  responseLength: '$context.responseLength',
  latencyMs: '$context.responseLatency',
  subject: '$context.authorizer.claims.sub',
  error: '$context.error.message',
} as const;

export type HttpGatewayProps = {
  readonly model: ServiceModel;
  readonly settings: DeploymentSettings;
  readonly functions: ReadonlyMap<string, LambdaFunction>;
  readonly issuer: string;
  readonly audience: string;
};

export class HttpGateway extends Construct {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, props: HttpGatewayProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'api', {
      description: '发放 Fafang',
      createDefaultStage: false,
      disableExecuteApiEndpoint: false,
    });
    this.addRoutes(props);
    this.addStage(props.settings);
  }

  private addRoutes({ model, functions, issuer, audience }: HttpGatewayProps): void {
    const signedIn = new HttpJwtAuthorizer('sign-in', issuer, { jwtAudience: [audience] });
    const anyone = new HttpNoneAuthorizer();
    const integrations = new Map<string, HttpLambdaIntegration>();
    const integrationOf = (name: string): HttpLambdaIntegration => {
      const made = integrations.get(name);
      if (made !== undefined) return made;
      const integration = new HttpLambdaIntegration(name, required(functions, name), {
        payloadFormatVersion: PayloadFormatVersion.VERSION_2_0,
        timeout: INTEGRATION_TIMEOUT,
        // One permission per function: with one per route its resource policy would outgrow Lambda's limit of 20 KB.
        scopePermissionToRoute: false,
      });
      integrations.set(name, integration);
      return integration;
    };
    for (const [operationId, route] of Object.entries(model.routes)) {
      const made = new HttpRoute(this, operationId, {
        httpApi: this.api,
        routeKey: HttpRouteKey.with(route.path, HttpMethod[route.method]),
        integration: integrationOf(functionOfRoute(route)),
        authorizer: route.roles.length === 0 ? anyone : signedIn,
      });
      if (route.roles.length === 0) acknowledge(made, 'AwsSolutions-APIG4');
    }
    const unknown = new HttpRoute(this, 'unknown', {
      httpApi: this.api,
      routeKey: HttpRouteKey.DEFAULT,
      integration: integrationOf('api-public'),
      authorizer: anyone,
    });
    acknowledge(unknown, 'AwsSolutions-APIG4');
  }

  private addStage(settings: DeploymentSettings): void {
    const logs = new LogGroup(this, 'access-logs', {
      retention: RetentionDays.THIRTEEN_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    new HttpStage(this, 'stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: settings.throttleRate, burstLimit: settings.throttleBurst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logs),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG_FIELDS)),
      },
    });
  }
}
