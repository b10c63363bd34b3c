import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import { sha256Hex } from './hashing.ts';

/** What a cursor belongs to: the caller, the operation and its filters. It is good for nothing else. */
export type CursorScope = readonly string[];

/**
 * An opaque place in a list. It carries the sort key to go on after and a hash that binds it to caller, operation and
 * filters. It is not a secret and grants nothing: the partition read always comes from the caller's own scope, and sort keys
 * carry no personal data.
 */
export function encodeCursor(scope: CursorScope, after: string): string {
  return Buffer.from(JSON.stringify([after, bindingOf(scope, after)]), 'utf8').toString('base64url');
}

/** Refusal: `invalid/cursor` for anything that this service did not make for this very list. */
export function decodeCursor(scope: CursorScope, cursor: string): Result<string> {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(parsed) && parsed.length === 2) {
      const [after, binding] = parsed as unknown[];
      if (typeof after === 'string' && binding === bindingOf(scope, after)) return ok(after);
    }
  } catch {
    // Not base64url of JSON: refused below like every other cursor that is not ours.
  }
  return refuse(
    refusal(
      'invalid/cursor',
      '翻页标记无效或不属于此查询，请从第一页重新查询',
      'the cursor is not of this list, filter and caller: start again from the first page',
    ),
  );
}

function bindingOf(scope: CursorScope, after: string): string {
  return sha256Hex(JSON.stringify(['cursor.v1', ...scope, after])).slice(0, 24);
}
