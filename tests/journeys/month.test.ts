import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Fen, fen } from '../../domain/money.ts';
import { ApiClient } from '../../infra/local/demo/api-client.ts';
import { type MonthResult, monthChecks } from '../../infra/local/demo/comparison.ts';
import { householdChecks } from '../../infra/local/demo/household-comparison.ts';
import type { HouseholdMonth } from '../../infra/local/demo/household-month.ts';
import { failedChecks } from '../../infra/local/demo/report.ts';
import { runDemo } from '../../infra/local/demo/run-demo.ts';
import { type Host, startHost } from '../../infra/local/host.ts';
import { seed } from '../../infra/local/seed.ts';

const folders: string[] = [];
const hosts: Host[] = [];

/** The whole service on an empty data folder. */
async function freshHost(): Promise<Host> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fafang-journey-'));
  folders.push(dataDir);
  const host = await startHost({ dataDir, port: 0, quiet: true, dailyTick: false });
  hosts.push(host);
  return host;
}

afterEach(async () => {
  for (const host of hosts.splice(0)) await host.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Ways in which a month could be wrong that its comparisons do not notice: there must be none. */
function blindSpots(month: MonthResult): string[] {
  const { regular, books, open, register, budget } = month;
  const [ofRegular, ofSupplementary] = books;
  const [file] = regular.files;
  const [answered] = regular.answered;
  if (!ofRegular || !ofSupplementary || !file || !answered || !register.counts) throw new Error('incomplete');
  const fen1 = (amount: { count: number; fen: Fen }) => ({ ...amount, fen: fen(amount.fen + 1) });
  const wrong: Record<string, MonthResult> = {
    'an open payment that is not on the list': { ...month, open: open.slice(1) },
    'a returned payment listed as failed': {
      ...month,
      open: open.map((payment) => ({ ...payment, state: 'failed' as const })),
    },
    'a person too many in the register': {
      ...month,
      register: { ...register, counts: { ...register.counts, created: register.counts.created + 1 } },
    },
    'a line missing in an instruction file': {
      ...month,
      regular: { ...regular, files: [{ ...file, lines: file.lines.slice(1) }] },
    },
    'a failure that the bank does not know of': {
      ...month,
      regular: {
        ...regular,
        answered: [
          { ...answered, plan: { ...answered.plan, failed: new Map([...answered.plan.failed].slice(1)) } },
        ],
      },
    },
    'a fen too many released': {
      ...month,
      books: [
        { ...ofRegular, csv: { ...ofRegular.csv, release: fen1(ofRegular.csv.release) } },
        ofSupplementary,
      ],
    },
    'a payment by hand that is in no book': {
      ...month,
      books: [
        { ...ofRegular, csv: { ...ofRegular.csv, 'paid-outside': { count: 0, fen: fen(0) } } },
        ofSupplementary,
      ],
    },
    'the books of another run': { ...month, books: [ofSupplementary, ofRegular] },
    'an entry missing in the export': {
      ...month,
      books: [{ ...ofRegular, entries: ofRegular.entries - 1 }, ofSupplementary],
    },
    'a budget that was not restated': {
      ...month,
      budget: { ...budget, lines: budget.lines.map((line) => ({ ...line, spent: '0.00' })) },
    },
    'a hold that was paid': {
      ...month,
      regular: { ...regular, review: { ...regular.review, streets: regular.review.streets.slice(1) } },
    },
  };
  return Object.keys(wrong).filter((name) => {
    const tampered = wrong[name];
    return tampered !== undefined && failedChecks(monthChecks(tampered)).length === 0;
  });
}

/** The same for a month of 低保. */
function householdBlindSpots(month: HouseholdMonth): string[] {
  const { opening, parallel, correction, enrolled, runs, decisions, headless, reported, paid } = month;
  const [regular, late, supplementary] = runs;
  const { determinations } = correction;
  const wrong: Record<string, HouseholdMonth> = {
    'a household without a decision': { ...month, enrolled: enrolled.slice(1) },
    'an amount that Excel paid and nobody stated': {
      ...month,
      opening: { ...opening, rows: opening.rows.slice(1) },
    },
    'a corrected income that moved money': {
      ...month,
      correction: { ...correction, determinations: determinations + 1 },
    },
    'a planted difference that was not found': {
      ...month,
      parallel: { ...parallel, found: parallel.found.slice(1) },
    },
    'a difference that nobody planted': { ...month, parallel: { ...parallel, planted: [] } },
    'a stop that a street reported and nobody followed': {
      ...month,
      reported: { ...reported, stopped: headless },
    },
    'a new head who is not paid': {
      ...month,
      decisions: new Map([...decisions, [headless.enrolmentId, []]]),
    },
    'a late street that was not named': {
      ...month,
      runs: [
        ['R', { ...regular[1], computed: { ...regular[1].computed, notSubmitted: [] } }],
        late,
        supplementary,
      ],
    },
    'money paid before that the budget does not know': {
      ...month,
      paid: { ...paid, usedBefore: fen(paid.usedBefore + 1) },
    },
  };
  return Object.keys(wrong).filter((name) => {
    const tampered = wrong[name];
    return tampered !== undefined && failedChecks(householdChecks(tampered)).length === 0;
  });
}

describe('a month over HTTP', () => {
  it('runs from the register file to closed and exported runs, and every figure agrees', {
    timeout: 600_000,
  }, async () => {
    const host = await freshHost();
    const printed: string[] = [];
    const options = { people: 120, households: 24, print: (line: string) => printed.push(line) };
    const result = await runDemo({ address: host.address, tokenFor: host.tokenFor, ...options });
    expect(result.checks.filter(({ left, right }) => left !== right)).toEqual([]);
    expect(result.agrees).toBe(true);
    expect(result.runIds).toEqual([
      '110199.high-age.2026-12.R.1',
      '110199.high-age.2026-12.S1.1',
      '110199.dibao.2026-12.R.1',
      '110199.dibao.2026-12.S1.1',
      '110199.dibao.2026-12.S2.1',
    ]);
    const counts = new Map(result.stages.map(({ en, zh, count }) => [`${zh.split(' ')[0]} ${en}`, count]));
    expect(counts.get('对象信息库（人） register (people)')).toBe(120);
    expect(counts.get('R bank: failed')).toBe(9);
    expect(counts.get('R bank: returned')).toBe(4);
    // Failed: one may be sent again as it is, five get another account, one is paid by hand; returned: three of four; and the released hold.
    expect(counts.get('S1 approved')).toBe(10);
    expect(counts.get('账簿：系统外发放 ledger: paid by hand')).toBe(1);
    expect(counts.get('未了结 open, carried over')).toBe(3);
    expect(Object.values(host.queueDepths()).map(({ dead }) => dead)).toEqual(
      Object.values(host.queueDepths()).map(() => 0),
    );

    expect(blindSpots(result.month)).toEqual([]);
    expect(result.households && householdBlindSpots(result.households)).toEqual([]);

    // Taken up again from its first step, it finds everything done and comes to the same figures.
    const again = await runDemo({ address: host.address, tokenFor: host.tokenFor, ...options });
    expect(again.stages).toEqual(result.stages);
    expect(again.agrees).toBe(true);
    expect(printed.join('\n')).not.toMatch(/\d{15}/);
  });
});

describe('seeding', () => {
  it('fills a new folder and changes nothing the second time', { timeout: 120_000 }, async () => {
    const host = await freshHost();
    const printed: string[] = [];
    const options = { people: 100, households: 24, print: (line: string) => printed.push(line) };
    await seed(host, options);
    const api = new ApiClient(host);
    const look = async () => ({
      packs: await api.call('preparer', 'listPolicyPacks'),
      budget: await api.call('finance', 'getBudget', {
        params: { programme: 'high-age', fiscalYear: '2026' },
      }),
      grants: await api.call('finance', 'getBudget', {
        params: { programme: 'venture-fund', fiscalYear: '2026' },
      }),
      enrolments: await api.call('beneficiary', 'listMyEnrolments'),
    });
    const first = await look();
    await seed(host, options);
    expect(await look()).toEqual(first);
    expect(first.enrolments.enrolments).toHaveLength(1);
    // Without a budget line nobody could approve a run of grants.
    expect(first.grants.lines).toHaveLength(1);
    expect(first.packs.packs.map(({ jurisdiction }) => jurisdiction)).toContain('110199');
    expect(printed).toHaveLength(10);
    expect(printed[1]).toContain('101 行已导入，15 行有误');
    expect(printed[2]).toContain('比中 5 人');
    expect(printed[3]).toMatch(/其他各项目 [1-9]\d* 行已导入，特困已核定/);
    expect(printed[4]).toMatch(/石桥镇、云台乡的低保家庭 [1-9]\d* 户已导入并核定/);
    expect(printed.slice(5)).toEqual(printed.slice(0, 5));
  });
});
