// Goal: what the demo plants is what the rules give: every emergency by its township or district, every row of the relief list. Method:
// the programmes' own rules on the packs of the sample district, against what the samples say by hand.
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { proposedFen } from '../../../../domain/grants/amounts.ts';
import { policyBook } from '../../../../domain/policy/book.ts';
import { parsePolicyPack } from '../../../../domain/policy/parse-pack.ts';
import { PROGRAMMES } from '../../../../domain/programmes/index.ts';
import type { GrantFacts } from '../../../../domain/programmes/programme.ts';
import { GRANT_LIST_COLUMNS } from '../../../../domain/register/grant-columns.ts';
import { columnOf, readRow } from '../../../../domain/register/sheets.ts';
import { generateDisasterList } from '../../../../infra/local/sample/disaster.ts';
import { generateEmergencies } from '../../../../infra/local/sample/emergencies.ts';
import { must } from '../../../domain/programmes/samples.ts';
import { policyFile } from '../../../policy-files.ts';

const TODAY = '2026-11-22';
const daysBefore = (days: number) =>
  new Date(Date.parse(`${TODAY}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);

function workOut(programme: string, facts: GrantFacts) {
  const files = [
    policyFile('110000', 'dibao'),
    policyFile('110000', 'temporary-aid'),
    policyFile('110199', 'temporary-aid'),
    policyFile('110199', 'disaster-relief'),
  ];
  const book = must(policyBook(files.map((file) => must(parsePolicyPack(file)).pack)));
  const { grant } = PROGRAMMES[programme]!;
  const view = { book, scope: { jurisdiction: '110199', programme, knownOn: TODAY } };
  return grant!.workOut({
    facts: z.parse(grant!.schema, facts),
    appliedOn: TODAY,
    decidedOn: TODAY,
    view,
    earlier: [],
  });
}

describe('a week of emergencies', () => {
  it.each(generateEmergencies('fafang', TODAY, daysBefore))('$key', ({ facts, yuan, decidedBy, persons }) => {
    const worked = workOut('temporary-aid', facts);
    const found = worked.ok
      ? [proposedFen(worked.value) / 100, worked.value.decidedAt, worked.value.persons]
      : [0, decidedBy, persons];
    expect(found).toEqual([yuan, decidedBy, persons]);
  });
});

it('the relief list comes to what it says, row by row and in all, whatever the seed', () => {
  for (const seed of ['fafang', 'another', 'third']) {
    const list = generateDisasterList(seed, '2026-11-02');
    const [headings = '', ...lines] = list.csv.slice(1).trim().split('\r\n');
    const ids = headings.split(',').map((heading) => columnOf(GRANT_LIST_COLUMNS, heading) ?? '');
    const rejected = new Set(list.rejected.map(({ row }) => row));
    const good = lines.filter((_, index) => !rejected.has(index + 2));
    const proposals = good.map((line) => {
      const context = { jurisdiction: '110199', today: TODAY };
      const read = readRow('grant-list', ids, line.split(','), context);
      const values = read.ok ? read.value : {};
      return must(workOut('disaster-relief', PROGRAMMES['disaster-relief']!.grant!.fromRow!(values)));
    });
    expect(proposals.reduce((sum, each) => sum + proposedFen(each), 0)).toBe(list.yuan * 100);
    expect(proposals.reduce((sum, { persons }) => sum + persons, 0)).toBe(list.persons);
    expect([good.length, list.rejected.length]).toEqual([list.households, 4]);
  }
});
