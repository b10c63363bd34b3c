import { toYuan } from '../../../domain/money.ts';
import type { Amount } from './payment-run.ts';

/** One line of the closing table. An absent amount: the stage has people, not money. */
export type Stage = {
  readonly zh: string;
  readonly en: string;
  readonly count: number;
  readonly fen?: number;
};
/** Two figures that have to be the same. */
export type Check = {
  readonly zh: string;
  readonly en: string;
  readonly left: number | string;
  readonly right: number | string;
};

export const stage = (zh: string, en: string, { count, fen }: Amount): Stage => ({ zh, en, count, fen });

/** Count and sum of two stages have to be the same. */
export function same(zh: string, en: string, left: Amount, right: Amount): Check {
  const text = ({ count, fen }: Amount): string => `${count} / ${toYuan(fen)}`;
  return { zh, en, left: text(left), right: text(right) };
}

export const failedChecks = (checks: readonly Check[]): readonly Check[] =>
  checks.filter(({ left, right }) => left !== right);

/** Stages under each other: name in both languages, count, sum in yuan. */
export function stageTable(stages: readonly Stage[]): string[] {
  const names = stages.map(({ zh, en }) => `${zh} ${en}`);
  const width = Math.max(...names.map(displayWidth));
  const head = `${padded('阶段 stage', width)}  ${'笔数 count'.padStart(10)}  ${'金额（元） sum (yuan)'.padStart(18)}`;
  const rows = stages.map(({ count, fen }, index) => {
    const sum = fen === undefined ? '—' : grouped(fen);
    return `${padded(names[index] ?? '', width)}  ${count.toLocaleString('en-US').padStart(12)}  ${sum.padStart(23)}`;
  });
  return [head, '-'.repeat(displayWidth(rows[0] ?? head)), ...rows];
}

/** 1,234,567.89 for people to read; files and messages never have separators. */
function grouped(amount: number): string {
  const [yuan = '', cents = ''] = toYuan(amount as Amount['fen']).split('.');
  return `${yuan.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
}

/** Filled up with spaces to a width in columns of a terminal. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** Columns that a terminal needs: Chinese characters and punctuation take two. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += /[\u2e80-\u9fff\uff00-\uff60\u3000-\u303f]/u.test(character) ? 2 : 1;
  return width;
}
