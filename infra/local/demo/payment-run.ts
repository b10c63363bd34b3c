import { setTimeout as pause } from 'node:timers/promises';
import { type Fen, fen, parseYuan, sumFen, toYuan } from '../../../domain/money.ts';
import { bankFormat } from '../../../functions/bank/formats/index.ts';
import { AS_USUAL, NO_TROUBLE } from '../bank/options.ts';
import type { BankPlan } from '../bank/plan.ts';
import { readSentFile, type SentFile } from '../bank/sent-file.ts';
import { type SimulatedFile, simulate, type TimedAnswer } from '../bank/simulate.ts';
import { type ApiClient, type ResponseOf, waitFor } from './api-client.ts';
import { achieve } from './prepare.ts';

/** What the steps of a run share. Keys begin with the demo's own, so that a demo taken up again does nothing twice. */
export type Desk = {
  readonly api: ApiClient;
  readonly programme: string;
  readonly key: (name: string) => string;
  /** One line of progress. */
  readonly say: (zh: string, en: string) => void;
  readonly seed: string;
};
export type Run = ResponseOf<'getRun'>;
export type Amount = { readonly count: number; readonly fen: Fen };

/** Of the sample district, which sets none of its own. */
const BANK_FORMAT = 'pipe-gb18030';

/** A run leaves out what was recorded in the last moments before it started: a change made just now has to be older. */
export const CUT_OFF_MS = 2_100;

/**
 * Starts a run of the sample district, or finds it started, and waits until it can be reviewed.
 *
 * @param street limits a supplementary run to one street
 */
export async function computeRun(
  desk: Desk,
  period: string,
  round: string,
  street?: string,
): Promise<ResponseOf<'getReview'>> {
  const { api, key, programme } = desk;
  const existing = async (): Promise<string | undefined> => {
    const pages = await api.pages('preparer', 'listRuns', { query: { programme } });
    const runs = pages.flatMap((page) => page.runs);
    return runs.find((run) => run.period === period && run.round === round && run.state !== 'void')?.runId;
  };
  await pause(CUT_OFF_MS);
  await achieve(
    async () => (await existing()) !== undefined,
    () =>
      api.call('preparer', 'startRun', {
        body: { programme, period, round, ...(street !== undefined && { street }) },
        key: key(`start-${round}`),
      }),
  );
  return await reviewable(desk, (await existing()) ?? '');
}

/** Waits until a run is computed. */
export async function reviewable({ api }: Desk, runId: string): Promise<ResponseOf<'getReview'>> {
  return await waitFor(`run ${runId}`, async () => {
    const run = await api.call('preparer', 'getRun', { params: { runId } });
    if (run.state === 'recompute-needed') throw new Error(`${runId}: ${run.lastReason ?? run.state}`);
    return run.state === 'computing'
      ? undefined
      : await api.call('reviewer', 'getReview', { params: { runId } });
  });
}

/** Submits as the preparer and signs every step of the chain as somebody else; waits for nobody. */
export async function approve(desk: Desk, runId: string): Promise<Run> {
  const { api, key } = desk;
  const read = (): Promise<Run> => api.call('preparer', 'getRun', { params: { runId } });
  const before = await read();
  const seen = { revision: before.revision, hash: before.hash ?? '' };
  await achieve(
    async () => (await read()).submission !== undefined,
    () => api.call('preparer', 'submitRun', { params: { runId }, body: seen, key: key(`submit-${runId}`) }),
  );
  for (const [index, step] of before.approvalChain.entries()) {
    // Nobody signs two steps.
    const again = before.approvalChain.slice(0, index).some(({ role }) => role === step.role);
    const signer = again ? `${step.role}-2` : step.role;
    await achieve(
      async () => (await read()).signatures.length > index,
      () =>
        api.call(signer, 'signRun', {
          params: { runId },
          body: seen,
          key: key(`sign-${runId}-${step.code}`),
        }),
    );
  }
  return await read();
}

/** Asks the finance bureau for the money and gets it, unless nothing new is needed. */
export async function fund(desk: Desk, runId: string): Promise<Run> {
  const { api, key } = desk;
  const read = (): Promise<Run> => api.call('cashier', 'getRun', { params: { runId } });
  const { funding, payDate } = await read();
  const needed = fenOf(funding.needed);
  if (needed === 0) return await read();
  await achieve(
    async () => (await read()).state !== 'approved',
    () => api.call('cashier', 'requestFunding', { params: { runId }, key: key(`request-${runId}`) }),
  );
  const body = {
    voucher: `${runId.split('.').slice(1, 4).join('-')}-0001`,
    date: payDate,
    amount: funding.needed,
  };
  await achieve(
    async () => fenOf((await read()).funding.funded) >= needed,
    () => api.call('finance', 'fundRun', { params: { runId }, body, key: key(`fund-${runId}`) }),
  );
  return await read();
}

