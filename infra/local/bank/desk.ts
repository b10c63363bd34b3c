import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Statement } from '../../../domain/bank/statement.ts';
import { ZERO } from '../../../domain/money.ts';
import type { Run } from '../../../domain/run/run.ts';
import { type BankOptions, TROUBLES } from './options.ts';
import { answersPage, receivedPage, statementsPage, wrongPage } from './page.ts';
import type { Received } from './received.ts';
import { type Simulated, simulate } from './simulate.ts';
import { statementMessage, statementTable } from './statement-files.ts';
import { BOOKINGS, statementsOf } from './statements.ts';

/** Path of the bank on the host's own address; no template knows it. */
export const BANK_PATH = '/bank';

type Answer = {
  readonly status: number;
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly name?: string;
};

/**
 * The bank's window on the local host: what it received, and its answers and statements for download. It keeps nothing: whatever it
 * gives is worked out from the files, the chosen trouble and the seed.
 */
export function bankDesk(received: () => Received) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, type, body, name } = await answerTo(request, received());
    response.writeHead(status, {
      'content-type': type,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
      ...(name !== undefined && {
        'content-disposition': `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"`,
      }),
    });
    response.end(body);
  };
}

async function answerTo({ method, url = '' }: IncomingMessage, received: Received): Promise<Answer> {
  if (method !== 'GET') return html(405, wrongPage('只能查看和下载', 'only GET'));
  const { pathname, searchParams } = new URL(url, 'http://local');
  const [, , list = '', number] = pathname.split('/');
  if (list === '') return html(200, receivedPage(await received.runs()));
  const options = TROUBLES[searchParams.get('trouble') ?? 'as-usual'];
  if (!options) return html(400, wrongPage('没有这种情形', 'there is no such trouble'));
  const asked = { number, options, query: searchParams };
  if (list === 'answers') return answers(asked, received);
  return list === 'statements'
    ? statements(asked, received)
    : html(404, wrongPage('没有这个页面', 'no such page'));
}

type Asked = {
  readonly number: string | undefined;
  readonly options: BankOptions;
  readonly query: URLSearchParams;
};

async function answers({ number, options, query }: Asked, received: Received): Promise<Answer> {
  const run = (await received.runs()).find(({ runId }) => runId === query.get('runId'));
  if (!run) return html(404, wrongPage('没有收到该批次的报盘文件', 'no files of such a run'));
  const { answers: all } = await simulated(run, options, query, received);
  if (number === undefined) return html(200, answersPage(run.runId, all, query.toString()));
  const answer = all[Number(number) - 1];
  if (!answer) return html(404, wrongPage('没有这份回盘', 'no such answer'));
  return { status: 200, type: 'application/octet-stream', body: answer.bytes, name: answer.name };
}

async function statements({ number, options, query }: Asked, received: Received): Promise<Answer> {
  const account = query.get('account') ?? '';
  const booking = BOOKINGS.find((one) => one === query.get('booking')) ?? 'net';
  const runs = (await received.runs()).filter(({ manifest }) => manifest.payerAccount === account);
  if (runs.length === 0)
    return html(404, wrongPage('没有收到该账户的报盘文件', 'no files of such an account'));
  const files = (await Promise.all(runs.map((run) => simulated(run, options, query, received)))).flatMap(
    (one) => one.files,
  );
  const fundings = runs.flatMap((run) =>
    run.fundings
      .filter(({ reversed }) => reversed === undefined)
      .map(({ date, fen, voucher }) => ({ on: date, fen, ref: voucher })),
  );
  const all: readonly Statement[] = statementsOf(files, { account, opening: ZERO, fundings, booking });
  if (number === undefined) return html(200, statementsPage(account, all, query.toString()));
  const statement = all[Number(number) - 1];
  if (!statement) return html(404, wrongPage('没有这份对账单', 'no such statement'));
  const { name, bytes } =
    query.get('format') === 'camt' ? statementMessage(statement) : statementTable(statement);
  return { status: 200, type: 'application/octet-stream', body: bytes, name };
}

async function simulated(
  run: Run,
  options: BankOptions,
  query: URLSearchParams,
  received: Received,
): Promise<Simulated> {
  return simulate(query.get('seed') ?? 'fafang', await received.filesOf(run), options);
}

const html = (status: number, body: string): Answer => ({ status, type: 'text/html; charset=utf-8', body });
