/** The part of JSON Schema that our contracts become. */
export type JsonSchema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly additionalProperties?: JsonSchema | boolean;
};
export type FieldRow = {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
};
type Schemas = Readonly<Record<string, JsonSchema>>;

/** Deeper members are left to the machine-readable document. */
const DEPTH_MAX = 3;

/** The schema itself, a reference followed; what stands beside a reference goes first. */
export function resolved(schema: JsonSchema, schemas: Schemas): JsonSchema {
  const [only] = schema.allOf?.length === 1 ? schema.allOf : [];
  const inner = only ? { ...only, ...(schema.description && { description: schema.description }) } : schema;
  const name = inner.$ref?.split('/').at(-1);
  // Nameless references are "any JSON", which refers to itself.
  if (name?.startsWith('__')) return { type: 'JSON', description: inner.description ?? '' };
  const target = name === undefined ? undefined : schemas[name];
  if (!target) return inner;
  return { ...resolved(target, schemas), ...(inner.description && { description: inner.description }) };
}

/** Members as rows, those of members indented by a dotted name: "totals.payable.amount", "lines[].month". */
export function fieldRows(schema: JsonSchema, schemas: Schemas, prefix = '', depth = 0): FieldRow[] {
  const plain = resolved(schema, schemas);
  const required = new Set(plain.required);
  return Object.entries(plain.properties ?? {}).flatMap(([member, child]) => {
    const inner = resolved(child, schemas);
    const name = `${prefix}${member}`;
    const row: FieldRow = {
      name,
      type: typeName(child, schemas),
      required: required.has(member),
      description: inner.description ?? '',
    };
    if (depth + 1 >= DEPTH_MAX || objectName(inner.items ?? child, schemas) !== undefined) return [row];
    const below = inner.items
      ? fieldRows(inner.items, schemas, `${name}[].`, depth + 1)
      : fieldRows(inner, schemas, `${name}.`, depth + 1);
    return [row, ...below];
  });
}

/** Name of the component that a schema refers to, when that is an object with a table of its own. */
export function objectName(schema: JsonSchema, schemas: Schemas): string | undefined {
  const [only = schema] = schema.allOf?.length === 1 ? schema.allOf : [];
  const name = only.$ref?.split('/').at(-1);
  return name !== undefined && schemas[name]?.properties && !name.startsWith('__') ? name : undefined;
}

function typeName(given: JsonSchema, schemas: Schemas): string {
  const object = objectName(given, schemas);
  if (object !== undefined) return object;
  const schema = resolved(given, schemas);
  if (schema.enum) return schema.enum.map(String).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.items) return `${typeName(schema.items, schemas)}[]`;
  if (schema.anyOf) {
    const names = schema.anyOf.map((choice) => typeName(choice, schemas));
    return [...new Set(names)].slice(0, 6).join(' | ');
  }
  return Array.isArray(schema.type) ? schema.type.join(' | ') : String(schema.type ?? 'any');
}