/** Releases the money: the service verifies what was signed and writes the files, which the cashier fetches. */
export async function dispatch(desk: Desk, runId: string): Promise<SentFile[]> {
  const { api, key } = desk;
  const read = (): Promise<Run> => api.call('cashier', 'getRun', { params: { runId } });
  await achieve(
    async () => !['approved', 'funded'].includes((await read()).state),
    () => api.call('cashier', 'dispatchRun', { params: { runId }, key: key(`dispatch-${runId}`) }),
  );
  await waitFor(`dispatch of ${runId}`, async () => {
    const { state, lastReason } = await read();
    if (state === 'review') throw new Error(`发放前核验不符 / verification failed: ${lastReason ?? runId}`);
    return state === 'dispatched' || state === 'closed' ? state : undefined;
  });
  const { payDate } = await read();
  const format = await bankFormat(BANK_FORMAT);
  const listed = await api.call('cashier', 'listInstructionFiles', { params: { runId } });
  const sent: SentFile[] = [];
  for (const { fileNumber, fileName, count, amount } of listed.files) {
    const bytes = await api.download(async () => {
      const again = await api.call('cashier', 'listInstructionFiles', { params: { runId } });
      return again.files.find((file) => file.fileNumber === fileNumber)?.url ?? '';
    });
    const file = await readSentFile(format, { fileName, bytes }, payDate);
    const total = toYuan(sumFen(file.lines.map((line) => line.fen)));
    if (file.lines.length !== count || total !== amount) throw new Error(`${fileName}: ${count}/${amount}`);
    sent.push(file);
  }
  return sent;
}

export type Answered = {
  readonly file: SentFile;
  readonly plan: BankPlan;
  /** What the bank does with the money of every line. */
  readonly histories: SimulatedFile['histories'];
  /** In the order of their days; the first is of the pay day. */
  readonly answers: readonly TimedAnswer[];
};

/** Answers the first file of a run as the bank would, and the others without trouble. */
export async function answerFiles(
  desk: Desk,
  runId: string,
  files: readonly SentFile[],
  trouble: 'as-usual' | 'none',
): Promise<Answered[]> {
  const answered: Answered[] = [];
  for (const [index, file] of files.entries()) {
    const options = trouble === 'as-usual' && index === 0 ? AS_USUAL : NO_TROUBLE;
    const { files: simulated, answers } = simulate(desk.seed, [file], options);
    for (const answer of answers) if (answer.day === 0) await submitAnswer(desk, runId, answer, 'first');
    answered.push(...simulated.map(({ plan, histories }) => ({ file, plan, histories, answers })));
  }
  return answered;
}

/** Days later the bank tells what other banks sent back. */
export async function answerReturns(desk: Desk, runId: string, answered: readonly Answered[]): Promise<void> {
  for (const { answers } of answered) {
    for (const answer of answers) if (answer.day > 0) await submitAnswer(desk, runId, answer, 'second');
  }
}

/** Uploads a result file and waits until it is taken in or refused. @returns how the service took it */
export async function submitAnswer(
  { api, key }: Desk,
  runId: string,
  file: Pick<TimedAnswer, 'name' | 'bytes'>,
  occasion: string,
): Promise<ResponseOf<'listBankResults'>['results'][number]> {
  const name = key(`answer-${runId}-${occasion}-${file.name}`);
  const uploadId = await api.upload('cashier', 'bank-result', file, `${name}-upload`);
  const submit = { params: { runId }, body: { uploadId }, key: name };
  const { resultId } = await api.call('cashier', 'submitBankResult', submit);
  return await waitFor(`result ${file.name}`, async () => {
    const { results } = await api.call('cashier', 'listBankResults', { params: { runId } });
    const mine = results.find((result) => result.resultId === resultId);
    if (mine?.state === 'refused') throw new Error(`${file.name}: ${mine.refusal?.zh} / ${mine.refusal?.en}`);
    const done = mine?.state === 'repeated' || (mine?.chunks && mine.chunks.done === mine.chunks.of);
    return done ? mine : undefined;
  });
}

/** Closes a run of which everything is answered and decided. */
export async function close({ api, key }: Desk, runId: string): Promise<Run> {
  const read = (): Promise<Run> => api.call('reviewer', 'getRun', { params: { runId } });
  await achieve(
    async () => (await read()).state === 'closed',
    () => api.call('reviewer', 'closeRun', { params: { runId }, key: key(`close-${runId}`) }),
  );
  return await waitFor(`closing of ${runId}`, async () => {
    const run = await read();
    const why = run.closeRequest?.refusal;
    if (why) throw new Error(`${runId}: ${why.zh} / ${why.en}`);
    return run.state === 'closed' ? run : undefined;
  });
}

/** Fen of an amount as the service writes it. */
export function fenOf(yuan: string): Fen {
  const amount = parseYuan(yuan);
  if (!amount.ok) throw new Error(amount.error.en);
  return amount.value;
}

export const amountOf = ({ count, amount }: { readonly count: number; readonly amount: string }): Amount => ({
  count,
  fen: fenOf(amount),
});

export function addAmounts(...amounts: readonly Amount[]): Amount {
  return {
    count: amounts.reduce((sum, { count }) => sum + count, 0),
    fen: fen(amounts.reduce((sum, amount) => sum + amount.fen, 0)),
  };
}
