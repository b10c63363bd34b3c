/**
 * `npm run bank -- FILE [--trouble none|as-usual|all] [--seed TEXT] [--format ID] [--pay-date DATE]`: answers an instruction file as a
 * bank would, for trying a month by hand. Writes the answers beside it, in the order in which the bank gives them.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { bankFormat } from '../../../functions/bank/formats/index.ts';
import { TROUBLES } from '../bank/options.ts';
import { readSentFile } from '../bank/sent-file.ts';
import { simulate } from '../bank/simulate.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    trouble: { type: 'string', default: 'as-usual' },
    seed: { type: 'string', default: 'fafang' },
    format: { type: 'string', default: 'pipe-gb18030' },
    'pay-date': { type: 'string', default: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10) },
  },
});
const [path] = positionals;
const options = TROUBLES[values.trouble];
if (path === undefined || options === undefined) {
  console.error(
    'npm run bank -- FILE [--trouble none|as-usual|all] [--seed TEXT] [--format ID] [--pay-date DATE]',
  );
  process.exit(1);
}
const sent = { fileName: basename(path), bytes: readFileSync(path) };
const file = await readSentFile(await bankFormat(values.format), sent, values['pay-date']);
for (const { name, bytes, faults, on } of simulate(values.seed, [file], options).answers) {
  // The name of an answer may say what it answers, so that another answer of that name has a folder of its own.
  const [fault] = faults.filter((one) => one === 'wrong-sums' || one === 'repeated-file');
  const folder = fault ? join(dirname(path), fault) : dirname(path);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), bytes);
  console.log(
    `${on}  ${fault ? `${fault}/` : ''}${name}${faults.length > 0 ? `  ${faults.join(', ')}` : ''}`,
  );
}
