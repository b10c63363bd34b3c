import type { Fact } from './facts.ts';
import type { PersonDocument } from './person.ts';

/*
 * What an import left behind, so that a chunk that is done again after an interruption reports what it did the first time. A phone
 * number says nothing of where it came from: who has only that changed is unchanged the second time.
 */

/** Whether any of these facts is of the import. */
export function saidBy(importId: string, facts: readonly Fact[] = []): boolean {
  return facts.some(({ by }) => by === importId);
}

/**
 * Whether the import made somebody known as a payee, or brought the account into which they are paid first; what rows of their own
 * say of them does not count.
 */
export function broughtPayee(importId: string, document: PersonDocument | undefined): boolean {
  const { facts = [], accounts = [] } = document?.record ?? {};
  const born = facts.filter(({ kind }) => kind === 'birth-date');
  return saidBy(importId, born) || accounts.some(({ evidence }) => evidence === importId);
}
