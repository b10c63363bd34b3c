import { addMonths, type Month } from '../calendar.ts';
import type { JurisdictionCode } from '../ids.ts';
import { governsFrom, type PolicyBook, policyBook } from '../policy/book.ts';
import type { PolicyPack, PolicyValue } from '../policy/pack.ts';
import { parsePolicyPack } from '../policy/parse-pack.ts';
import { type Result, refuse } from '../result.ts';
import { type CaseProblem, problem } from './problems.ts';

/**
 * The policy book with the values that a case brings for trial: in the months they govern they take the place of every value that the
 * same place has of the same parameter. What a trial value leaves out is filled in: in force ever since, decided then, reaching back, and a sample.
 */
export function bookWithTrial(
  packs: readonly PolicyPack[],
  trial: readonly unknown[],
  jurisdiction: JurisdictionCode,
): Result<PolicyBook, readonly CaseProblem[]> {
  const problems: CaseProblem[] = [];
  const given = trial.flatMap((json, index) => {
    const parsed = parsePolicyPack(completed(json, jurisdiction));
    if (parsed.ok) return [parsed.value.pack];
    problems.push(problem(`policy[${index}]`, parsed.error.zh, parsed.error.en));
    return [];
  });
  if (problems.length > 0) return refuse(problems);
  const book = policyBook([...packs.map((pack) => without(pack, given)), ...given]);
  return book.ok ? book : refuse([problem('policy', book.error.zh, book.error.en)]);
}

const EVER: Month = '1949-10';
const OF_TRIAL = { document: '试算', title: '试算值（未发布） / value on trial' };

function completed(json: unknown, jurisdiction: JurisdictionCode): unknown {
  if (!isRecord(json)) return json;
  const { values, ...rest } = json;
  const listed = isRecord(values)
    ? Object.entries(values).map(([parameter, value]) => ({ parameter, value }))
    : values;
  return { jurisdiction, ...rest, values: Array.isArray(listed) ? listed.map(completedValue) : listed };
}

function completedValue(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const inForceFrom = typeof value['inForceFrom'] === 'string' ? value['inForceFrom'] : EVER;
  const retroactivity = { months: 'from-in-force', persons: 'entitled-in-month', components: 'all' };
  return {
    inForceFrom,
    decidedOn: `${inForceFrom}-01`,
    citation: OF_TRIAL,
    retroactivity,
    sample: true,
    ...value,
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A pack without the months that trial values of the same place and parameter govern. */
function without(pack: PolicyPack, trial: readonly PolicyPack[]): PolicyPack {
  const same = trial.filter(
    ({ jurisdiction, programme }) => jurisdiction === pack.jurisdiction && programme === pack.programme,
  );
  if (same.length === 0) return pack;
  let { values } = pack;
  for (const one of same.flatMap((each) => each.values)) {
    values = values.flatMap((value) => (value.parameter === one.parameter ? outside(value, one) : [value]));
  }
  return { ...pack, values };
}

/** What is left of a value before and after the months of another. */
function outside(value: PolicyValue, trial: PolicyValue): PolicyValue[] {
  const from = governsFrom(trial);
  const kept: PolicyValue[] = [];
  const before = addMonths(from, -1);
  if (governsFrom(value) <= before) {
    const last = value.inForceTo !== undefined && value.inForceTo < before ? value.inForceTo : before;
    kept.push({ ...value, inForceTo: last });
  }
  if (trial.inForceTo === undefined) return kept;
  const after = addMonths(trial.inForceTo, 1);
  if (value.inForceTo !== undefined && value.inForceTo < after) return kept;
  return [...kept, { ...value, inForceFrom: governsFrom(value) > after ? value.inForceFrom : after }];
}
