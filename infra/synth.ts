/**
 * `npm run synth`: one assembly per region in cdk.out/<region>/.
 *
 *   node infra/synth.ts [--region NAME]... [--out DIR] [--service MODULE]
 *
 * `--service` names a module that exports `service` (a ServiceModel); default is Fafang itself.
 */
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { ServiceModel } from './service-model.ts';
import { REGIONS, synthesize } from './synthesize.ts';

const { values } = parseArgs({
  options: {
    region: { type: 'string', multiple: true },
    out: { type: 'string', default: 'cdk.out' },
    service: { type: 'string', default: 'infra/service-model.ts' },
    quiet: { type: 'boolean', default: false },
  },
});
const root = resolve(import.meta.dirname, '..');
const out = resolve(values.out);
const module = (await import(pathToFileURL(resolve(root, values.service)).href)) as { service: ServiceModel };
const regions = values.region ?? REGIONS;
const started = performance.now();
await synthesize({
  model: module.service,
  root,
  regions,
  outDirectory: (region) => join(out, region),
  bundleDirectory: join(out, 'bundles'),
});
if (!values.quiet) {
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`已生成模板 / synthesized ${regions.join(', ')} into ${out} in ${seconds} s`);
}
