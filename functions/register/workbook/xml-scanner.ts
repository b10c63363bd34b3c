import { malformed } from './refused-file.ts';

/** What a reader of XML is told, in order. Names are without prefix; `raw` is the tag as written. */
export type XmlEvents = {
  readonly open: (name: string, raw: string) => void;
  /** Also called for `<tag/>`, with an empty `raw`. */
  readonly close: (name: string, raw: string) => void;
  /** Text as written, entities and all; may come in pieces. */
  readonly text?: (raw: string) => void;
};

/** A tag or a piece of text longer than this is nothing that a spreadsheet program writes. */
const TOKEN_CHARACTERS_MAX = 1_000_000;
const SPECIAL = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

/**
 * Reads the XML of a workbook as it streams by: tags, text and CDATA. A document type is refused, so there are no
 * entities to expand but the five of XML and numbers. Of well-formedness only what the reading needs is checked.
 */
export class XmlScanner {
  readonly #events: XmlEvents;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #rest = '';

  constructor(events: XmlEvents) {
    this.#events = events;
  }

  write(bytes: Uint8Array): void {
    this.#scan(this.#decoded(bytes, false));
  }

  end(): void {
    this.#scan(this.#decoded(undefined, true));
    if (this.#rest.trim() !== '') throw malformed('XML ends within a tag');
  }

  #decoded(bytes: Uint8Array | undefined, last: boolean): string {
    try {
      return this.#decoder.decode(bytes, { stream: !last });
    } catch {
      throw malformed('XML is not UTF-8');
    }
  }

  #scan(more: string): void {
    const text = this.#rest + more;
    let at = 0;
    while (at < text.length) {
      const start = text.indexOf('<', at);
      if (start !== at) {
        const upTo = start === -1 ? text.length : start;
        // An entity may go on in the next piece.
        const cut = start === -1 ? entityStart(text, at) : upTo;
        if (cut > at) this.#events.text?.(text.slice(at, cut));
        at = cut;
        if (start === -1) break;
        continue;
      }
      const end = this.#token(text, at);
      if (end === -1) break;
      at = end;
    }
    this.#rest = text.slice(at);
    if (this.#rest.length > TOKEN_CHARACTERS_MAX) throw malformed('XML with an endless tag');
  }

  /** The end of the token at `at`, or -1 when it is not all there. */
  #token(text: string, at: number): number {
    if (text.startsWith('<!', at) || text.startsWith('<?', at)) return this.#special(text, at);
    const end = tagEnd(text, at);
    if (end === -1) return -1;
    const raw = text.slice(at, end);
    if (raw.startsWith('</')) {
      this.#events.close(localName(raw, 2), raw);
      return end;
    }
    const name = localName(raw, 1);
    this.#events.open(name, raw);
    if (raw.endsWith('/>')) this.#events.close(name, '');
    return end;
  }

  #special(text: string, at: number): number {
    for (const [opening, closing] of SPECIAL) {
      if (text.startsWith(opening, at)) {
        const end = text.indexOf(closing, at + opening.length);
        if (end === -1) return -1;
        if (opening === '<![CDATA[') this.#events.text?.(escapeXml(text.slice(at + opening.length, end)));
        return end + closing.length;
      }
      if (opening.startsWith(text.slice(at)) && text.length - at < opening.length) return -1;
    }
    throw malformed('XML with a document type');
  }
}

/** The end of a tag: the first `>` outside quotes. Each character is looked at once, whatever a file is full of. */
function tagEnd(text: string, at: number): number {
  let quote = 0;
  for (let end = at; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (quote !== 0) quote = code === quote ? 0 : quote;
    else if (code === 62) return end + 1;
    else if (code === 34 || code === 39) quote = code;
  }
  return -1;
}

function localName(raw: string, from: number): string {
  let end = from;
  let start = from;
  for (; end < raw.length; end += 1) {
    const code = raw.charCodeAt(end);
    // Space, tab, line breaks, slash and the end of the tag; a colon ends the prefix.
    if (code === 32 || code === 62 || code === 47 || (code >= 9 && code <= 13)) break;
    if (code === 58) start = end + 1;
  }
  return raw.slice(start, end);
}

/** Where a piece of text may be cut: before an entity that has not ended. */
function entityStart(text: string, at: number): number {
  const ampersand = text.lastIndexOf('&');
  return ampersand >= at && !text.includes(';', ampersand) ? ampersand : text.length;
}

/** One attribute of a tag, decoded; by its name without prefix. */
export function attribute(raw: string, name: string): string | undefined {
  for (let at = raw.indexOf(name); at !== -1; at = raw.indexOf(name, at + 1)) {
    const before = raw[at - 1] ?? '';
    if (!/[\s:]/.test(before)) continue;
    const value = /^\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(
      raw.slice(at + name.length, at + name.length + 2_000),
    );
    if (value) return decodeXml(value[1] ?? value[2] ?? '');
  }
  return undefined;
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Text with its entities resolved. Others than the five of XML and numbers are refused. */
export function decodeXml(raw: string): string {
  if (!raw.includes('&')) return raw;
  return raw.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|([a-zA-Z]\w*));|&/g, (_, hex, decimal, named) => {
    const code = hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : undefined;
    const sign = code === undefined ? NAMED[named as string] : code <= 0x10ffff && String.fromCodePoint(code);
    if (sign === undefined || sign === false) throw malformed('XML with an unknown entity');
    return sign;
  });
}

export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
