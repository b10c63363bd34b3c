/** Content hashes over source folders: the code version of a run, and the cache key of a local synthesis. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Files below the given paths in one fixed order; a path may be a file or a folder, and may be missing. */
function filesBelow(root: string, paths: readonly string[], skip: readonly string[]): string[] {
  const found: string[] = [];
  const visit = (path: string): void => {
    const inside = relative(root, path).replaceAll('\\', '/');
    if (skip.includes(inside) || !existsSync(path)) return;
    if (!statSync(path).isDirectory()) {
      found.push(path);
      return;
    }
    for (const name of readdirSync(path).toSorted()) visit(join(path, name));
  };
  for (const path of paths) visit(join(root, path));
  return found;
}

/**
 * SHA-256 (hex) over relative names and bytes of all files below `paths`. Names are part of it, so moving code counts
 * as a change; file times are not, so two checkouts of one commit agree.
 */
export function sourceHash(root: string, paths: readonly string[], skip: readonly string[] = []): string {
  const hash = createHash('sha256');
  for (const file of filesBelow(root, paths, skip)) {
    const bytes = readFileSync(file);
    hash.update(`${relative(root, file).replaceAll('\\', '/')}\0${bytes.length}\0`);
    hash.update(bytes);
  }
  return hash.digest('hex');
}

/** What decides the bytes of a computed amount: our own sources (which include the policy book data), and the packages they use. */
export function codeVersion(root: string): string {
  return sourceHash(root, ['domain', 'events', 'functions', 'package-lock.json']);
}
