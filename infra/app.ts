/**
 * Entry of the CDK command line: `npx cdk synth -c region=cn-north-1`, `npx cdk deploy --all -c region=…
 * -c oidcIssuer=https://…`. The settings are in infra/settings.ts.
 */
import { join, resolve } from 'node:path';
import process from 'node:process';
import { App } from 'aws-cdk-lib';
import { bundleFunctions } from './bundle.ts';
import { addStacks } from './service-app.ts';
import { service } from './service-model.ts';
import { codeVersion } from './source-hash.ts';

const root = resolve(import.meta.dirname, '..');
const app = new App();
const context = (name: string): string | undefined => app.node.tryGetContext(name) as string | undefined;
const account = context('account') ?? process.env['CDK_DEFAULT_ACCOUNT'];

addStacks(app, {
  model: service,
  bundles: await bundleFunctions(service.functions, { root, outDirectory: join(root, 'cdk.out', 'bundles') }),
  codeVersion: codeVersion(root),
  region: context('region') ?? process.env['CDK_DEFAULT_REGION'] ?? 'cn-north-1',
  ...(account === undefined ? {} : { account }),
});
app.synth();
