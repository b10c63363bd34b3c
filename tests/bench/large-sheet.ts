import { identityCheckDigit } from '../../domain/identity-number.ts';
import { columnLetters } from '../../domain/register/sheet-notes.ts';
import { packageParts } from '../../functions/register/workbook/xlsx-package.ts';
import { packedStream, packedText, zipArchive } from '../../functions/register/workbook/zip-writer.ts';
import { HEADINGS, row } from '../functions/register/sheet-fixture.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const STYLES = `<styleSheet xmlns="${MAIN}"><cellXfs count="1"><xf/></cellXfs></styleSheet>`;
const PER_PIECE = 500;

/** A person of any number: a thousand are born on each day from 1930 on. */
function cells(n: number): string[] {
  const day = Math.floor(n / 999);
  const born = `${1930 + Math.floor(day / 336)}${two((Math.floor(day / 28) % 12) + 1)}${two((day % 28) + 1)}`;
  const first = `110199${born}${String((n % 999) + 1).padStart(3, '0')}`;
  const name = `赵${String.fromCharCode(0x4e00 + (n % 20_000))}${String.fromCharCode(0x4e00 + Math.floor(n / 20_000))}`;
  return row(n % 1000, {
    account: `6217${String(n).padStart(12, '0')}`,
    name,
    id: first + identityCheckDigit(first),
  }).split(',');
}
const two = (number: number): string => String(number).padStart(2, '0');

export function* csvPieces(people: number): Generator<string, void, undefined> {
  yield `\ufeff${HEADINGS}\r\n`;
  for (let n = 0; n < people; n += 1) yield `${cells(n).join(',')}\r\n`;
}

/** As Excel writes it: every text shared, by number. */
export async function largeXlsx(people: number): Promise<Uint8Array> {
  const numbers = new Map<string, number>();
  async function* sheet(): AsyncGenerator<string, void, undefined> {
    yield `<worksheet xmlns="${MAIN}"><sheetData>`;
    let piece = '';
    for (let n = -1; n < people; n += 1) {
      const written = (n < 0 ? HEADINGS.split(',') : cells(n)).map((text, column) => {
        if (text === '') return '';
        const number = numbers.get(text) ?? numbers.size;
        numbers.set(text, number);
        return `<c r="${columnLetters(column)}${n + 2}" t="s"><v>${number}</v></c>`;
      });
      piece += `<row r="${n + 2}">${written.join('')}</row>`;
      if (n % PER_PIECE === 0) {
        yield piece;
        piece = '';
      }
    }
    yield `${piece}</sheetData></worksheet>`;
  }
  async function* strings(): AsyncGenerator<string, void, undefined> {
    yield `<sst xmlns="${MAIN}">`;
    for (const text of numbers.keys()) yield `<si><t>${text}</t></si>`;
    yield '</sst>';
  }
  const around = packageParts(['名册'], ['styles', 'sharedStrings']).map(([name, xml]) =>
    packedText(name, xml),
  );
  const rows = await packedStream('xl/worksheets/sheet1.xml', sheet());
  const shared = await packedStream('xl/sharedStrings.xml', strings());
  return zipArchive([...around, rows, shared, packedText('xl/styles.xml', STYLES)]);
}
