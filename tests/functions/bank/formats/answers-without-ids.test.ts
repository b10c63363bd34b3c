import { describe, expect, it } from 'vitest';
import { type BankLayout, PIPE_GB18030 } from '../../../../domain/bank/layout.ts';
import { LAYOUTS } from '../../../../domain/bank/layouts.ts';
import { fen } from '../../../../domain/money.ts';
import { bankFormat } from '../../../../functions/bank/formats/index.ts';
import { line } from '../../../domain/bank/samples.ts';
import { HEAD, IDENTITY, read, stated } from './reading.ts';

const BAR_BANG = LAYOUTS.find(({ id }) => id === 'bar-bang-gbk')!;
const [A, B, C] = ['62220200001001', '62220200001002', '62220200001003'] as const;

/** What the answers to lines of these accounts and amounts say of their place. */
async function places(
  sent: readonly (readonly [account: string, fen: number])[],
  answered: readonly (readonly [account: string, fen: number])[],
) {
  const format = await bankFormat(BAR_BANG.id);
  const lines = (pairs: typeof sent) =>
    pairs.map(([account, amount], index) => line({ sequence: index + 1, account, fen: fen(amount) }));
  const instructionFile = format.instructionFileName({ ...IDENTITY, payDate: HEAD.payDate });
  const result = format.writeResult({
    instructionFile,
    resultDate: '2026-12-11',
    lines: stated(lines(answered), []),
  });
  const { answers } = await read(format, result.bytes, result.fileName, lines(sent));
  return answers.map((answer) => ('unreadable' in answer ? 'unreadable' : answer.sequence));
}

describe('answers with neither place nor end-to-end id', () => {
  it('are matched by account where the file has it once, so that a wrong amount is seen as one', async () => {
    const sent = [
      [A, 100],
      [B, 100],
      [C, 300],
    ] as const;
    expect(
      await places(sent, [
        [C, 300],
        [B, 999],
        [A, 100],
      ]),
    ).toEqual([3, 2, 1]);
  });

  it('are matched by account and amount where one account receives for several', async () => {
    expect(
      await places(
        [
          [A, 100],
          [A, 200],
          [B, 100],
        ],
        [
          [A, 200],
          [A, 100],
        ],
      ),
    ).toEqual([2, 1]);
  });

  it('are nobody’s where account and amount do not tell: nothing is guessed', async () => {
    const sent = [
      [A, 100],
      [A, 100],
      [B, 200],
    ] as const;
    expect(
      await places(sent, [
        [A, 100],
        [A, 300],
        [C, 100],
        [B, 200],
      ]),
    ).toEqual([undefined, undefined, undefined, 3]);
  });
});

describe('answers with a place and no end-to-end id', () => {
  it.each(['comma-total-first-gbk', 'pipe-gb18030', 'card-xlsx'])(
    '%s: are of that place only if its account was sent there',
    async (id) => {
      const format = await bankFormat(id);
      const sent = [A, B, C].map((account, index) =>
        line({ account, sequence: index + 1, endToEndId: `A-${index}` }),
      );
      const slipped = sent.map((one, index) => ({
        ...one,
        endToEndId: '',
        account: [A, C, B][index]!,
      }));
      const instructionFile = format.instructionFileName({ ...IDENTITY, payDate: HEAD.payDate });
      const result = format.writeResult({
        instructionFile,
        resultDate: '2026-12-11',
        lines: stated(slipped, []),
      });
      const { answers } = await read(format, result.bytes, result.fileName, sent);
      expect(answers.map((answer) => ('unreadable' in answer ? 'unreadable' : answer.sequence))).toEqual([
        1,
        undefined,
        undefined,
      ]);
    },
  );
});

describe('a bank that answers with failures only', () => {
  const layout: BankLayout = { ...PIPE_GB18030, id: 'own', resultCarries: 'failures' };

  it('says nothing of the others: they stay in transit, whatever it counts', async () => {
    const format = await bankFormat(layout);
    const lines = [1, 2, 3].map((sequence) => line({ sequence, endToEndId: `A-${sequence}` }));
    const instructionFile = format.instructionFileName(IDENTITY);
    const result = format.writeResult({
      instructionFile,
      resultDate: '2026-12-11',
      lines: stated(lines, [0, 1, 0]),
    });
    const found = await read(format, result.bytes, result.fileName, lines);
    expect(found.refused).toBeUndefined();
    expect(found.answers).toMatchObject([{ position: 1, sequence: 2, status: 'failed' }]);
  });
});
