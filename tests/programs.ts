import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const CHROMIUM = '/usr/bin/chromium';
const CALLS = {
  java: ['java', '-version'],
  hledger: ['hledger', '--version'],
  chromium: [CHROMIUM, '--version'],
} as const;

/** Whether this machine lacks a program; what needs one names it in its title: `test.skipIf(lacks('java'))('… (needs java)')`. */
export function lacks(program: keyof typeof CALLS): boolean {
  const [command, ...args] = CALLS[program];
  return spawnSync(command, args, { stdio: 'ignore' }).status !== 0;
}

/** What hledger prints of a journal. @throws Error when it refuses it */
export function hledger(journal: string, ...args: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'fafang-journal-'));
  try {
    const file = join(folder, 'ledger.journal');
    writeFileSync(file, journal);
    const env = { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
    return execFileSync('hledger', ['-f', file, ...args], { env, encoding: 'utf8', stdio: 'pipe' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
