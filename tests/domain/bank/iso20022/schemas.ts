import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

/**
 * The schemas of ISO 20022 as ISO published them, from the Debian package libhbci4j-core-java: installed, or fetched once into a
 * folder of its own. None of them is kept in this repository.
 */
const PACKAGE = 'libhbci4j-core-java';
const JAR = 'usr/share/java/hbci4j-core.jar';
const FETCHED = join(tmpdir(), 'fafang-iso20022');

/** The archive that holds the schemas; undefined where neither is to be had. */
export function schemaArchive(): string | undefined {
  const [installed, fetched] = [join('/', JAR), join(FETCHED, JAR)];
  if (existsSync(installed)) return installed;
  if (existsSync(fetched)) return fetched;
  const folder = mkdtempSync(join(tmpdir(), 'fafang-package-'));
  try {
    const run = (command: string, ...args: string[]) =>
      spawnSync(command, args, { cwd: folder, stdio: 'ignore', timeout: 60_000 }).status === 0;
    if (!run('apt-get', 'download', PACKAGE)) return undefined;
    const [archive = ''] = readdirSync(folder).filter((name) => name.endsWith('.deb'));
    if (!run('dpkg', '-x', archive, 'content')) return undefined;
    // A second test process may have been first; either copy is the same.
    if (!existsSync(FETCHED)) moveTo(join(folder, 'content'), FETCHED);
    return existsSync(fetched) ? fetched : undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function moveTo(from: string, to: string): void {
  mkdirSync(tmpdir(), { recursive: true });
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}

/** A file of the archive as text. @throws Error when it has none of the name */
export function schemaIn(archive: string, name: string): string {
  const bytes = readFileSync(archive);
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    if (bytes.toString('utf8', at + 46, at + 46 + nameLength) === name) {
      const header = bytes.readUInt32LE(at + 42);
      const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
      return inflateRawSync(bytes.subarray(start, start + bytes.readUInt32LE(at + 20))).toString('utf8');
    }
    at += 46 + nameLength + extra + comment;
  }
  throw new Error(`${archive} has no ${name}`);
}
