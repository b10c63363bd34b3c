/** Resolves CloudFormation's intrinsic functions in a synthesized template to plain values. */

/** What a template expression may refer to. Every look-up answers `undefined` for a name it does not know. */
export type References = {
  /** `Ref` of a resource, parameter or pseudo parameter. */
  readonly ref: (name: string) => unknown;
  /** `Fn::GetAtt` of a resource. */
  readonly attribute: (resource: string, attribute: string) => unknown;
  /** `Fn::ImportValue` of another stack's export. */
  readonly imported: (exportName: string) => unknown;
};

type Expression = { readonly [key: string]: unknown };

/** The value with all intrinsic functions replaced; throws with the name of what it cannot resolve. */
export function resolve(value: unknown, references: References): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, references));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Expression);
  const [first] = entries;
  if (entries.length === 1 && first !== undefined) {
    const [name, argument] = first;
    if (name === 'Ref') return found(references.ref(String(argument)), `Ref ${String(argument)}`);
    if (name.startsWith('Fn::')) return intrinsic(name, argument, references);
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, resolve(item, references)]));
}

function intrinsic(name: string, argument: unknown, references: References): unknown {
  switch (name) {
    case 'Fn::GetAtt': {
      const [resource = '', ...path] = Array.isArray(argument)
        ? argument.map(String)
        : String(argument).split('.');
      const attribute = path.join('.');
      return found(references.attribute(resource, attribute), `${resource}.${attribute}`);
    }
    case 'Fn::ImportValue': {
      const exportName = String(resolve(argument, references));
      return found(references.imported(exportName), `export ${exportName}`);
    }
    case 'Fn::Join': {
      const [separator, items] = list(argument, name);
      return list(resolve(items, references), name).map(String).join(String(separator));
    }
    case 'Fn::Split': {
      const [separator, text] = list(argument, name);
      return String(resolve(text, references)).split(String(separator));
    }
    case 'Fn::Select': {
      const [index, items] = list(argument, name);
      return found(list(resolve(items, references), name)[Number(index)], `Fn::Select ${String(index)}`);
    }
    case 'Fn::Sub':
      return substitute(argument, references);
    default:
      throw new Error(`the template uses ${name}, which the local host does not know`);
  }
}

/** `${Name}`, `${Resource.Attribute}` and `${!literal}`; the two-element form brings its own names. */
function substitute(argument: unknown, references: References): string {
  const [text, names] = Array.isArray(argument) ? (argument as unknown[]) : [argument, {}];
  const own = resolve(names, references) as Expression;
  return String(text).replaceAll(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, name: string) => {
    if (literal !== '') return `\${${name}}`;
    if (name in own) return String(own[name]);
    const [resource = '', ...path] = name.split('.');
    const value = path.length === 0 ? references.ref(name) : references.attribute(resource, path.join('.'));
    return String(found(value, `\${${name}}`));
  });
}

function list(value: unknown, name: string): unknown[] {
  if (!Array.isArray(value)) throw new Error(`${name} needs a list`);
  return value;
}

function found(value: unknown, what: string): unknown {
  if (value === undefined) throw new Error(`the template refers to ${what}, which does not exist`);
  return value;
}
