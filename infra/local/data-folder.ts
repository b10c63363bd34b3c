/** The data folder: one host at a time, and emptied only by the one that holds it. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const LOCK_FILE = 'host.lock';

export type DataFolder = { readonly release: () => void };

/**
 * Takes the folder for this process, or throws. The lock is a file lock of the operating system (held through SQLite,
 * because Node has no other way to it), so it ends with the process, however that ends.
 */
export function openDataFolder(directory: string, fresh: boolean): DataFolder {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(directory, LOCK_FILE));
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    throw new Error(
      `数据目录正在被另一个进程使用，请先停止它，或用 --data 另选目录 / the data folder ${directory} is in use by another process: stop it, or choose another folder with --data`,
      { cause },
    );
  }
  if (fresh) {
    for (const name of readdirSync(directory)) {
      if (!name.startsWith(LOCK_FILE)) rmSync(join(directory, name), { recursive: true, force: true });
    }
  }
  return { release: () => lock.close() };
}
