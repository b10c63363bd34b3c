import { importHandler } from '../../functions/register/import.ts';
import { importServices } from '../../functions/register/import-services.ts';
import { HOUSEHOLD_HEADINGS, headRow, memberRow } from '../functions/register/household-sheet.ts';
import { idNumber, request, sheet } from '../functions/register/sheet-fixture.ts';
import { type Bureau, onDisk } from './bureau.ts';
import { printHeading, printNote, printTable, whole } from './table.ts';

/** Eleven households have thirteen members beside their heads. */
const MEMBERS = [1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2];
/** The same numbers a day before those that the fixtures give, so that there are enough of them. */
const [HEADS_BORN, MEMBERS_BORN] = ['19800110', '20100110'];

/** Importing a household sheet: all of it new, and again with nothing new in it. */
export async function benchHouseholds({ households }: { households: number }): Promise<void> {
  printHeading('六、导入家庭名册', '6. Import of household sheets');
  const rows = sheetOf(households);
  await onDisk(async (bureau) => {
    const timed = [
      ['全部新增 / all new', await imported(bureau, 'households-new', rows)],
      ['再次导入 / the same again', await imported(bureau, 'households-again', rows)],
    ] as const;
    printTable({
      headings: ['', '户 / households', '行 / rows', '秒 / s', '行每秒 / rows/s'],
      rows: timed.map(([what, seconds]) => [
        what,
        whole(households),
        whole(rows.length),
        seconds.toFixed(1),
        whole(rows.length / seconds),
      ]),
    });
  });
  printNote(
    '消息逐条处理（AWS 上并行）。每块的人员、家庭、享受对象成批读取；新增一行写六至十一项。',
    'one message after another (on AWS in parallel). Persons, households and enrolments of a chunk are read in batches; a new row writes six to eleven items.',
  );
}

function sheetOf(households: number): string[] {
  const rows: string[] = [];
  let members = 0;
  for (let head = 1; head <= households; head += 1) {
    rows.push(headRow(head, { id: idNumber(head, HEADS_BORN) }));
    for (let each = 0; each < (MEMBERS[head % MEMBERS.length] ?? 1); each += 1) {
      members += 1;
      rows.push(memberRow(head, 1, { id: idNumber(members, MEMBERS_BORN) }));
    }
  }
  return rows;
}

/** @returns seconds from the message to the last row */
async function imported(
  { engines, clock }: Bureau,
  importId: string,
  rows: readonly string[],
): Promise<number> {
  const message = request(importId, {
    kind: 'households',
    programme: 'dibao',
    requestedAt: clock.now(),
  });
  await engines.files.put(message.objectKey, sheet(rows, HOUSEHOLD_HEADINGS));
  engines.send('imports', JSON.stringify(message));
  const services = { ...importServices(engines.env), clock };
  const started = performance.now();
  const { failed } = await engines.deliver({ imports: importHandler(() => services) });
  const seconds = (performance.now() - started) / 1000;
  const status = await services.imports.get(importId);
  if (failed > 0 || status?.counts.accepted !== rows.length)
    throw new Error(`the import ended as ${status?.state} with ${status?.counts.accepted} of ${rows.length}`);
  return seconds;
}
