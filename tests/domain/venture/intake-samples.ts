import { fen } from '../../../domain/money.ts';
import { bodyCheck, wholeCheck } from '../../../domain/organisation-code.ts';
import type { Call } from '../../../domain/venture/call.ts';
import { applyProjectAct, type Project } from '../../../domain/venture/project.ts';
import type { Application, ProjectActBody } from '../../../domain/venture/project-acts.ts';
import { rulesFor } from '../programmes/venture-fund/samples.ts';

export const ORGANISATION = '0RGAN1SAT10N';

/** A call of the sample district, open through the spring of 2026. */
export const call = (changes: Partial<Call> = {}, rules: Record<string, unknown> = {}): Call => ({
  callId: '2026-1',
  jurisdiction: '110199',
  year: '2026',
  title: '第一届公益创投',
  document: '示民〔2026〕1号',
  from: '2026-01-05',
  to: '2026-01-31',
  kinds: ['association', 'social-service', 'unregistered'],
  pool: fen(10_000_00),
  tracks: [],
  rules: rulesFor('110199', '2026-01-05', rules),
  openedOn: '2026-01-05',
  by: 'preparer',
  at: '2026-01-05T01:00:00.000Z',
  ...changes,
});

/** Eight thousand of a budget of ten, nine months, nothing wrong with it. */
export const application = (changes: Partial<Application> = {}): Application => ({
  number: '001',
  name: '银龄陪伴',
  organisation: ORGANISATION,
  organisationKind: 'social-service',
  asked: fen(8_000_00),
  budget: fen(10_000_00),
  ownFunds: fen(2_000_00),
  donated: fen(0),
  otherGovernmentMoney: false,
  lines: [
    { category: 'activities', item: '活动物料', fen: fen(8_000_00) },
    { category: 'personnel', item: '讲师', fen: fen(2_000_00) },
  ],
  from: '2026-03-01',
  to: '2026-11-30',
  ...changes,
});

/** A project through these acts, each by whom it says. */
export function projectOf(...acts: readonly (readonly [by: string, body: ProjectActBody])[]): Project {
  let found: Project | undefined;
  for (const [index, [by, body]] of acts.entries()) {
    const at = `2026-02-01T00:00:${String(index).padStart(2, '0')}.000Z`;
    found = applyProjectAct(found, {
      ...body,
      project: 'PR0JECT00001',
      sequence: index + 1,
      at,
      by,
    });
  }
  if (!found) throw new Error('no act');
  return found;
}

export const filed = (changes: Partial<Application> = {}): ProjectActBody => ({
  kind: 'filed',
  jurisdiction: '110199',
  callId: '2026-1',
  application: application(changes),
  source: 'counter',
});
export const PASSED = { kind: 'screened', outcome: 'passed' } as const;
export const GIVEN = {
  kind: 'shortlisted',
  average: '86',
  grant: fen(8_000_00),
  document: '示民〔2026〕2号',
} as const;
export const PUBLIC = {
  kind: 'publicised',
  from: '2026-02-23',
  to: '2026-03-02',
  document: '示民告〔2026〕1号',
} as const;
export const scored = (judge: string, score: string): ProjectActBody => ({ kind: 'scored', judge, score });

/** A well-formed code of the n-th organisation, of social services unless said otherwise. */
export function codeOf(n: number, prefix = '52'): string {
  const body = `MJ9${String(n).padStart(5, '0')}`;
  const first = `${prefix}110199${body}${bodyCheck(body)}`;
  return first + wholeCheck(first);
}
