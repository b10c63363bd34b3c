import { describe, expect, it } from 'vitest';
import {
  element,
  leaf,
  writeMessage,
  type XmlElement,
  type XmlReading,
} from '../../../../domain/bank/iso20022/xml.ts';
import { ok } from '../../../../domain/result.ts';
import { messageIn, readXml } from '../../../../functions/bank/formats/iso20022-xml.ts';

const NAME = 'pain.002.001.10';
const NAMESPACE = `urn:iso:std:iso:20022:tech:xsd:${NAME}`;
const bytes = (text: string) => new TextEncoder().encode(text);
const taken: XmlElement[] = [];
const reading = (): XmlReading<XmlElement> => ({
  messages: [NAME],
  records: new Set(['Record']),
  take: (record) => taken.push(record),
  finish: (document) => ok(document),
});
const document = (content: string, before = '') =>
  `<?xml version="1.0" encoding="UTF-8"?>${before}<Document xmlns="${NAMESPACE}">${content}</Document>`;
const codeOf = (input: string | Uint8Array) => {
  const result = readXml(typeof input === 'string' ? bytes(input) : input, reading());
  return result.ok ? 'read' : result.error.code;
};

describe('XML from outside', () => {
  const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join(
    '',
  );
  it.each([
    ['a document type', document('', '<!DOCTYPE Document>'), 'invalid/xml-doctype'],
    [
      'a billion laughs',
      document('&l9;', `<!DOCTYPE x [<!ENTITY l0 "ha">${laughs}]>`),
      'invalid/xml-doctype',
    ],
    [
      'a file of the machine',
      document('&f;', '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'),
      'invalid/xml-doctype',
    ],
    ['an entity that is none', document('<A>&nbsp;</A>'), 'invalid/xml-syntax'],
    ['a processing instruction', document('', '<?xml-stylesheet href="x"?>'), 'invalid/xml-instruction'],
    ['tags that cross', document('<A><B></A></B>'), 'invalid/xml-syntax'],
    ['an attribute twice', document('<A Ccy="1" Ccy="2"/>'), 'invalid/xml-syntax'],
    ['a control character', document('<A>&#1;</A>'), 'invalid/xml-syntax'],
    ['no end', document('<A>').slice(0, -20), 'invalid/xml-syntax'],
    ['something behind it', `${document('')}<B/>`, 'invalid/xml-syntax'],
    ['a prefix of no namespace', document('<x:A/>'), 'invalid/xml-syntax'],
    ['nothing', '', 'invalid/xml-syntax'],
    ['a text', 'H|110199|GL202612R-0001', 'invalid/xml-syntax'],
    ['another message', document('').replace('.10', '.03'), 'invalid/xml-message'],
    ['no namespace', '<Document/>', 'invalid/xml-message'],
    ['another root', `<Other xmlns="${NAMESPACE}"/>`, 'invalid/xml-message'],
    ['another encoding', document('').replace('UTF-8', 'GBK'), 'invalid/xml-encoding'],
    ['20,001 elements at once', document('<A/>'.repeat(20_000)), 'limit/xml-size'],
    ['a record of 20,001 elements', document(`<Record>${'<A/>'.repeat(20_000)}</Record>`), 'limit/xml-size'],
    ['a depth of 30', document('<A>'.repeat(30) + '</A>'.repeat(30)), 'limit/xml-size'],
    ['a text of 3,000 characters', document(`<A>${'张'.repeat(3000)}</A>`), 'limit/xml-size'],
    ['a name of 100 characters', document(`<${'A'.repeat(100)}/>`), 'limit/xml-size'],
    [
      'nine attributes',
      document(`<A ${Array.from({ length: 9 }, (_, n) => `a${n}=""`).join(' ')}/>`),
      'limit/xml-size',
    ],
  ])('%s: refused, in two languages, without a word of it', (_, text, code) => {
    const result = readXml(bytes(text), reading());
    expect(!result.ok && result.error.code).toBe(code);
    expect(result.ok ? '' : `${result.error.zh}${result.error.en}`).not.toMatch(/passwd|张|110199/);
  });

  it('bytes that are no UTF-8 are refused', () => {
    expect(codeOf(Buffer.from(document('<A>x</A>').replace('x', '\u00ff'), 'latin1'))).toBe(
      'invalid/xml-encoding',
    );
    expect(codeOf(Buffer.from(document(''), 'utf16le'))).not.toBe('read');
    expect(codeOf(bytes(document('<A>张</A>')).subarray(0, -20))).toBe('invalid/xml-syntax');
  });

  it('a byte order mark, prefixes, comments and CDATA are read as what they are', () => {
    const text = `\ufeff<p:Document xmlns:p="${NAMESPACE}"><!-- <p:A>no</p:A> --><p:A Ccy="CNY">1 &amp; <![CDATA[<2>]]>&#x5F20;</p:A></p:Document>`;
    const result = readXml(bytes(text), reading());
    expect(result.ok && result.value.children).toMatchObject([
      { name: 'A', attributes: { Ccy: 'CNY' }, text: '1 & <2>张', children: [] },
    ]);
  });

  it('elements of other namespaces are none of ours', () => {
    const result = readXml(bytes(document('<A xmlns="urn:x">1</A><Record xmlns="urn:x"/>')), reading());
    expect(result.ok && result.value.children).toEqual([]);
  });

  it('characters that are cut by the edge of a piece are whole', () => {
    const names = Array.from(
      { length: 40_000 },
      (_, n) => `<Record><B/>${'𬎆张a'.repeat(1 + (n % 3))}</Record>`,
    ).join('\n');
    taken.length = 0;
    const result = readXml(bytes(document(names)), reading());
    expect(result.ok && result.value.children).toEqual([]);
    expect(taken).toHaveLength(40_000);
    expect(taken.every(({ text }, n) => text === '𬎆张a'.repeat(1 + (n % 3)))).toBe(true);
  });

  it('what the writer escapes is read as it was', () => {
    const text = ' <&>"\' \t\r\n]]> 张𬎆 ';
    const result = readXml(bytes(writeMessage(NAME, element('A', leaf('B', text)))), reading());
    expect(result.ok && result.value.children[0]?.children[0]?.text).toBe(text);
  });

  it('the message is told from the beginning of a file', () => {
    expect(messageIn(bytes(document('')))).toBe(NAME);
    expect(messageIn(bytes(`<p:Document xmlns:p='${NAMESPACE}'>`))).toBe(NAME);
    for (const text of ['', '<Document>', '<Document xmlns="urn:x">', 'H|1|2'])
      expect(messageIn(bytes(text))).toBeUndefined();
  });
});
