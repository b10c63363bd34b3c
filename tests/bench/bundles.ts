import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FUNCTIONS, type FunctionName } from '../../infra/resources.ts';
import { type Load, loadTime } from './load-time.ts';
import { samplesOf, shown } from './samples.ts';
import { type Bundle, bundleOf, START_BYTES_AIM } from './start-bundle.ts';
import { aim, printHeading, printNote, printTable } from './table.ts';

const LOAD_MILLISECONDS_AIM = 120;
const PACKAGES_SHOWN = 8;

/** Size and load time of each function's bundle, as deployed, and what is largest in the hot ones. */
export async function benchBundles(options: { loads: number }): Promise<void> {
  printHeading('四、各函数的打包大小和加载时间', '4. Bundle size and load time of each function');
  const folder = mkdtempSync(join(tmpdir(), 'fafang-bundles-'));
  try {
    const bundles = await Promise.all(
      (Object.keys(FUNCTIONS) as FunctionName[]).map((name) => bundleOf(name, folder)),
    );
    const loads = new Map<FunctionName, Load[]>(bundles.map(({ name }) => [name, []]));
    // In turn, so that whatever else the machine does falls on all of them alike; the first load fills the disk cache.
    for (let round = 0; round <= options.loads; round += 1) {
      for (const bundle of bundles) {
        const load = await loadTime(bundle.name, bundle.indexFile, bundle.firstUseFiles);
        if (round > 0) loads.get(bundle.name)?.push(load);
        else checkLoaded(bundle, load);
      }
    }
    printBundles(bundles, loads);
    printNote(
      `“启动”是启动时载入的代码，与新进程实际载入的文件核对一致；“首条消息”是在 AWS 上首条消息另需载入的部分（角色凭据；涉及个人信息时还有加密库、KMS 和密钥）；“全部”是部署包里的全部代码。加载时间：${options.loads} 个新进程的中位数，不含 Node 自身启动。`,
      `"start" is the code that a start loads, checked against the files that a fresh process really loads; "first message" is what the first message on AWS loads besides (credentials of the role; with personal data also the Encryption SDK, KMS, secrets); "all" is all code deployed. Load time: median of ${options.loads} fresh processes, without the start of Node itself.`,
    );
    console.log('');
    printPackages(bundles);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The figure is worked out from what esbuild says; what a process loads must be the same files. */
function checkLoaded({ name, startFiles }: Bundle, { loaded }: Load): void {
  const expected = startFiles.map((file) => pathToFileURL(file).href).sort();
  if (loaded.toSorted().join() !== expected.join())
    throw new Error(`${name}: a start loads ${loaded.length} files, not the ${expected.length} worked out`);
}

const isHot = (name: FunctionName): boolean => 'hot' in FUNCTIONS[name];
const kilobytes = (size: number): string => (size / 1000).toFixed(0);

function printBundles(bundles: readonly Bundle[], loads: ReadonlyMap<FunctionName, readonly Load[]>): void {
  const hotFirst = bundles.toSorted((a, b) => Number(isHot(b.name)) - Number(isHot(a.name)));
  printTable({
    headings: [
      '函数 / function',
      '启动 kB / start',
      '目标 / aim ≤ 500 kB',
      '加载 ms / load (range)',
      '目标 / aim ≤ 120 ms',
      '处理器 ms / CPU',
      '首条消息 kB / first message',
      '处理器 ms / CPU',
      '全部 kB / all',
    ],
    rows: hotFirst.map(({ name, startBytes, firstUseBytes, allBytes }) => {
      const mine = loads.get(name) ?? [];
      const load = samplesOf(mine.map(({ start }) => start.milliseconds));
      const [size, time] = isHot(name)
        ? [aim('', startBytes <= START_BYTES_AIM), aim('', load.median <= LOAD_MILLISECONDS_AIM)]
        : ['', ''];
      return [
        isHot(name) ? `${name} 热/hot` : name,
        kilobytes(startBytes),
        size,
        shown(load),
        time,
        samplesOf(mine.map(({ start }) => start.cpuMilliseconds)).median.toFixed(0),
        kilobytes(firstUseBytes),
        samplesOf(mine.map(({ firstUse }) => firstUse.cpuMilliseconds)).median.toFixed(0),
        kilobytes(allBytes),
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
