import { foldAttempts } from '../../../domain/ledger/attempts.ts';
import type { Entry } from '../../../domain/ledger/entry.ts';
import type { JournalEntry } from '../../../domain/ledger/funding.ts';
import { fen } from '../../../domain/money.ts';
import type { Run } from '../../../domain/run/run.ts';
import { journalSections } from '../../../functions/audit/run-entries.ts';
import type { Delivery } from '../../engines.ts';
import { idNumber, row } from '../register/sheet-fixture.ts';
import { type Office, openOffice, pack, SCOPE, value } from '../run/office.ts';

/** A bureau that goes live in the middle of 2026; January to June were paid from Excel. */
export const JULY = { ...SCOPE, period: '2026-07', round: 'R' } as const;
export const MONTHS = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06'] as const;
export const USED = [{ fiscalYear: '2026', fen: fen(250_000) }] as const;

type Pack = { values: { parameter: string; value: unknown }[] };

/** The district's pack with its history from January. */
export function districtPack(): Pack {
  const own = pack('110199') as Pack;
  for (const one of own.values) if (one.parameter === 'historyFrom') one.value = '2026-01';
  return own;
}

/** The same with the new standard: decided in July, in force from January. */
export function packOfJuly(): Pack {
  const own = districtPack();
  const bands = (pack('110000') as Pack).values.find(({ parameter }) => parameter === 'bands')!;
  const raised = {
    ...bands,
    value: [
      { fromAge: 80, amount: '150.00' },
      { fromAge: 90, amount: '500.00' },
      { fromAge: 100, amount: '800.00' },
    ],
    inForceFrom: '2026-01',
    decidedOn: '2026-07-15',
    sample: true,
  };
  return { ...own, values: [...own.values, raised] };
}

export async function goLiveOffice(people = 4, quickReads = true): Promise<Office> {
  const bureau = await openOffice({ people: 0, packs: [pack('110000'), districtPack()], quickReads });
  bureau.clock.moveTo('2026-06-20');
  const rows = Array.from({ length: people }, (_, index) => row(index + 1, { applied: '2025-09-01' }));
  await bureau.importRows('register', rows);
  return bureau;
}

/** A row of the opening sheet about the n-th person. */
export function opened(n: number, month: string, paid: string, more: readonly string[] = []): string {
  const [name] = row(n).split(',');
  return [idNumber(n), name, month, paid, ...more].join(',');
}

/** What Excel paid: a return in March, an overpayment in February, and somebody left out of January and February. */
export const EXCEL = [
  ...MONTHS.map((month) => opened(1, month, '100')),
  ...MONTHS.map((month) => opened(2, month, '100', month === '2026-03' ? ['100'] : [])),
  ...MONTHS.map((month) =>
    opened(3, month, month === '2026-02' ? '150' : '100', month === '2026-02' ? ['', '50'] : []),
  ),
  ...MONTHS.slice(2).map((month) => opened(4, month, '100')),
];

export async function openingStarted(
  bureau: Office,
  name: string,
  rows: readonly string[],
  delivery?: Delivery,
): Promise<Run> {
  await bureau.importRows(name, rows, 'opening');
  const imported = (await bureau.imports.get(name))!;
  const usedBudget = name === 'opening-1' ? USED : [];
  const run = value(
    await bureau.actions.startOpening({ ...SCOPE, imported, usedBudget, by: 'staff-preparer' }),
  );
  await bureau.deliver(delivery);
  return value(await bureau.views.getRun(run.runId));
}

/** Posts a signed opening. */
export async function posted(bureau: Office, run: Run, delivery?: Delivery): Promise<Run> {
  value(await bureau.actions.dispatch({ runId: run.runId, by: 'staff-cashier' }));
  await bureau.deliver(delivery);
  return value(await bureau.views.getRun(run.runId));
}

export async function journal(bureau: Office, run: Run): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for await (const section of journalSections(bureau.ports, run)) entries.push(...section);
  return entries;
}

export const attemptsOf = (entries: readonly JournalEntry[]) =>
  foldAttempts(entries.filter((entry): entry is Entry => entry.kind !== 'funding'));
