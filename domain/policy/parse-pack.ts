import type { Bilingual } from '../bilingual.ts';
import { addMonths, type Month } from '../calendar.ts';
import { PROGRAMMES } from '../programmes/index.ts';
import { StackingRules } from '../programmes/stacking-parameter.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import { governsFrom, policyBook } from './book.ts';
import { type PolicyPack, PolicyPackFile, type PolicyValue } from './pack.ts';
import type { ParameterSpec } from './parameter.ts';
import { RUN_PARAMETERS } from './run-parameters.ts';

/** Something in a pack that is allowed and yet worth a second look, e.g. months without a value. */
type PackWarning = Bilingual & {
  readonly parameter: string;
  readonly from: Month;
  readonly to: Month;
};
export type ParsedPolicyPack = { readonly pack: PolicyPack; readonly warnings: readonly PackWarning[] };

/** Where a value is wrong and what was expected, in both languages. */
type Problem = { readonly path: string; readonly zh: string; readonly en: string };

/** Every parameter that a pack of the programme may set; undefined for a programme that is not registered. */
function packParameters(programme: string): Readonly<Record<string, ParameterSpec>> | undefined {
  const known = PROGRAMMES[programme];
  return known ? { ...(RUN_PARAMETERS as Record<string, ParameterSpec>), ...known.parameters } : undefined;
}

/**
 * Checks a policy pack as read from JSON. Nothing is repaired: a pack with any problem is refused whole, naming the first
 * path at fault and how many problems there are. Months without a value inside a parameter are warnings, because a
 * policy may lapse; paying for such a month is what gets refused.
 *
 * Refusals: `invalid/policy-pack` (shape, unknown programme or parameter, value outside its schema, missing citation),
 * `conflict/policy-overlap` (two values decided the same day for the same month).
 */
export function parsePolicyPack(json: unknown): Result<ParsedPolicyPack> {
  const parsed = PolicyPackFile.safeParse(json);
  if (!parsed.success) return refuse(packRefusal(parsed.error.issues.map((issue) => asProblem(issue, []))));
  const file = parsed.data;
  const parameters = packParameters(file.programme);
  if (!parameters) return refuse(packRefusal([unknownProgramme(file.programme)]));
  const components = Object.keys(PROGRAMMES[file.programme]?.components ?? {});
  const problems = file.values.flatMap((value, index) => [
    ...valueProblems(value, index, parameters),
    ...retroactivityProblems(value, index, parameters, components),
    ...stackingProblems(value, index, file.programme),
  ]);
  if (problems.length > 0) return refuse(packRefusal(problems));
  const pack = file as unknown as PolicyPack;
  const book = policyBook([pack]);
  if (!book.ok) return book;
  const names = [...new Set(file.values.map((value) => value.parameter))];
  const warnings = names.flatMap((name) =>
    gapWarnings(
      name,
      file.values.filter((value) => value.parameter === name),
    ),
  );
  return ok({ pack, warnings });
}

function valueProblems(
  value: PolicyValue,
  index: number,
  parameters: Readonly<Record<string, ParameterSpec>>,
): Problem[] {
  const at = ['values', index];
  const spec = Object.hasOwn(parameters, value.parameter) ? parameters[value.parameter] : undefined;
  if (!spec) {
    const known = Object.keys(parameters).join(', ');
    const path = pathText([...at, 'parameter']);
    return [
      {
        path,
        zh: `没有“${value.parameter.slice(0, 40)}”这个参数，可设置：${known}`,
        en: `there is no parameter "${value.parameter.slice(0, 40)}"; there are: ${known}`,
      },
    ];
  }
  const problems: Problem[] = [];
  if (value.inForceTo !== undefined && value.inForceTo < value.inForceFrom) {
    problems.push({
      path: pathText([...at, 'inForceTo']),
      zh: `截止月份早于起始月份 ${value.inForceFrom}`,
      en: `the last month is before the first, ${value.inForceFrom}`,
    });
  }
  const checked = spec.schema.safeParse(value.value);
  if (checked.success) return problems;
  return [...problems, ...checked.error.issues.map((issue) => asProblem(issue, [...at, 'value']))];
}

/** A scope of retroactivity (whom, what) that no rule reads, or that names what the programme does not pay. */
function retroactivityProblems(
  { parameter, retroactivity: { persons, components } }: PolicyValue,
  index: number,
  parameters: Readonly<Record<string, ParameterSpec>>,
  known: readonly string[],
): Problem[] {
  const path = pathText(['values', index, 'retroactivity']);
  const spec = Object.hasOwn(parameters, parameter) ? parameters[parameter] : undefined;
  const isScoped = persons !== 'entitled-in-month' || components !== 'all';
  if (isScoped && spec && !spec.scopedRetroactivity) {
    return [
      {
        path,
        zh: `“${parameter}”的追溯不能限定人员或组成部分：只能写 entitled-in-month 和 all`,
        en: `retroactivity of "${parameter}" cannot be limited to persons or components: only entitled-in-month and all`,
      },
    ];
  }
  const unknown = components === 'all' ? [] : components.filter((name) => !known.includes(name));
  return unknown.map((name) => ({
    path: `${path}.components`,
    zh: `没有“${name.slice(0, 40)}”这个组成部分，现有：${known.join(', ')}`,
    en: `there is no component "${name.slice(0, 40)}"; there are: ${known.join(', ')}`,
  }));
}

