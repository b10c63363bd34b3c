// Goal: the command line answers a case on standard output alone, and says on standard error what is wrong, with exit code 1.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const COMMAND = join(import.meta.dirname, '../../../infra/local/assess.ts');
function run(args: readonly string[], given: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], {
    input: given,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}
const high = JSON.stringify({ person: { age: 85 }, programme: '高龄津贴' });
const place = ['--jurisdiction', '110000'];

describe('assess', () => {
  it('prints amounts and reasons', () => {
    const { status, stdout, stderr } = run([...place, '--month', '2024-09'], high);
    expect([status, stderr]).toEqual([0, '']);
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({ total: '100.00', results: [{ programme: 'high-age', amount: '100.00' }] });
    for (const { zh, en } of answer.results[0].derivation) expect([zh, en]).not.toContain('');
  });

  it('says how it is used, with an example that works', () => {
    const { status, stdout } = run(['--help'], '');
    const [, given = '', jurisdiction = '', month = ''] =
      /echo '(.+)' \|\n.* --jurisdiction (\d+) --month (\S+)/.exec(stdout) ?? [];
    const answer = run(['--jurisdiction', jurisdiction, '--month', month], given);
    expect([status, JSON.parse(answer.stdout).total]).toEqual([0, '3072.50']);
  });

  it('prints the schema of a case and of what a programme looks at', () => {
    expect(JSON.parse(run(['--schema'], '').stdout).properties).toHaveProperty('enrolments');
    expect(JSON.parse(run(['--schema', 'tekun-care'], '').stdout).properties).toHaveProperty('self-care');
  });

  it.each([
    [
      'a file that is not there',
      [...place, '--month', '2024-09', '--case', '/none/case.json'],
      high,
      '--case',
    ],
    ['no case', [...place, '--month', '2024-09'], '', '(case)'],
    [
      'a case that is wrong',
      [...place, '--month', '2024-09'],
      '{"persons":[{"age":"old"}]}',
      'persons[0].age',
    ],
    ['an option nobody knows', ['--place', '110000'], high, '--place'],
    ['nothing that can be computed', ['--jurisdiction', '999999', '--month', '2024-09'], high, 'results[0]'],
  ])('%s is a problem with its path', (_, args, given, path) => {
    const { status, stdout, stderr } = run(args, given);
    expect([status, stdout]).toEqual([1, '']);
    expect(JSON.parse(stderr).errors.map((one: { path: string }) => one.path)).toContain(path);
  });
});
