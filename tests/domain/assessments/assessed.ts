import { readdirSync, readFileSync } from 'node:fs';
import { assessment } from '../../../domain/assessments/assessment.ts';
import type { AssessmentView } from '../../../domain/assessments/result-view.ts';
import type { PolicyPack } from '../../../domain/policy/pack.ts';
import { parsePolicyPack } from '../../../domain/policy/parse-pack.ts';

const BOOK = new URL('../../../domain/policy-book/', import.meta.url);

/** Every pack of the policy book, as the command line reads it. */
export const PACKS: readonly PolicyPack[] = readdirSync(BOOK, { withFileTypes: true })
  .filter((folder) => folder.isDirectory())
  .flatMap(({ name }) =>
    readdirSync(new URL(`${name}/`, BOOK)).map((file) => {
      const parsed = parsePolicyPack(JSON.parse(readFileSync(new URL(`${name}/${file}`, BOOK), 'utf8')));
      if (!parsed.ok) throw new Error(`${name}/${file}: ${parsed.error.en}`);
      return parsed.value.pack;
    }),
  );

/** "2024-09", or "2024-07..2024-09". */
export function asked(place: string, months: string, given: unknown) {
  const [from, through = from] = months.split('..');
  return assessment({ jurisdiction: place, from, through, case: given }, PACKS);
}

export function assessed(place: string, months: string, given: unknown): AssessmentView {
  const answer = asked(place, months, given);
  if (!answer.ok) throw new Error(answer.error.map(({ path, en }) => `${path}: ${en}`).join('; '));
  return answer.value;
}

/** Where a case is wrong. */
export function pathsOf(place: string, months: string, given: unknown): string[] {
  const answer = asked(place, months, given);
  return answer.ok ? [] : answer.error.map(({ path }) => path);
}

/** Amounts by programme and month, in the order of the answer; the code of what is refused. */
export const amountsOf = ({ results }: AssessmentView): string[] =>
  results.map((one) => ('error' in one ? one.error.code : one.amount));
