// Goal: the round of 公益创投 of the demo comes out even, finds everything done when it is taken up again, and its comparisons notice what could be
// wrong with it. Method: the whole service over HTTP on an empty data folder, with the smallest round.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { fen } from '../../domain/money.ts';
import { ApiClient } from '../../infra/local/demo/api-client.ts';
import { prepareBureau } from '../../infra/local/demo/prepare.ts';
import { failedChecks } from '../../infra/local/demo/report.ts';
import { ventureChecks } from '../../infra/local/demo/venture-comparison.ts';
import { type VentureMonth, ventureMonth } from '../../infra/local/demo/venture-month.ts';
import { type Host, startHost } from '../../infra/local/host.ts';
import { generateProjects } from '../../infra/local/sample/projects.ts';

let host: Host | undefined;
const dataDir = mkdtempSync(join(tmpdir(), 'fafang-venture-'));
afterEach(async () => {
  await host?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Ways in which a round could be wrong that its comparisons do not notice: there must be none. */
function blindSpots(month: VentureMonth): string[] {
  const { first, second, call, sheet, refused, ended, recoveries, turning, paid } = month;
  const [file] = first.files;
  const [line] = file?.lines ?? [];
  if (!file || !line) throw new Error('incomplete');
  const wrong: Record<string, VentureMonth> = {
    'a project that was not filed': {
      ...month,
      sheet: { ...sheet, filed: { ...sheet.filed, projects: sheet.filed.projects - 1 } },
    },
    'a stage of the funnel that lost a project': {
      ...month,
      call: { ...call, funnel: call.funnel.map((step) => ({ ...step, projects: step.projects - 1 })) },
    },
    'a first tranche of a fen more': {
      ...month,
      first: {
        ...first,
        files: [{ ...file, lines: [{ ...line, fen: fen(line.fen + 1) }, ...file.lines.slice(1)] }],
      },
    },
    'a second tranche to the wrong account': {
      ...month,
      second: {
        ...second,
        files: second.files.map((sent) => ({
          ...sent,
          lines: sent.lines.map((each) => ({ ...each, account: line.account })),
        })),
      },
    },
    'a milestone that counted twice': { ...month, refused: { ...refused, milestoneTwice: '' } },
    'a release after a failed evaluation': { ...month, refused: { ...refused, afterFailure: '' } },
    'a project that was not closed': {
      ...month,
      ended: { ...ended, failed: { ...ended.failed, state: 'concluded' } },
    },
    'a settlement of another project': { ...month, turning: { ...turning, settledUp: turning.settledDown } },
    'money that did not come back': {
      ...month,
      recoveries: { ...recoveries, totals: { ...recoveries.totals, received: '0.00' } },
    },
    'books that do not know what came back': { ...month, paid: { ...paid, recovered: fen(0) } },
  };
  return Object.keys(wrong).filter((name) => {
    const tampered = wrong[name];
    return tampered !== undefined && failedChecks(ventureChecks(tampered)).length === 0;
  });
}

it('a round of the venture fund over HTTP: every figure agrees, also when it is taken up again', {
  timeout: 600_000,
}, async () => {
  host = await startHost({ dataDir, port: 0, quiet: true, dailyTick: false });
  const api = new ApiClient(host);
  await prepareBureau(api, [`${new Date().getFullYear()}`]);
  const desk = {
    api,
    programme: 'venture-fund',
    seed: 'v',
    key: (name: string) => `v-${name}`,
    say: () => undefined,
  };
  const round = generateProjects({ seed: 'v', projects: 12 });
  const month = await ventureMonth(desk, round);
  expect(failedChecks(ventureChecks(month))).toEqual([]);
  expect(month.projects.filter(({ stage }) => stage === 'signed')).toHaveLength(12);
  expect(blindSpots(month)).toEqual([]);
  expect(Object.values(host.queueDepths()).map(({ dead }) => dead)).toEqual(
    Object.values(host.queueDepths()).map(() => 0),
  );

  const again = await ventureMonth(desk, round);
  expect(failedChecks(ventureChecks(again))).toEqual([]);
  expect(again.recoveries.totals).toEqual(month.recoveries.totals);
});
