import * as z from 'zod/mini';
import type { ParameterSpec } from '../policy/parameter.ts';
import type { Programme } from '../programmes/programme.ts';
import { FACT_DESCRIPTIONS } from '../register/fact-descriptions.ts';
import { PERSON_FACT_KINDS } from '../register/facts.ts';
import { AssessmentCase } from './case-schema.ts';

/** A JSON Schema, as data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

const jsonSchema = (schema: z.ZodMiniType): JsonSchema => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' });
  return rest;
};

/** How a case is written. What is read more freely than this (words in Chinese, numbers, dates with slashes) is not in it. */
export function caseSchema(): JsonSchema {
  return {
    $schema: DIALECT,
    title: '案情 / a case',
    description:
      '数字可写成数或文字，日期可写月份，选项可写中文 / amounts may be numbers, a day may be a month, options may be written in Chinese',
    ...jsonSchema(AssessmentCase),
  };
}

/** The fields that a case may have at a path. */
export function fieldsAt(path: readonly PropertyKey[]): readonly string[] {
  let at: unknown = jsonSchema(AssessmentCase);
  for (const part of path) {
    const alternatives = fieldOf(at, 'anyOf');
    const [first = at] = Array.isArray(alternatives) ? alternatives : [];
    at =
      typeof part === 'number'
        ? fieldOf(first, 'items')
        : fieldOf(fieldOf(first, 'properties'), String(part));
  }
  const properties = fieldOf(at, 'properties');
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

/**
 * What a programme looks at. Of single grants: what an application states (`enrolments[].facts`). Of the others: the facts by kind, and the
 * columns of its register sheet by id, that `facts` of an enrolment or a person may hold.
 */
export function factsSchema({
  id,
  names,
  grant,
  personFactKinds,
  enrolmentFactKinds,
  registerColumns = {},
}: Programme): JsonSchema {
  const head = { $schema: DIALECT, title: `${names.zh} / ${names.en} (${id})` };
  if (grant) return { ...head, ...jsonSchema(grant.schema) };
  const ofPerson: ReadonlySet<string> = new Set(PERSON_FACT_KINDS);
  const kinds = [...new Set([...personFactKinds, ...enrolmentFactKinds])].map((kind) => {
    const { names: named, form, example } = FACT_DESCRIPTIONS[kind];
    const of = ofPerson.has(kind) ? '个人事实 / of the person' : '享受记录事实 / of the enrolment';
    return [
      kind,
      {
        type: 'string',
        title: `${named.zh} / ${named.en}`,
        description: `${form.zh} / ${form.en}（${of}）`,
        examples: [example],
      },
    ] as const;
  });
  const columns = Object.entries(registerColumns).map(([column, { zh, en, example }]) => [
    column,
    {
      type: 'string',
      title: `${zh} / ${en}`,
      description: '名册列，可按列名或中文表头填写 / a column of the register sheet, by its id or heading',
      ...(example !== undefined && { examples: [example] }),
    },
  ]);
  return {
    ...head,
    type: 'object',
    properties: Object.fromEntries([...kinds, ...columns]),
    additionalProperties: false,
  };
}

/** What a jurisdiction may set: the value of each parameter. */
export function parametersSchema(parameters: Readonly<Record<string, ParameterSpec>>): JsonSchema {
  const properties = Object.entries(parameters).map(([name, { schema, label, unit, bearsAmount }]) => [
    name,
    {
      ...jsonSchema(schema),
      title: `${label.zh} / ${label.en}`,
      description: `${unit.zh} / ${unit.en}${bearsAmount ? '；涉及金额 / bears an amount' : ''}`,
    },
  ]);
  return {
    $schema: DIALECT,
    type: 'object',
    properties: Object.fromEntries(properties),
    additionalProperties: false,
  };
}
