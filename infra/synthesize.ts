/** Synthesizes the service for given regions, without Docker, account, network or the CDK command line. */
import { App } from 'aws-cdk-lib';
import { bundleFunctions } from './bundle.ts';
import { portabilityViolations } from './portability.ts';
import { addStacks } from './service-app.ts';
import type { ServiceModel } from './service-model.ts';
import { codeVersion } from './source-hash.ts';

export const REGIONS = ['us-east-1', 'cn-north-1', 'cn-northwest-1'] as const;

export type SynthesisInput = {
  readonly model: ServiceModel;
  readonly root: string;
  /** Assembly folder by region. */
  readonly outDirectory: (region: string) => string;
  /** Where the bundles are made before they are copied into the assemblies. */
  readonly bundleDirectory: string;
  readonly regions: readonly string[];
  readonly context?: Readonly<Record<string, string>>;
};

/** The stacks of one region in a new app; with `outDirectory` the assembly is meant to be kept. */
export function appFor(input: {
  readonly model: ServiceModel;
  readonly bundles: ReadonlyMap<string, string>;
  readonly codeVersion: string;
  readonly region: string;
  readonly outDirectory?: string;
  readonly context?: Readonly<Record<string, string>>;
}): App {
  const { outDirectory, context, ...stacks } = input;
  const app = new App({
    analyticsReporting: false,
    ...(outDirectory === undefined ? {} : { outdir: outDirectory }),
    ...(context === undefined ? {} : { context: { ...context } }),
  });
  addStacks(app, stacks);
  return app;
}

/** Writes one assembly per region and throws when a template would not work in every region. */
export async function synthesize(input: SynthesisInput): Promise<void> {
  const bundles = await bundleFunctions(input.model.functions, {
    root: input.root,
    outDirectory: input.bundleDirectory,
  });
  const version = codeVersion(input.root);
  for (const region of input.regions) {
    const app = appFor({
      model: input.model,
      bundles,
      codeVersion: version,
      region,
      outDirectory: input.outDirectory(region),
      ...(input.context === undefined ? {} : { context: input.context }),
    });
    for (const stack of app.synth().stacks) {
      const violations = portabilityViolations(stack.template, region);
      if (violations.length > 0) {
        const list = violations.map(({ rule, where }) => `${rule}: ${where}`).join('\n  ');
        throw new Error(`${stack.stackName} for ${region} is not portable:\n  ${list}`);
      }
    }
  }
}