/**
 * A stacking rule about a programme or a component that there is not: it would never apply, and an exclusion that a text makes would be
 * paid over in silence. Values that are no stacking rules are named by their schema.
 */
function stackingProblems({ parameter, value }: PolicyValue, index: number, programme: string): Problem[] {
  const rules = StackingRules.safeParse(value);
  if (parameter !== 'stacking' || !rules.success) return [];
  return rules.data.flatMap(({ with: other, of, components = [] }, at) => {
    const path = (key: string) => pathText(['values', index, 'value', at, key]);
    const known = other === programme ? undefined : PROGRAMMES[other];
    if (!known) {
      return [
        {
          path: path('with'),
          zh: `没有“${other}”这个其他发放项目`,
          en: `there is no other programme "${other}"`,
        },
      ];
    }
    const problems: Problem[] = [];
    if (known.unit !== of) {
      problems.push({
        path: path('of'),
        zh: `“${other}”的对象是 ${known.unit}`,
        en: `enrolments of "${other}" are of a ${known.unit}`,
      });
    }
    const unknown = components.filter((name) => !Object.hasOwn(known.components, name));
    for (const name of unknown) {
      problems.push({
        path: path('components'),
        zh: `“${other}”没有“${name}”这个组成部分`,
        en: `"${other}" has no component "${name}"`,
      });
    }
    return problems;
  });
}

type Issue = { readonly path: readonly PropertyKey[]; readonly code?: string; readonly message: string };

function asProblem(issue: Issue, prefix: readonly PropertyKey[]): Problem {
  const expected = 'expected' in issue && typeof issue.expected === 'string' ? ` (${issue.expected})` : '';
  const keys = 'keys' in issue && Array.isArray(issue.keys) ? ` ${issue.keys.join(', ')}` : '';
  const words = REASONS[issue.code ?? ''] ?? { zh: '不符合要求', en: 'not allowed' };
  // Our own checks word their message as "Chinese|English".
  const [zh = '', en = ''] = issue.code === 'custom' ? issue.message.split('|') : [];
  return {
    path: pathText([...prefix, ...issue.path]),
    zh: `${words.zh}${expected}${keys}${zh}`,
    en: `${words.en}${expected}${keys}${en}`,
  };
}

const REASONS: Readonly<Record<string, Bilingual | undefined>> = {
  invalid_type: { zh: '缺少或类型不对', en: 'missing or of the wrong type' },
  invalid_value: { zh: '不是允许的选项', en: 'not one of the allowed options' },
  unrecognized_keys: { zh: '有不认识的字段', en: 'has unknown fields' },
  too_small: { zh: '太小、太短或为空', en: 'too small, too short or empty' },
  too_big: { zh: '太大或太长', en: 'too large or too long' },
  invalid_union: { zh: '不符合任何一种允许的写法', en: 'fits none of the allowed shapes' },
  invalid_format: { zh: '格式不正确', en: 'badly formed' },
  custom: { zh: '应为', en: 'expected ' },
};

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index ? '.' : ''}${String(part)}`))
    .join('');
}

function unknownProgramme(programme: string): Problem {
  const known = Object.keys(PROGRAMMES).join(', ');
  return {
    path: 'programme',
    zh: `没有“${programme.slice(0, 40)}”这个发放项目，现有：${known}`,
    en: `there is no programme "${programme.slice(0, 40)}"; there are: ${known}`,
  };
}

function packRefusal(problems: readonly Problem[]): Refusal {
  const [first = { path: '', zh: '无法读取', en: 'unreadable' }] = problems;
  const path = first.path === '' ? '(file)' : first.path;
  return refusal(
    'invalid/policy-pack',
    `政策包 ${path}：${first.zh}（共 ${problems.length} 处问题，整包未导入）`,
    `policy pack ${path}: ${first.en} (${problems.length} problem(s) in all; nothing was imported)`,
    { path, problems: problems.length },
  );
}

/** Months between the first and the last value of a parameter that no value governs, whoever decided it when. */
function gapWarnings(parameter: string, values: readonly PolicyValue[]): PackWarning[] {
  const warnings: PackWarning[] = [];
  let coveredTo: Month | undefined;
  for (const value of [...values].sort((a, b) => (governsFrom(a) < governsFrom(b) ? -1 : 1))) {
    const from = governsFrom(value);
    if (coveredTo !== undefined && from > addMonths(coveredTo, 1)) {
      warnings.push(gapWarning(parameter, addMonths(coveredTo, 1), addMonths(from, -1)));
    }
    if (value.inForceTo === undefined) return warnings;
    if (coveredTo === undefined || value.inForceTo > coveredTo) coveredTo = value.inForceTo;
  }
  return warnings;
}

function gapWarning(parameter: string, from: Month, to: Month): PackWarning {
  return {
    parameter,
    from,
    to,
    zh: `“${parameter}”在 ${from} 至 ${to} 没有值：这些月份将不予计算`,
    en: `"${parameter}" has no value from ${from} to ${to}: those months will be refused`,
  };
}
