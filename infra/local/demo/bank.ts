/**
 * `npm run bank -- FILE [--trouble none]`: answers an instruction file as a bank would, for trying a month by hand. Writes the
 * result beside it, as FILE.ret; with the usual trouble also FILE.ret2, what came back two days later.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { firstAnswer, planAnswers, readSentFile, secondAnswer } from './bank-answers.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { trouble: { type: 'string', default: 'as-usual' }, seed: { type: 'string', default: 'fafang' } },
});
const [path] = positionals;
if (path === undefined || (values.trouble !== 'as-usual' && values.trouble !== 'none')) {
  console.error('npm run bank -- FILE [--trouble none] [--seed TEXT]');
  process.exit(1);
}
const file = readSentFile(basename(path), readFileSync(path));
const plan = planAnswers(file, values.seed, values.trouble);
const answers = [firstAnswer(file, plan), ...(plan.returned.size > 0 ? [secondAnswer(file, plan)] : [])];
for (const { name, bytes } of answers) {
  writeFileSync(join(dirname(path), name), bytes);
  console.log(name);
}
