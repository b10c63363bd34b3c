import type { Month, PlainDate } from '../../calendar.ts';

/** Worked examples (算例) of 优抚 in the sample district: derived from the ordinance, with sample amounts. */
export type VeteransCareCase = {
  readonly row: string;
  readonly class: string;
  readonly confirmed: PlainDate;
  readonly born?: PlainDate;
  readonly died?: PlainDate;
  readonly cause?: 'illness' | 'old-injury' | 'other';
  /** Yuan due by month. */
  readonly months: Readonly<Record<Month, string>>;
};

export const VETERANS_CARE_CASES: readonly VeteransCareCase[] = [
  {
    row: 'from the month of the confirmation',
    class: 'martyr-family',
    confirmed: '2025-03-31',
    months: { '2025-02': '0.00', '2025-03': '3200.00', '2025-04': '3200.00' },
  },
  {
    row: 'a new standard, decided in September 2025, from August 2025',
    class: 'war-participant',
    confirmed: '2024-10-08',
    months: { '2025-07': '1000.00', '2025-08': '1050.00', '2025-09': '1050.00' },
  },
  {
    row: 'by years of service, from age 60',
    class: 'retired-rural:6',
    confirmed: '2024-10-08',
    born: '1965-03-20',
    months: { '2025-02': '0.00', '2025-03': '360.00', '2025-08': '378.00' },
  },
  {
    row: 'a death: six more months as funeral aid, nothing after',
    class: 'duty-death-family',
    confirmed: '2024-10-08',
    died: '2025-03-15',
    months: { '2025-02': '2800.00', '2025-03': '19600.00', '2025-04': '0.00' },
  },
  {
    row: 'a disabled soldier dies of illness: twelve more months',
    class: 'disabled-duty',
    confirmed: '2024-10-08',
    died: '2025-03-15',
    cause: 'illness',
    months: { '2025-03': '62400.00', '2025-04': '0.00' },
  },
  {
    row: 'a disabled soldier dies, cause not on record yet: the month alone',
    class: 'disabled-duty',
    confirmed: '2024-10-08',
    died: '2025-03-15',
    months: { '2025-03': '4800.00', '2025-04': '0.00' },
  },
  {
    row: 'a disabled soldier dies of another cause: six more months',
    class: 'disabled-war',
    confirmed: '2024-10-08',
    died: '2025-03-15',
    cause: 'other',
    months: { '2025-03': '35000.00' },
  },
];
