import { invariant, type Result } from '../../result.ts';

/**
 * An element of an ISO 20022 message: it has a text or children, never both. Names are local names; prefixes and namespaces are
 * the reader's and the writer's business.
 */
export type XmlElement = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly XmlElement[];
};

/** How a message is read without holding it whole: the elements that repeat are handed over one by one and then forgotten. */
export type XmlReading<T> = {
  /** Namespaces of the messages that are understood: `urn:iso:std:iso:20022:tech:xsd:` and the name of the message. */
  readonly messages: readonly string[];
  /** Names of the elements that repeat. */
  readonly records: ReadonlySet<string>;
  /** @param parent what stands before the record in its parent, other records left out */
  readonly take: (record: XmlElement, parent: XmlElement) => void;
  /** @param document the message without its records */
  readonly finish: (document: XmlElement, message: string) => Result<T>;
};

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:';

/** The namespace of a message such as "pain.001.001.09". */
export function namespaceOf(message: string): string {
  return `${NAMESPACE}${message}`;
}

/** The message that a namespace names; undefined when it is none of ISO 20022. */
export function messageOf(namespace: string): string | undefined {
  return namespace.startsWith(NAMESPACE) ? namespace.slice(NAMESPACE.length) : undefined;
}

/** The element with children; those that are undefined are left out. */
export function element(name: string, ...children: readonly (XmlElement | undefined)[]): XmlElement {
  return { name, attributes: {}, text: '', children: children.filter((child) => child !== undefined) };
}

/** The element with a text; undefined when there is nothing to say, for ISO 20022 knows no empty element. */
export function leaf(name: string, text: string | undefined): XmlElement | undefined {
  return text === undefined || text === '' ? undefined : { name, attributes: {}, text, children: [] };
}

/** What XML 1.0 can carry at all; control characters and halves of characters are beyond any escaping. */
const ILLEGAL = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Place (from 1) of the first character that no XML document can carry. */
export function illegalCharacter(text: string): number | undefined {
  const index = Array.from(text).findIndex((character) => ILLEGAL.test(character));
  return index === -1 ? undefined : index + 1;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A reader would turn them into a space or a line feed.
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

function escaped(text: string): string {
  invariant(illegalCharacter(text) === undefined, 'a character that XML cannot carry');
  return text.replace(/[&<>"\t\n\r]/g, (character) => ESCAPES[character] ?? character);
}

/** Elements down to this depth stand on a line of their own: one payment is one line. */
const LINES_DEPTH = 3;

/**
 * A message as text, for UTF-8. The same element gives the same text. Own code, because it is shorter than the use of a library:
 * no mixed content, no prefixes, and of attributes only the currency.
 */
export function writeMessage(message: string, content: XmlElement): string {
  const parts = ['<?xml version="1.0" encoding="UTF-8"?>\n'];
  const document = element('Document', content);
  write(parts, { ...document, attributes: { xmlns: namespaceOf(message) } }, 0);
  return parts.join('');
}

function write(parts: string[], { name, attributes, text, children }: XmlElement, depth: number): void {
  const written = Object.entries(attributes).map(([attribute, value]) => ` ${attribute}="${escaped(value)}"`);
  const lines = children.length > 0 && depth < LINES_DEPTH;
  parts.push(`<${name}${written.join('')}>`, escaped(text));
  for (const child of children) {
    if (lines) parts.push('\n');
    write(parts, child, depth + 1);
  }
  if (lines) parts.push('\n');
  parts.push(`</${name}>`);
  if (depth === 0) parts.push('\n');
}

/** The first element below that has this path; undefined when there is none. */
export function find(parent: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce((at, name) => at?.children.find((child) => child.name === name), parent);
}

/** The text at a path, without spaces around it; '' when there is no such element. */
export function textAt(parent: XmlElement | undefined, ...path: readonly string[]): string {
  return find(parent, ...path)?.text.trim() ?? '';
}

/** Children of a name, in order. */
export function all(parent: XmlElement | undefined, name: string): readonly XmlElement[] {
  return parent?.children.filter((child) => child.name === name) ?? [];
}
