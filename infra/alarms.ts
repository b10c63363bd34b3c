/** The signs that a person must look: a message nobody could work on, a function that fails, a sweeper that stopped. */
import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ServiceModel } from './service-model.ts';

export type AlarmsProps = {
  readonly model: ServiceModel;
  readonly deadLetterQueues: ReadonlyMap<string, Queue>;
  readonly functions: ReadonlyMap<string, LambdaFunction>;
  /** Empty: the alarms change state and notify nobody. */
  readonly alarmTopicArn: string;
};

type Condition = Pick<
  AlarmProps,
  'threshold' | 'comparisonOperator' | 'evaluationPeriods' | 'treatMissingData'
>;
const ONE_IS_TOO_MANY: Condition = {
  threshold: 0,
  comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
  evaluationPeriods: 1,
  treatMissingData: TreatMissingData.NOT_BREACHING,
};
/** A function that is not called has no figures at all. */
const NONE_FOR_A_QUARTER_OF_AN_HOUR: Condition = {
  threshold: 1,
  comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
  evaluationPeriods: 3,
  treatMissingData: TreatMissingData.BREACHING,
};

export class Alarms extends Construct {
  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const topic =
      props.alarmTopicArn === '' ? undefined : Topic.fromTopicArn(this, 'topic', props.alarmTopicArn);
    const raise = (alarmId: string, alarmDescription: string, metric: Metric, when: Condition): void => {
      const alarm = new Alarm(this, alarmId, { metric, alarmDescription, ...when });
      if (topic !== undefined) alarm.addAlarmAction(new SnsAction(topic));
    };
    for (const [name, queue] of props.deadLetterQueues) {
      raise(
        `${name}-dead-letters`,
        `消息多次处理失败，需人工查看 / messages of queue ${name} failed every try and wait for a person`,
        queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' }),
        ONE_IS_TOO_MANY,
      );
    }
    for (const [name, lambda] of props.functions) {
      raise(
        `${name}-errors`,
        `函数出错 / function ${name} failed; the message or request is retried, the cause is in its log`,
        lambda.metricErrors({ period: Duration.minutes(5), statistic: 'Sum' }),
        ONE_IS_TOO_MANY,
      );
      const watched = props.model.functions[name]?.watched;
      if (watched)
        raise(`${name}-figure`, watched.meaning, this.figure(name, lambda, watched.figure), ONE_IS_TOO_MANY);
      if (props.model.functions[name]?.schedule?.startsWith('rate(') !== true) continue;
      raise(
        `${name}-silent`,
        `定时函数没有运行，未完成的工作无人接续 / function ${name} did not run: nobody takes up unfinished work`,
        lambda.metricInvocations({ period: Duration.minutes(5), statistic: 'Sum' }),
        NONE_FOR_A_QUARTER_OF_AN_HOUR,
      );
    }
  }

  /** A number that a function writes to its log once a day, as a metric. */
  private figure(name: string, lambda: LambdaFunction, path: string): Metric {
    const filter = new MetricFilter(this, `${name}-filter`, {
      logGroup: lambda.logGroup,
      filterPattern: FilterPattern.numberValue(`$.${path}`, '>=', 0),
      metricNamespace: 'Fafang',
      metricName: name,
      metricValue: `$.${path}`,
    });
    return filter.metric({ period: Duration.days(1), statistic: 'Maximum' });
  }
}
