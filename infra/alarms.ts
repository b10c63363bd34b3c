/** The two signs that a person must look: a message nobody could work on, and a function that fails. */
import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export type AlarmsProps = {
  readonly deadLetterQueues: ReadonlyMap<string, Queue>;
  readonly functions: ReadonlyMap<string, LambdaFunction>;
  /** Empty: the alarms change state and notify nobody. */
  readonly alarmTopicArn: string;
};

export class Alarms extends Construct {
  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const topic =
      props.alarmTopicArn === '' ? undefined : Topic.fromTopicArn(this, 'topic', props.alarmTopicArn);
    const raise = (alarmId: string, metric: Metric, description: string): void => {
      const alarm = new Alarm(this, alarmId, {
        metric,
        alarmDescription: description,
        threshold: 0,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluationPeriods: 1,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      if (topic !== undefined) alarm.addAlarmAction(new SnsAction(topic));
    };
    for (const [name, queue] of props.deadLetterQueues) {
      raise(
        `${name}-dead-letters`,
        queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' }),
        `消息多次处理失败，需人工查看 / messages of queue ${name} failed every try and wait for a person`,
      );
    }
    for (const [name, lambda] of props.functions) {
      raise(
        `${name}-errors`,
        lambda.metricErrors({ period: Duration.minutes(5), statistic: 'Sum' }),
        `函数出错 / function ${name} failed; the message or request is retried, the cause is in its log`,
      );
    }
  }
}
