import { packedText, zipArchive } from '../../../../functions/register/workbook/zip-writer.ts';
import { xlsxOf } from '../../../../infra/local/sample/xlsx-writer.ts';
import { HEADS, person, type RefusedSheet } from './ugly-sheets.ts';
import { compoundFile, numbers16, record, xlsOf } from './xls-fixture.ts';

const GOOD = { sheets: [{ rows: [HEADS, person(1)] }] };
const SHEET = 'xl/worksheets/sheet1.xml';
const changed = (path: string, change: (xml: string) => string): Buffer =>
  xlsxOf(GOOD, { parts: (parts) => parts.set(path, change(parts.get(path) ?? '')) });
const withPart = (path: string, content: string): Buffer =>
  xlsxOf(GOOD, { parts: (parts) => parts.set(path, content) });
const archive = (name: string, content: string): Buffer =>
  Buffer.from(zipArchive([packedText(name, content)]));

/** Files that no spreadsheet should be, each with the code of the sentence that says so. */
export const REFUSED_SHEETS: readonly RefusedSheet[] = [
  { what: 'a workbook with macros', bytes: withPart('xl/vbaProject.bin', 'x'), code: 'forbidden/macros' },
  {
    what: 'a workbook for macros, by its type',
    bytes: changed('[Content_Types].xml', (xml) =>
      xml.replace('spreadsheetml.sheet.main', 'ms-excel.sheet.macroEnabled.main'),
    ),
    code: 'forbidden/macros',
  },
  {
    what: 'an .xls with macros',
    bytes: compoundFile('Workbook', Buffer.alloc(5_000), ['_VBA_PROJECT_CUR']),
    code: 'forbidden/macros',
  },
  {
    what: 'an .xlsx with a password',
    bytes: compoundFile('EncryptedPackage', Buffer.alloc(5_000, 7)),
    code: 'forbidden/encrypted',
  },
  {
    what: 'an .xls with a password',
    bytes: xlsOf(GOOD, [record(0x002f, numbers16(1, 1, 1))]),
    code: 'forbidden/encrypted',
  },
  {
    what: 'a binary workbook',
    bytes: changed('[Content_Types].xml', (xml) =>
      xml.replace('spreadsheetml.sheet.main+xml', 'ms-excel.sheet.binary.main'),
    ),
    code: 'invalid/file-format',
  },
  { what: 'an OpenDocument', bytes: archive('mimetype', 'application/x'), code: 'invalid/file-format' },
  { what: 'an archive of something else', bytes: archive('a.txt', 'a'), code: 'invalid/workbook' },
  {
    what: 'a web page that is called .xls',
    bytes: Buffer.from('\ufeff <HTML><table><tr><td>姓名'),
    code: 'invalid/file-format',
  },
  {
    what: 'an XML table',
    bytes: Buffer.from('<?xml version="1.0"?><Workbook/>'),
    code: 'invalid/file-format',
  },
  { what: 'a PDF', bytes: Buffer.from('%PDF-1.7'), code: 'invalid/file-format' },
  {
    what: 'a Word document',
    bytes: compoundFile('WordDocument', Buffer.alloc(5_000)),
    code: 'invalid/file-format',
  },
  {
    what: 'an Excel 95 workbook',
    bytes: compoundFile('Book', Buffer.alloc(5_000)),
    code: 'invalid/file-format',
  },
  {
    what: 'a document type, with entities that would grow',
    bytes: changed(SHEET, (xml) =>
      xml.replace('<worksheet', '<!DOCTYPE x [<!ENTITY a "&b;&b;"><!ENTITY b "lol">]><worksheet'),
    ),
    code: 'invalid/workbook',
  },
  {
    what: 'an entity that nobody declared',
    bytes: changed('xl/sharedStrings.xml', (xml) => xml.replace('<t xml:space="preserve">', '<t>&xxe;')),
    code: 'invalid/workbook',
  },
  {
    what: 'a part that grows a thousand times when unpacked',
    bytes: withPart('xl/styles.xml', ' '.repeat(9_000_000)),
    code: 'limit/workbook',
  },
  {
    what: 'a cell with more text than a cell can have',
    bytes: changed('xl/sharedStrings.xml', (xml) => xml.replace('姓名', '长'.repeat(40_000))),
    code: 'limit/workbook',
  },
  {
    what: 'too many columns',
    bytes: changed(SHEET, (xml) => xml.replace('</row>', '<c r="ZZ1"><v>1</v></c></row>')),
    code: 'limit/workbook',
  },
  {
    what: 'rows out of order',
    bytes: changed(SHEET, (xml) => xml.replace('<row r="2"', '<row r="1"')),
    code: 'invalid/workbook',
  },
  {
    what: 'a shared text that is not there',
    bytes: changed(SHEET, (xml) => xml.replace('<v>0</v>', '<v>99999</v>')),
    code: 'invalid/workbook',
  },
  { what: 'an archive cut short', bytes: xlsxOf(GOOD).subarray(0, -30), code: 'invalid/workbook' },
  { what: 'an .xls cut short', bytes: xlsOf(GOOD).subarray(0, 2_600), code: 'invalid/workbook' },
  {
    what: 'no sheet with our headings',
    bytes: xlsxOf({ sheets: [{ rows: [['甲', '乙']] }, { rows: [['姓名', '备注']] }] }),
    code: 'invalid/headings',
  },
  {
    what: 'headings and nothing else',
    bytes: xlsxOf({ sheets: [{ rows: [HEADS, [], ['合计', '0人']] }] }),
    code: 'invalid/no-rows',
  },
];
