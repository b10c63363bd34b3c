import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { Metafile } from 'esbuild';
import { bundleFunction } from '../../infra/bundle.ts';
import { FUNCTIONS, type FunctionName } from '../../infra/resources.ts';
import { type LoadTime, loadTime } from './load-time.ts';
import { samplesOf, shown } from './samples.ts';
import { aim, printHeading, printNote, printTable } from './table.ts';

const BYTES_AIM = 500_000;
const LOAD_MILLISECONDS_AIM = 120;
const PACKAGES_SHOWN = 8;

type Bundle = {
  readonly name: FunctionName;
  readonly indexFile: string;
  /** What a start loads: the index and every chunk that it imports, not what is imported when needed. */
  readonly startBytes: number;
  readonly allBytes: number;
  /** Bytes by package, of what a start loads. */
  readonly packages: ReadonlyMap<string, number>;
};

/** Size and load time of each function's bundle, as deployed, and what is largest in the hot ones. */
export async function benchBundles(options: { loads: number }): Promise<void> {
  printHeading('四、各函数的打包大小和加载时间', '4. Bundle size and load time of each function');
  const folder = mkdtempSync(join(tmpdir(), 'fafang-bundles-'));
  try {
    const bundles = await Promise.all(
      (Object.keys(FUNCTIONS) as FunctionName[]).map((name) => bundleOf(name, folder)),
    );
    const times = new Map<FunctionName, LoadTime[]>(bundles.map(({ name }) => [name, []]));
    // In turn, so that whatever else the machine does falls on all of them alike; the first load fills the disk cache.
    for (let load = 0; load <= options.loads; load += 1) {
      for (const { name, indexFile } of bundles) {
        const time = await loadTime(name, indexFile);
        if (load > 0) times.get(name)?.push(time);
      }
    }
    printBundles(bundles, times);
    printNote(
      `“启动”是启动时载入的代码；“全部”另含用到才载入的部分（密钥服务、登录凭据来源等）。加载时间：${options.loads} 个新进程的中位数，不含 Node 自身启动。`,
      `"start" is the code that a start loads; "all" adds what is loaded when needed (key service, sources of credentials). Load time: median of ${options.loads} fresh processes, without the start of Node itself.`,
    );
    console.log('');
    printPackages(bundles);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const isHot = (name: FunctionName): boolean => 'hot' in FUNCTIONS[name];
const kilobytes = (size: number): string => (size / 1000).toFixed(0);

async function bundleOf(name: FunctionName, folder: string): Promise<Bundle> {
  const root = resolve(import.meta.dirname, '../..');
  const outDirectory = join(folder, name);
  const { outputs } = await bundleFunction(FUNCTIONS[name].entry, { root, outDirectory });
  const index = Object.keys(outputs).find((path) => basename(path) === 'index.mjs') ?? '';
  const start = loadedAtStart(outputs, index);
  return {
    name,
    indexFile: join(outDirectory, 'index.mjs'),
    startBytes: sum([...start].map((path) => outputs[path]?.bytes ?? 0)),
    allBytes: sum(Object.values(outputs).map((output) => output.bytes)),
    packages: packagesIn(outputs, start),
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function loadedAtStart(outputs: Metafile['outputs'], index: string): Set<string> {
  const loaded = new Set<string>();
  const waiting = [index];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const output = outputs[path];
    if (loaded.has(path) || !output) continue;
    loaded.add(path);
    for (const { path: imported, kind } of output.imports)
      if (kind === 'import-statement') waiting.push(imported);
  }
  return loaded;
}

function packagesIn(outputs: Metafile['outputs'], paths: ReadonlySet<string>): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const path of paths) {
    for (const [input, { bytesInOutput }] of Object.entries(outputs[path]?.inputs ?? {})) {
      const within = input.split('node_modules/').at(-1) ?? '';
      const parts = within.split('/');
      const name = input.includes('node_modules/')
        ? parts.slice(0, within.startsWith('@') ? 2 : 1).join('/')
        : `${parts[0]}/`;
      sizes.set(name, (sizes.get(name) ?? 0) + bytesInOutput);
    }
  }
  return sizes;
}

function printBundles(
  bundles: readonly Bundle[],
  times: ReadonlyMap<FunctionName, readonly LoadTime[]>,
): void {
  const hotFirst = bundles.toSorted((a, b) => Number(isHot(b.name)) - Number(isHot(a.name)));
  printTable({
    headings: [
      '函数 / function',
      '启动 kB / start',
      '全部 kB / all',
      '目标 / aim ≤ 500 kB',
      '加载 ms / load (range)',
      '目标 / aim ≤ 120 ms',
      '其中处理器 ms / CPU',
    ],
    rows: hotFirst.map(({ name, startBytes, allBytes }) => {
      const loads = times.get(name) ?? [];
      const load = samplesOf(loads.map(({ milliseconds }) => milliseconds));
      const cpu = samplesOf(loads.map(({ cpuMilliseconds }) => cpuMilliseconds));
      const [size, time] = isHot(name)
        ? [aim('', startBytes <= BYTES_AIM), aim('', load.median <= LOAD_MILLISECONDS_AIM)]
        : ['', ''];
      const title = isHot(name) ? `${name} 热/hot` : name;
      return [
        title,
        kilobytes(startBytes),
        kilobytes(allBytes),
        size,
        shown(load),
        time,
        cpu.median.toFixed(0),
      ];
    }),
  });
}

function printPackages(bundles: readonly Bundle[]): void {
  const hot = bundles.filter(({ name }) => isHot(name));
  printTable({
    headings: ['热函数中最大的部分，kB / largest in hot functions, kB', ''],
    rows: hot.map(({ name, packages }) => {
      const largest = [...packages].toSorted(([, a], [, b]) => b - a).slice(0, PACKAGES_SHOWN);
      return [name, largest.map(([part, size]) => `${part} ${kilobytes(size)}`).join(', ')];
    }),
  });
}
