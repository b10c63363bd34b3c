import { expect, it } from 'vitest';
import { BANK_FORMATS } from '../../../../domain/bank/catalogue.ts';
import { PIPE_GB18030 } from '../../../../domain/bank/layout.ts';
import { RUN_PARAMETERS } from '../../../../domain/policy/run-parameters.ts';
import { bankFormatContracts } from '../../../../functions/api/contracts/bank-formats.ts';
import { bankFormats } from '../../../../functions/api/operations/bank-formats.ts';
import { bankFormat } from '../../../../functions/bank/formats/index.ts';
import { IDENTITY } from './reading.ts';

it.each(BANK_FORMATS.map((entry) => [entry.id, entry] as const))(
  '%s is what the catalogue says of it',
  async (id, entry) => {
    const format = await bankFormat(id);
    expect(format).toMatchObject({ id, maxLines: entry.maxLines });
    const name = format.instructionFileName({ ...IDENTITY, payDate: '2026-12-10' });
    const filled = entry.fileName
      .replace('{jurisdiction}', '110199')
      .replace('{programme}', 'GL')
      .replace('{period}', '202612')
      .replace('{round}', 'R')
      .replace('{number}', '0003')
      .replace('{date}', '20261210');
    expect(name).toBe(filled);
    expect(RUN_PARAMETERS.bankFormat.schema.safeParse(id).success).toBe(true);
  },
);

it('ids are unique, and a place cannot give its own layout one of them', () => {
  expect(new Set(BANK_FORMATS.map(({ id }) => id)).size).toBe(BANK_FORMATS.length);
  const { schema } = RUN_PARAMETERS.bankFormat;
  expect(schema.safeParse({ ...PIPE_GB18030, id: 'ours' }).success).toBe(true);
  expect(schema.safeParse(PIPE_GB18030).success).toBe(false);
  expect(schema.safeParse('ours').success).toBe(false);
});

it('the API lists them with columns and a line of nobody', async () => {
  const listed = await bankFormats.listBankFormats({} as never, {} as never);
  const body = listed.ok ? listed.value.body : undefined;
  const parsed = bankFormatContracts.listBankFormats.response.parse(body);
  expect(parsed.formats).toHaveLength(BANK_FORMATS.length);
  const { usual, columns, labels } = parsed.statements;
  expect(Object.keys(usual.headings)).toEqual(columns.map(({ id }) => id));
  expect(Object.keys(usual.labels)).toEqual(labels.map(({ id }) => id));
  expect(RUN_PARAMETERS.statementLayout.schema.safeParse({ ...usual, id: 'ours' }).success).toBe(true);
  expect(parsed.formats[0]).toMatchObject({
    id: 'pipe-gb18030',
    example:
      'D|000001|6217000000000000000|张三|300.00|102100099996|||202612高龄津贴|202612-R-1-GL-7Z3K9QX2M4BT-1',
  });
});
