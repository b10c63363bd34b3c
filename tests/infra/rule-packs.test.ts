import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { expect, test } from 'vitest';
import { ACKNOWLEDGED } from '../../infra/acknowledgements.ts';
import { stubApp } from './stub-app.ts';

type Report = {
  pluginReports: { violations: { ruleName: string; violatingConstructs: { constructPath: string }[] }[] }[];
};

/** Rule and construct of every finding that nobody acknowledged. */
function findings(prepare?: (app: ReturnType<typeof stubApp>) => void): string[] {
  const app = stubApp('cn-north-1');
  prepare?.(app);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  try {
    app.synth();
  } catch (cause) {
    // Findings end the synthesis; the report has been written by then.
    if ((cause as Error).name !== 'ValidationFailed') throw cause;
  }
  const report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8')) as Report;
  return report.pluginReports.flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    ),
  );
}

test('the stacks pass AwsSolutions and Serverless but for findings acknowledged with a reason', () => {
  expect(findings()).toEqual([]);
  for (const reason of Object.values(ACKNOWLEDGED)) expect(reason.length).toBeGreaterThan(40);
});

test('the packs really look: an open bucket is found', () => {
  const found = findings((app) => {
    const careless = new Bucket(app.node.findChild('FafangData'), 'careless');
    expect(careless.node.path).toBe('FafangData/careless');
  });
  expect(found.join('\n')).toContain('AwsSolutions-S10 FafangData/careless');
});
