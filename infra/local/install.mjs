// Installs what is missing before `npm start` and `npm test`. Plain JavaScript without dependencies: it runs on a fresh
// clone with whatever Node is there, from 20.19. Says nothing and takes some milliseconds when all is in place.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve, sep } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const OLDEST_NODE = [20, 19];
const RUNTIME_MAJOR = 24;

/** Whether a version such as `v20.19.0` is at least [major, minor]. */
export function isAtLeast(version, [major, minor]) {
  const [ownMajor = 0, ownMinor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

/**
 * Names of packages that the lockfile wants and node_modules does not have in that version. Optional packages may be
 * missing: they are for other systems.
 */
export function missingPackages(lock, installed) {
  return Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .filter(([path, wanted]) => {
      const found = installed.packages[path];
      if (found === undefined) return wanted.optional !== true && wanted.devOptional !== true;
      return found.version !== wanted.version;
    })
    .map(([path]) => path);
}

function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function fail(zh, en) {
  console.error(`${zh}\n${en}`);
  process.exit(1);
}

/** Runs npm with the Node of the system: the one in node_modules is about to be replaced. */
function installAll(root) {
  console.log('正在安装依赖，首次约需一分钟 / installing dependencies, about a minute the first time …');
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes(`node_modules${sep}.bin`))
    .join(delimiter);
  // Not `npm ci`: it refuses a lockfile without the packages of other systems, and not every registry has those to lock. Versions and
  // integrity still come from the lockfile, which this leaves as it is. Its warnings are about packages that want a newer Node than
  // npm's own: they get it, because Node 24 is one of the packages.
  const result = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
    shell: process.platform === 'win32',
  });
  if (result.error !== undefined || result.status !== 0) {
    fail('依赖安装失败，原因见上。请检查网络和 npm 设置后重试。', 'The installation failed for the reason above. Check the network and npm settings, then try again.');
  }
}

function main() {
  const root = resolve(import.meta.dirname, '../..');
  if (!isAtLeast(process.version, OLDEST_NODE)) {
    fail(
      `需要 Node.js ${OLDEST_NODE.join('.')} 或更新版本，当前为 ${process.version}。`,
      `Node.js ${OLDEST_NODE.join('.')} or newer is needed; this is ${process.version}.`,
    );
  }
  const lock = readJson(join(root, 'package-lock.json'));
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'));
  const hasRuntime = () => existsSync(join(root, 'node_modules', '.bin', 'node'));
  const isComplete = installed !== undefined && missingPackages(lock, installed).length === 0;
  if (!isComplete) installAll(root);
  if (!hasRuntime() && !isAtLeast(process.version, [RUNTIME_MAJOR, 0])) {
    fail(
      `npm 没有为本系统提供 Node.js ${RUNTIME_MAJOR}。请自行安装 Node.js ${RUNTIME_MAJOR} 后重试。`,
      `npm brings no Node.js ${RUNTIME_MAJOR} for this system. Install Node.js ${RUNTIME_MAJOR} and try again.`,
    );
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main();
