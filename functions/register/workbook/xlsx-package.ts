import { escapeXml } from './xml-scanner.ts';

/** The parts around the sheets of an .xlsx that we write. */
export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPE = 'application/vnd.openxmlformats-officedocument';

/** A part beside the sheets: its path in `xl/` and its kind. */
export type SidePart = 'styles' | 'sharedStrings' | 'theme';
export const SIDE_PATHS: Readonly<Record<SidePart, string>> = {
  styles: 'styles.xml',
  sharedStrings: 'sharedStrings.xml',
  theme: 'theme/theme1.xml',
};
const SIDE_TYPES: Readonly<Record<SidePart, string>> = {
  styles: `${TYPE}.spreadsheetml.styles+xml`,
  sharedStrings: `${TYPE}.spreadsheetml.sharedStrings+xml`,
  theme: `${TYPE}.theme+xml`,
};

/** Name and content of every part but the sheets (`xl/worksheets/sheet1.xml`, …) and the side parts themselves. */
export function packageParts(
  sheetNames: readonly string[],
  side: readonly SidePart[],
  date1904 = false,
): [name: string, xml: string][] {
  const sheetPath = (index: number) => `worksheets/sheet${index + 1}.xml`;
  const override = (path: string, type: string) => `<Override PartName="/xl/${path}" ContentType="${type}"/>`;
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  const sheets = sheetNames.map(
    (name, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  const workbookType = `${TYPE}.spreadsheetml.sheet.main+xml`;
  const sheetType = `${TYPE}.spreadsheetml.worksheet+xml`;
  return [
    [
      '[Content_Types].xml',
      `${XML_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('workbook.xml', workbookType)}${sheets.map((_, index) => override(sheetPath(index), sheetType)).join('')}${side.map((part) => override(SIDE_PATHS[part], SIDE_TYPES[part])).join('')}</Types>`,
    ],
    [
      '_rels/.rels',
      `${XML_HEAD}<Relationships xmlns="${RELATIONS}">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${XML_HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${date1904 ? '<workbookPr date1904="1"/>' : ''}<sheets>${sheets.join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${XML_HEAD}<Relationships xmlns="${RELATIONS}">${sheets.map((_, index) => relation(`rId${index + 1}`, 'worksheet', sheetPath(index))).join('')}${side.map((part) => relation(`rId-${part}`, part, SIDE_PATHS[part])).join('')}</Relationships>`,
    ],
  ];
}
