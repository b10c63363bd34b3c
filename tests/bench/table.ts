/** Tables for a terminal in which Chinese characters are two columns wide. */
export type Table = {
  /** Chinese first, English second: "写入 / writes". */
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6]/;

function width(text: string): number {
  let columns = 0;
  for (const character of text) columns += WIDE.test(character) ? 2 : 1;
  return columns;
}

/** The first column to the left, figures to the right. */
export function printTable({ headings, rows }: Table): void {
  const widths = headings.map((heading, column) =>
    Math.max(width(heading), ...rows.map((row) => width(row[column] ?? ''))),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => {
        const space = ' '.repeat(Math.max(0, (widths[column] ?? 0) - width(cell)));
        return column === 0 ? cell + space : space + cell;
      })
      .join('  ')
      .trimEnd();
  console.log(`  ${line(headings)}`);
  console.log(`  ${widths.map((columns) => '-'.repeat(columns)).join('  ')}`);
  for (const row of rows) console.log(`  ${line(row)}`);
}

export function printHeading(zh: string, en: string): void {
  console.log(`\n${zh}\n${en}\n`);
}

export function printNote(zh: string, en: string): void {
  console.log(`  ${zh}\n  ${en}`);
}

/** "达到 / met" or "未达到 / not met", with the aim. */
export function aim(text: string, met: boolean): string {
  return `${text} ${met ? '达到/met' : '未达到/not met'}`;
}

/** Whole numbers with thousands separated, e.g. "12,345". */
export const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
