import * as z from 'zod/mini';
import { StatementLayout } from '../../../domain/bank/statement-layout.ts';
import type { Contract } from './contract.ts';
import { Count, Names } from './primitives.ts';

const columns = (zh: string, en: string) => z.array(Names).check(z.meta({ description: `${zh} / ${en}` }));
const BankFormatView = z
  .strictObject({
    id: z.string().check(
      z.meta({
        description: '填入政策参数 bankFormat 的编号 / id for the policy parameter `bankFormat`',
        examples: ['pipe-gb18030'],
      }),
    ),
    names: Names,
    encoding: z.string().check(z.meta({ description: '编码 / encoding', examples: ['GB 18030'] })),
    maxLines: Count,
    fileName: z.string().check(
      z.meta({
        description: '报盘文件名 / name of an instruction file',
        examples: ['DF_{jurisdiction}_{programme}_{period}{round}_{number}.txt'],
      }),
    ),
    resultFileName: z.string().check(
      z.meta({
        description: '回盘文件名 / name of the answer',
        examples: ['DF_{jurisdiction}_{programme}_{period}{round}_{number}.txt.ret'],
      }),
    ),
    instructionColumns: columns('报盘明细的列', 'columns of an instruction line'),
    resultColumns: columns('回盘明细的列', 'columns of a line of the answer'),
    example: z.string().check(
      z.meta({
        description: '一行报盘明细，人名账号均为虚构 / a line of nobody',
        examples: [
          'D|000001|6217000000000000000|张三|300.00|102100099996|||202612高龄津贴|202612-R-1-GL-7Z3K9QX2M4BT-1',
        ],
      }),
    ),
  })
  .check(z.meta({ id: 'BankFormat', description: '银行报盘格式 / a format of a bank’s files' }));

const parts = (zh: string, en: string) =>
  z.array(z.strictObject({ id: z.string(), names: Names })).check(z.meta({ description: `${zh} / ${en}` }));
const StatementLayoutsView = z
  .strictObject({
    columns: parts('明细的列', 'columns of a booking'),
    labels: parts('标题行以上的标签', 'labels above the headings'),
    usual: StatementLayout.check(
      z.meta({
        description:
          '未设置 statementLayout 时采用；银行另有标题的，复制后换编号和用词 / used where `statementLayout` is not set; for a bank with other headings copy it under another id with other words',
      }),
    ),
  })
  .check(z.meta({ id: 'StatementLayouts', description: '对账单版式 / layouts of statements' }));

export const bankFormatContracts = {
  listBankFormats: {
    summary: { zh: '银行报盘格式目录', en: 'Formats of banks’ files' },
    notes: {
      zh: '与代发银行确认采用哪一种，再由政策参数 bankFormat 选用；银行另有版式的，把整个版式写入该参数。未设置的，采用 pipe-gb18030。批次启动后格式不再改变。对账单（表格或文本）的标题与通常写法不同的，用政策参数 statementLayout 写明；camt.053、camt.054 不需要。',
      en: 'Agree with the paying bank on one and name it in the policy parameter `bankFormat`; a bank with another layout has that layout itself written there. Without it `pipe-gb18030` is used. A run keeps the format that it was started with. Where the headings of statements (table or text) are not the usual ones, the policy parameter `statementLayout` names them; camt.053 and camt.054 need none.',
    },
    status: 200,
    response: z.strictObject({ formats: z.array(BankFormatView), statements: StatementLayoutsView }),
  },
} as const satisfies Record<string, Contract>;
