import { parse } from 'csv-parse/sync';
import type { Month } from '../../../domain/calendar.ts';
import { type BureauList, bureauList } from '../sample/bureau-list.ts';
import type { SampleHousehold } from '../sample/families.ts';
import { NumberSource } from '../sample/numbers.ts';
import type { ResponseOf } from './api-client.ts';
import { type Desk, reviewable } from './payment-run.ts';

/** A parallel run held against the bureau's own list, and how the list was made. */
export type Parallel = {
  readonly list: BureauList;
  readonly compared: ResponseOf<'compareParallelRun'>;
  /** Lines that do not agree, each as one text. */
  readonly found: readonly string[];
  readonly planted: readonly string[];
};

const RESULT_NAMES = {
  amount: '金额不同',
  'only-here': '仅本系统',
  'only-there': '仅名册',
  duplicate: '名册重复',
  unreadable: '名册无法读取',
} as const;
/** Numbers that no sheet of the district gives to anybody. */
const STRANGERS = 2;

/**
 * 并行核算: the month is computed and never paid, and compared line by line with the list by which the bureau would pay. The list
 * comes from an arithmetic of its own, with planted differences.
 */
export async function compareWithList(
  desk: Desk,
  households: readonly SampleHousehold[],
  period: Month,
): Promise<Parallel> {
  const { api, key, programme } = desk;
  const list = bureauList(households, period, new NumberSource(STRANGERS));
  const file = { name: list.fileName, bytes: list.bytes };
  const uploadId = await api.upload('preparer', 'bureau-list', file, key('bureau-list'));
  const body = { programme, period };
  const { runId } = await api.call('preparer', 'startParallelRun', { body, key: key('parallel') });
  await reviewable(desk, runId);
  const compare = () => api.call('preparer', 'compareParallelRun', { params: { runId }, body: { uploadId } });
  const compared = await compare();
  const report = await api.download(async () => (await compare()).url);
  const [, ...rows]: string[][] = parse(Buffer.from(report), { bom: true });
  const found = rows.flatMap(([result = '', row = '', , , , ours = '', theirs = '']) =>
    result === '一致' ? [] : [lineOf(result, row, ours, theirs)],
  );
  const planted = list.differences.map(({ result, row, ours, theirs }) =>
    lineOf(RESULT_NAMES[result], String(row ?? ''), ours, theirs),
  );
  return { list, compared, found: found.toSorted(), planted: planted.toSorted() };
}

const lineOf = (result: string, row: string, ours: string, theirs: string): string =>
  `${result} ${row === '' ? '—' : `第${row}行`}: ${ours} / ${theirs}`;
