/** Puts the two stacks into a CDK app. */
import { type App, Tags } from 'aws-cdk-lib';
import { DEFAULT_CROSS_STACK_REFERENCES } from 'aws-cdk-lib/cx-api';
import { AppStack } from './app-stack.ts';
import { DataStack } from './data-stack.ts';
import type { ServiceModel } from './service-model.ts';
import { settingsFrom } from './settings.ts';

export type ServiceAppInput = {
  readonly model: ServiceModel;
  readonly bundles: ReadonlyMap<string, string>;
  readonly codeVersion: string;
  readonly region: string;
  /** Left out: the template works in any account. */
  readonly account?: string;
};

/** The stateful and the stateless stack of one region; reads the settings from the app's context. */
export function addStacks(app: App, input: ServiceAppInput): { data: DataStack; application: AppStack } {
  const { model, bundles, codeVersion, region, account } = input;
  // The application stack cannot be deployed without the data stack it was made for: exports, not loose references.
  app.node.setContext(DEFAULT_CROSS_STACK_REFERENCES, 'strong');
  const settings = settingsFrom((name) => app.node.tryGetContext(name) as unknown);
  const env = { region, ...(account === undefined ? {} : { account }) };
  const data = new DataStack(app, 'FafangData', { env, model, description: '发放 Fafang: state' });
  const application = new AppStack(app, 'FafangApp', {
    env,
    model,
    settings,
    data,
    bundles,
    codeVersion,
    description: '发放 Fafang: functions',
  });
  Tags.of(app).add('application', 'fafang');
  return { data, application };
}
