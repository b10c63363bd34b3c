/** Fafang's stacks with an empty bundle for every function: templates without waiting for bundles. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { service } from '../../infra/service-model.ts';
import { appFor } from '../../infra/synthesize.ts';

export type Resource = {
  readonly Type: string;
  readonly Properties: Record<string, any>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
};
export type Template = { readonly Resources: Record<string, Resource> };

export function stubApp(region: string, context: Record<string, string> = {}): App {
  const folder = mkdtempSync(join(tmpdir(), 'fafang-stub-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const code = join(folder, 'code');
  const bundles = new Map(Object.keys(service.functions).map((name) => [name, code]));
  writeBundle(code);
  const outDirectory = join(folder, 'out');
  return appFor({ model: service, bundles, codeVersion: 'v1', region, outDirectory, context });
}

function writeBundle(folder: string): void {
  mkdirSync(folder);
  writeFileSync(join(folder, 'index.mjs'), 'export const handler = () => undefined;\n');
}

export function templatesOf(app: App): { readonly data: Template; readonly application: Template } {
  const stacks = app.synth().stacks;
  const named = (name: string): Template =>
    stacks.find(({ stackName }) => stackName === name)?.template as Template;
  return { data: named('FafangData'), application: named('FafangApp') };
}

/** Resources of one type, as [logical id, resource]. */
export function ofType(template: Template, type: string): [string, Resource][] {
  return Object.entries(template.Resources).filter(([, { Type }]) => Type === type);
}
