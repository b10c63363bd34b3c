import { membershipText } from '../../../../domain/household/membership.ts';
import { fen } from '../../../../domain/money.ts';
import { type PolicyBook, policyBook } from '../../../../domain/policy/book.ts';
import { parsePolicyPack } from '../../../../domain/policy/parse-pack.ts';
import { assess } from '../../../../domain/programmes/assess.ts';
import type { EnrolmentFacts, Entitlement, Situation } from '../../../../domain/programmes/programme.ts';
import { RUN_RULES } from '../../../../domain/programmes/run-rules.ts';
import type { Stacking } from '../../../../domain/programmes/stacking-parameter.ts';
import type { Determination, DeterminationSpan } from '../../../../domain/register/determination.ts';
import type { Fact, FactKind } from '../../../../domain/register/facts.ts';
import type { Result } from '../../../../domain/result.ts';
import { must } from '../samples.ts';

/**
 * Programmes paid by decision stand for any: what each owes by itself is written down, so that a test says only what stacking makes of it.
 * In stacking order: dibao (of households), then three of persons.
 */
export const OF_PERSONS = ['tekun', 'tekun-care', 'tekun-pocket-money'] as const;
export const PLACE = '990101';
export const MONTH = '2026-06';
export const CHILD = 'CCCCCCCCCCCC';
export const MOTHER = 'MMMMMMMMMMMM';
export const HOUSEHOLD = 'HHHHHHHHHHHH';

export type Matrix = Readonly<Record<string, readonly Stacking[]>>;

/** A book of stacking alone, in force from 2020 unless said otherwise. */
export function stackingBook(
  matrix: Matrix,
  inForce: { inForceFrom?: string; inForceTo?: string } = {},
): PolicyBook {
  const packs = Object.entries(matrix).map(([programme, value]) => ({
    jurisdiction: PLACE,
    programme,
    values: [
      {
        parameter: 'stacking',
        value,
        inForceFrom: '2020-01',
        decidedOn: '2020-01-01',
        citation: { document: '示例〔2020〕1号', title: '叠加关系（样例）' },
        retroactivity: { months: 'from-in-force', persons: 'entitled-in-month', components: 'all' },
        sample: true,
        ...inForce,
      },
    ],
  }));
  return must(policyBook(packs.map((pack) => must(parsePolicyPack(pack)).pack)));
}

export const fact = (kind: FactKind, value: string, validFrom = '2020-01-01'): Fact => ({
  kind,
  value,
  validFrom,
  recordedAt: `${validFrom}T01:00:00.000Z`,
  source: 'register',
  by: 'import-1',
});

/** An enrolment that is owed these components (in yuan) every month from January 2026 on. */
export function owed(
  programme: string,
  components: Readonly<Record<string, number>>,
  changes: Partial<EnrolmentFacts> & {
    readonly shares?: DeterminationSpan['shares'];
    readonly from?: string;
  } = {},
): EnrolmentFacts {
  const { shares, from = '2026-01', ...rest } = changes;
  const rules = RUN_RULES[programme]!;
  const subject = rules.unit === 'household' ? HOUSEHOLD : CHILD;
  const id = `${rules.code}-${rest.subject ?? subject}-1`;
  const determination: Determination = {
    enrolment: id,
    number: 1,
    kind: 'initial',
    document: '示民核〔2026〕1号',
    decidedOn: '2025-12-20',
    spans: [
      {
        from,
        components: Object.entries(components)
          .filter(([, yuan]) => yuan > 0)
          .map(([component, yuan]) => ({ component, fen: fen(Math.round(yuan * 100)) })),
        derivation: [],
        ...(shares && { shares }),
      },
    ],
    sample: false,
    proposedBy: 'staff-1',
    decidedBy: 'staff-2',
    recordedAt: '2025-12-20T01:00:00.000Z',
  };
  return { id, programme, jurisdiction: PLACE, subject, facts: [], determinations: [determination], ...rest };
}

/** A mother and her child, both covered by the household's benefit, with these enrolments. */
export function situation(...enrolments: readonly EnrolmentFacts[]): Situation {
  const member = (relation: 'head' | 'child') =>
    fact('household', membershipText({ household: HOUSEHOLD, relation, covered: true }));
  return {
    persons: { [CHILD]: [member('child')], [MOTHER]: [member('head')] },
    households: { [HOUSEHOLD]: [] },
    enrolments,
  };
}

export const AT = { month: MONTH, knownOn: '2026-12-01' };

/** What each programme is owed in the end, in fen; the code of a refusal in its place. */
export function net(book: PolicyBook, found: Situation, at: typeof AT = AT): Record<string, number | string> {
  return Object.fromEntries(
    assess(found, book, at).enrolments.map(({ programme, result }) => [
      programme,
      result.ok ? result.value.fen : result.error.code,
    ]),
  );
}

export function entitlement(book: PolicyBook, found: Situation, programme: string): Result<Entitlement> {
  return assess(found, book, AT).enrolments.find((one) => one.programme === programme)!.result;
}
