import { SaxesParser, type SaxesTagNS } from 'saxes';
import { messageOf, type XmlElement, type XmlReading } from '../../../domain/bank/iso20022/xml.ts';
import { type Refusal, type Result, refusal, refuse } from '../../../domain/result.ts';

/** Far beyond what a message of a bank needs, and far below what would harm: a file is refused at the first excess. */
const LIMITS = { depth: 24, elementsHeld: 20_000, textLength: 2_048, attributes: 8, nameLength: 64 };
const PIECE_BYTES = 64 * 1024;

/** Thrown inside the parser's callbacks to stop it at once; never leaves this module. */
class Refused extends Error {
  readonly refusal: Refusal;

  constructor(found: Refusal) {
    super(found.code);
    this.refusal = found;
  }
}

type Open = { -readonly [Key in keyof XmlElement]: XmlElement[Key] } & {
  readonly children: XmlElement[];
  readonly foreign: boolean;
  /** Elements that were held before it. */
  readonly heldBefore: number;
};

/**
 * Reads a message of ISO 20022 piece by piece. saxes is a streaming, strict parser without dependencies of weight that expands no
 * entity but the five of XML; document types are refused, because only they can make a small file large or reach out of it.
 * Refusals say where, never what: any text may be a name.
 */
export function readXml<T>(bytes: Uint8Array, reading: XmlReading<T>): Result<T> {
  const building = new Building(reading.records);
  const parser = new SaxesParser({ xmlns: true, position: false });
  parser.on('error', () => {
    throw new Refused(notXml('syntax'));
  });
  parser.on('doctype', () => {
    throw new Refused(notXml('doctype'));
  });
  parser.on('processinginstruction', () => {
    throw new Refused(notXml('instruction'));
  });
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) throw new Refused(notXml('encoding'));
  });
  parser.on('opentag', (tag) => building.open(tag));
  parser.on('text', (text) => building.text(text));
  parser.on('cdata', (text) => building.text(text));
  parser.on('closetag', () => building.close(reading.take));
  try {
    feed(parser, bytes);
  } catch (error) {
    if (error instanceof Refused) return refuse(error.refusal);
    throw error;
  }
  const { root, namespace } = building;
  const message = messageOf(namespace);
  if (!root || root.name !== 'Document' || message === undefined || !reading.messages.includes(message))
    return refuse(otherMessage(message, reading.messages));
  return reading.finish(root, message);
}

/** How far the start of a file is looked at to tell one message from another. */
const OPENING_BYTES = 4_096;

/** The message that a file says it is, from its first element; undefined when its beginning names none. Reads nothing else. */
export function messageIn(bytes: Uint8Array): string | undefined {
  const opening = new TextDecoder('utf-8').decode(bytes.subarray(0, OPENING_BYTES));
  const [, namespace = ''] =
    /<(?:[A-Za-z]+:)?Document\b[^>]*?\bxmlns(?::[A-Za-z]+)?\s*=\s*["']([^"']+)["']/.exec(opening) ?? [];
  return messageOf(namespace);
}

function feed(parser: SaxesParser<{ xmlns: true; position: false }>, bytes: Uint8Array): void {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES)
      parser.write(decoder.decode(bytes.subarray(at, at + PIECE_BYTES), { stream: true }));
    parser.write(decoder.decode());
  } catch (error) {
    if (error instanceof TypeError) throw new Refused(notXml('encoding'));
    throw error;
  }
  parser.close();
}

/** The tree that is being read, without the records that were handed over. Elements of other namespaces are left out. */
class Building {
  root: XmlElement | undefined;
  namespace = '';
  readonly #records: ReadonlySet<string>;
  readonly #open: Open[] = [];
  #held = 0;

  constructor(records: ReadonlySet<string>) {
    this.#records = records;
  }

  open(tag: SaxesTagNS): void {
    const attributes = Object.values(tag.attributes).filter(
      ({ prefix, name }) => prefix === '' && name !== 'xmlns',
    );
    const excess =
      this.#open.length >= LIMITS.depth ||
      this.#held >= LIMITS.elementsHeld ||
      Object.keys(tag.attributes).length > LIMITS.attributes ||
      tag.name.length > LIMITS.nameLength;
    if (excess) throw new Refused(tooMuch());
    if (this.#open.length === 0) this.namespace = tag.uri;
    this.#open.push({
      name: tag.local,
      attributes: Object.fromEntries(
        attributes.map(({ local, value }) => [local, value.slice(0, LIMITS.textLength)]),
      ),
      text: '',
      children: [],
      foreign: tag.uri !== this.namespace,
      heldBefore: this.#held,
    });
    this.#held += 1;
  }

  text(text: string): void {
    const at = this.#open.at(-1);
    if (!at) return;
    if (at.text.length + text.length > LIMITS.textLength) {
      // Line breaks between many elements are no text of theirs.
      if (text.trim() === '' && at.text.trim() === '') return;
      throw new Refused(tooMuch());
    }
    at.text += text;
  }

  close(take: (record: XmlElement, parent: XmlElement) => void): void {
    const closed = this.#open.pop();
    const parent = this.#open.at(-1);
    if (!closed) return;
    if (!parent) {
      this.root = closed;
      return;
    }
    const record = !closed.foreign && this.#records.has(closed.name);
    if (record || closed.foreign) this.#held = closed.heldBefore;
    if (record) take(closed, parent);
    else if (!closed.foreign) parent.children.push(closed);
  }
}

type Fault = 'syntax' | 'doctype' | 'instruction' | 'encoding';
const FAULTS: Record<Fault, readonly [zh: string, en: string]> = {
  syntax: ['不是完整的XML', 'not well-formed XML'],
  doctype: [
    '含有文档类型声明（DOCTYPE），银行报文不应有',
    'XML with a document type, which no bank message has',
  ],
  instruction: [
    '含有处理指令，银行报文不应有',
    'XML with a processing instruction, which no bank message has',
  ],
  encoding: ['编码不是UTF-8', 'not in UTF-8'],
};

function notXml(fault: Fault): Refusal {
  const [zh, en] = FAULTS[fault];
  return refusal(
    `invalid/xml-${fault}`,
    `该文件${zh}：请核对是否选对了文件，或重新从银行下载`,
    `the file is ${en}: check that it is the right file, or download it again`,
  );
}

function tooMuch(): Refusal {
  return refusal(
    'limit/xml-size',
    '该文件的层级、元素或文字远超银行报文应有的规模，没有读取：请核对是否选对了文件',
    'the file has more levels, elements or text than any bank message needs and was not read: check that it is the right file',
  );
}

function otherMessage(found: string | undefined, expected: readonly string[]): Refusal {
  const names = expected.join('、');
  // A name of a message and nothing else is printed: the text comes from outside.
  const known = found !== undefined && /^[a-z]{4}(?:\.\d{3}){2}\.\d{2}$/.test(found) ? found : undefined;
  return refusal(
    'invalid/xml-message',
    `该文件不是 ${names} 报文${known ? `，而是 ${known}` : ''}：请核对文件和报文版本`,
    `the file is no ${expected.join(' or ')} message${known ? ` but ${known}` : ''}: check the file and the version of the message`,
    { expected: expected.join(', '), ...(known !== undefined && { found: known }) },
  );
}
