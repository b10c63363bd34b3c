import type { Bilingual } from '../bilingual.ts';
import type { Citation } from '../citation.ts';
import type { CataloguePlace, CatalogueProgramme, CatalogueSetting, CatalogueValue } from './catalogue.ts';

const UNITS: Readonly<Record<CatalogueProgramme['unit'], string>> = {
  person: '人 person',
  household: '户 household',
  organisation: '机构 organisation',
  project: '项目 project',
};
const BASES: Readonly<Record<CatalogueProgramme['amountBasis'], string>> = {
  rule: '按规则逐月计算 by rule, every month',
  decision: '按核定发放 by written decision',
};

/** The catalogue as one Markdown document, Chinese first. The same catalogue is always the same text. */
export function catalogueMarkdown(catalogue: readonly CatalogueProgramme[]): string {
  const places = catalogue.reduce((sum, one) => sum + one.places.length, 0);
  const questions = catalogue.reduce((sum, one) => sum + one.openQuestions.length, 0);
  return [
    '# 规则目录 Catalogue of rules',
    '',
    '由发放项目和政策库生成，不手工修改。样例值仅供试用，不对外发放；“缺口”和“止于”所列月份不予计算。',
    'Generated from the programmes and the policy book, never edited by hand. Samples are never paid outside demo mode; months of a gap, and those after the end of a value, are refused.',
    '',
    `发放项目 ${catalogue.length} 个，区划政策 ${places} 份，待答问题 ${questions} 个。 ${catalogue.length} programmes, ${places} packs of places, ${questions} open questions.`,
    '',
    ...catalogue.map(({ names, programme }) => `- [${names.zh} ${names.en}](#${programme})`),
    '',
    ...catalogue.flatMap(programmeLines),
  ].join('\n');
}

function programmeLines(one: CatalogueProgramme): string[] {
  const { amountBasis, code, components, legalBasis, names, openQuestions, places, programme, unit } = one;
  const own = one.parameters.filter(({ of }) => of === 'programme');
  return [
    `<a id="${programme}"></a>`,
    '',
    `## ${names.zh} ${names.en} (\`${programme}\`, ${code})`,
    '',
    `- 对象 Unit: ${UNITS[unit]}`,
    `- 金额 Amount: ${BASES[amountBasis]}`,
    ...legalBasis.map((citation) => `- 依据 Basis: ${citationText(citation)}`),
    ...components.map(({ component, en, zh }) => `- 组成 Component: ${zh} ${en} (\`${component}\`)`),
    '',
    ...(own.length === 0
      ? []
      : [
          '### 可设参数 What a place may set',
          '',
          '| 参数 Parameter | 名称 Name | 单位 Unit | 关系金额 Bears on the amount |',
          '| --- | --- | --- | --- |',
          ...own.map(({ bearsAmount, label, name, unit: of }) =>
            row([`\`${name}\``, both(label), both(of), bearsAmount ? '是 yes' : '否 no']),
          ),
          '',
        ]),
    ...(openQuestions.length === 0
      ? []
      : [
          '### 待答问题 Open questions',
          '',
          ...openQuestions.flatMap(({ code: question, en, jurisdiction, meanwhile, parameters, zh }) => [
            `- \`${question}\`${jurisdiction === undefined ? '' : ` (${jurisdiction})`}: ${zh} ${en}`,
            `  - 参数 Parameters: ${parameters.map((name) => `\`${name}\``).join(', ') || '—'}`,
            `  - 暂按 Meanwhile: ${meanwhile.zh} ${meanwhile.en}`,
          ]),
          '',
        ]),
    ...places.flatMap((place) => placeLines(one, place)),
  ];
}

function placeLines({ names, parameters }: CatalogueProgramme, place: CataloguePlace): string[] {
  const labels = new Map(parameters.map(({ label, name }) => [name, label]));
  const holes = place.settings.flatMap(holeLines);
  return [
    `### ${place.jurisdiction} ${names.zh}`,
    '',
    ...(place.sampleValues > 0
      ? [`样例值 ${place.sampleValues} 个。 ${place.sampleValues} sample value(s).`, '']
      : []),
    '| 参数 Parameter | 值 Value | 月份 Months | 决定 Decided | 追溯 Back to | 依据 Citation |',
    '| --- | --- | --- | --- | --- | --- |',
    ...place.settings.flatMap(({ parameter, values }) =>
      values.map((value) =>
        row([`${labels.get(parameter)?.zh ?? ''} \`${parameter}\``, ...valueCells(value)]),
      ),
    ),
    '',
    ...(holes.length > 0 ? [...holes, ''] : []),
  ];
}

function valueCells({
  citation,
  decidedOn,
  from,
  retroactivity,
  sample,
  text,
  to,
}: CatalogueValue): string[] {
  const { components, months, persons } = retroactivity;
  const limits = [
    ...(persons === 'entitled-in-month' ? [] : [persons]),
    ...(components === 'all' ? [] : [components.join(', ')]),
  ];
  return [
    `${text}${sample ? ' **样例 sample**' : ''}`,
    `${from} – ${to ?? ''}`,
    decidedOn,
    [months === 'none' ? '不追溯 none' : '自执行月份 from in force', ...limits].join('; '),
    citationText(citation),
  ];
}

function holeLines({ gaps, lapses, parameter }: CatalogueSetting): string[] {
  return [
    ...gaps.map(({ from, to }) => `- 缺口 Gap: \`${parameter}\` ${from} – ${to}`),
    ...(lapses === undefined ? [] : [`- 止于 Ends: \`${parameter}\` ${lapses}`]),
  ];
}

const both = ({ en, zh }: Bilingual): string => `${zh} ${en}`;
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
/** One line, and nothing that ends the cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');

function citationText({ article, document, title, url }: Citation): string {
  const name = `${document} 《${title}》${article === undefined ? '' : ` ${article}`}`;
  return url === undefined ? name : `[${name}](${url})`;
}
