/**
 * `npm start`: the whole service on this machine.
 *
 *   node infra/local/main.ts [--data DIR] [--port N] [--fresh] [--service MODULE]
 */
import { join, resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { ACCOUNTS, DEMO_PASSWORD } from './accounts.ts';
import { BANK_PATH } from './bank/desk.ts';
import { type Host, type HostOptions, startHost } from './host.ts';
import { SAMPLE_STREETS } from './sample/streets.ts';
import { seed } from './seed.ts';

const USAGE = `npm start -- [--data DIR] [--port N] [--fresh] [--service MODULE]
  --data DIR  数据目录，默认 .data / data folder, default .data
  --port N    端口，默认 8787 / port, default 8787
  --fresh     先清空数据目录 / empty the data folder first
  --service MODULE  运行另一个服务（测试用）/ run another service, for tests`;

function options(): HostOptions {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: '.data' },
      port: { type: 'string' },
      fresh: { type: 'boolean', default: false },
      service: { type: 'string' },
    },
  });
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port ${values.port}?`);
  return {
    dataDir: resolve(values.data),
    fresh: values.fresh,
    ...(values.port === undefined ? {} : { port }),
    ...(values.service === undefined ? {} : { serviceModule: values.service }),
  };
}

function fail(cause: unknown): never {
  console.error(cause instanceof Error ? cause.message : cause);
  process.exit(1);
}

function announce(host: Host, dataDir: string, seconds: string): void {
  const signIns = ACCOUNTS.map(
    ({ id, name, office }) => `  ${id.padEnd(12)} ${name} · ${office.zh} / ${office.en}`,
  );
  console.log(`
发放 Fafang · 数据目录 / data folder: ${dataDir}
接口文档 / API documentation: ${host.address}/docs
模拟银行 / simulated bank: ${host.address}${BANK_PATH}
登录 / sign-in: ${host.issuer}（密码 / password: ${DEMO_PASSWORD}）
${signIns.join('\n')}
  street-1-preparer、street-1-signer … street-${SAMPLE_STREETS.length}-signer  街道填报、签报 / streets: prepare and sign reports
取令牌 / get a token:
  curl -s ${host.issuer}/token -d grant_type=password -d username=preparer -d password=${DEMO_PASSWORD}
日志 / logs: ${join(dataDir, 'logs')} · 停止 / stop: Ctrl+C
就绪 / ready in ${seconds} s
Fafang ready: ${host.address}`);
}

/**
 * Seeds at every start: it is idempotent, and a start that was cut off may have left it half done. Resolves when its
 * first stage is there (staff, policy, budgets), which every sign-in needs; the sample register is imported meanwhile.
 */
async function seedUntilUsable(host: Host, isStopping: () => boolean): Promise<void> {
  await new Promise<void>((usable) => {
    const print = (line: string): void => {
      console.log(line);
      usable();
    };
    seed(host, { print }).catch((cause: unknown) => {
      if (!isStopping())
        console.error(
          '样本数据未装完，下次启动继续 / seeding is not complete, the next start goes on',
          cause,
        );
      usable();
    });
  });
}

async function main(): Promise<void> {
  const started = performance.now();
  if (Number(process.versions.node.split('.')[0]) < 24) {
    fail(
      '需要 Node.js 24：请用 npm start 启动，它会使用自带的版本。\nNode.js 24 is needed: start with `npm start`, which brings it.',
    );
  }
  const chosen = ((): ReturnType<typeof options> => {
    try {
      return options();
    } catch (cause) {
      return fail(`${cause instanceof Error ? cause.message : String(cause)}\n${USAGE}`);
    }
  })();
  console.log('正在启动，首次约需一分钟 / starting, about a minute the first time …');
  const host = await startHost(chosen);
  let stopping = false;
  const stop = (): void => {
    // A second signal does not wait for work to end; nothing is lost either way.
    if (stopping) process.exit(1);
    stopping = true;
    console.log('正在停止 / stopping …');
    host.stop().then(() => process.exit(0), fail);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  if (chosen.serviceModule === undefined) await seedUntilUsable(host, () => stopping);
  announce(host, chosen.dataDir, ((performance.now() - started) / 1000).toFixed(1));
}

await main().catch(fail);
