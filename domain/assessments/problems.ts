import type { Bilingual } from '../bilingual.ts';

/** What is wrong with a case: where, and what was expected there. Never repeats what was written. */
export type CaseProblem = Bilingual & {
  /** As in `household.members[1].birthDate`. */
  readonly path: string;
};

type Issue = {
  readonly path: readonly PropertyKey[];
  readonly code?: string | undefined;
  readonly message: string;
};

const REASONS: Readonly<Record<string, Bilingual>> = {
  invalid_type: { zh: '缺少或类型不对', en: 'missing or of the wrong type' },
  invalid_value: { zh: '不是允许的内容', en: 'not one of what there can be' },
  unrecognized_keys: { zh: '有不认识的字段', en: 'has unknown fields' },
  too_small: { zh: '太小、太短或为空', en: 'too small, too short or empty' },
  too_big: { zh: '太大、太长或太多', en: 'too large, too long or too many' },
  invalid_union: { zh: '不符合任何一种允许的写法', en: 'fits none of the ways it may be written' },
};

/** The problems that a schema found. */
export function problemsOf(
  issues: readonly Issue[],
  prefix: readonly PropertyKey[] = [],
  fieldsAt: (path: readonly PropertyKey[]) => readonly string[] = () => [],
): CaseProblem[] {
  return issues.map((issue) => {
    const path = pathText([...prefix, ...issue.path]);
    // Our own checks word their message as "Chinese|English", and some say so what they expect in the place of another type.
    const own = issue.code === 'custom' || issue.code === 'invalid_type';
    const [zh = '', en = ''] = own ? issue.message.split('|') : [];
    if (en !== '') return { path, zh: `应为${zh}`, en: `expected ${en}` };
    const words = REASONS[issue.code ?? ''] ?? { zh: '不符合要求', en: 'not allowed' };
    const more = detailOf(issue, issue.code === 'unrecognized_keys' ? fieldsAt(issue.path) : []);
    return { path, zh: `${words.zh}${more.zh}`, en: `${words.en}${more.en}` };
  });
}

function detailOf(issue: Issue, known: readonly string[]): Bilingual {
  const fields: Readonly<Record<string, unknown>> = { ...issue };
  const { keys, values, expected, minimum, maximum } = fields;
  if (Array.isArray(keys)) {
    const there = known.length === 0 ? '' : shown(known);
    return both(
      `：${shown(keys)}${there && `；可写：${there}`}`,
      `: ${shown(keys)}${there && `; there are: ${there}`}`,
    );
  }
  if (Array.isArray(values)) return both(`，可填：${shown(values)}`, `; there are: ${shown(values)}`);
  if (typeof minimum === 'number') return both(`，至少 ${minimum}`, `; at least ${minimum}`);
  if (typeof maximum === 'number') return both(`，至多 ${maximum}`, `; at most ${maximum}`);
  return typeof expected === 'string' ? both(`，应为 ${expected}`, `; expected ${expected}`) : both('', '');
}

const both = (zh: string, en: string): Bilingual => ({ zh, en });
const shown = (names: readonly unknown[]): string =>
  names.map((name) => String(name).slice(0, 40)).join(', ');

/** `household.members[1].birthDate`; the case itself is "(case)". */
export function pathText(path: readonly PropertyKey[]): string {
  const joined = path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index ? '.' : ''}${String(part)}`))
    .join('');
  return joined === '' ? '(case)' : joined;
}

export const problem = (path: string, zh: string, en: string): CaseProblem => ({ path, zh, en });
