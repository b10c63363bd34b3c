import { monthOf, type PlainDate } from '../../domain/calendar.ts';
import type { JurisdictionCode } from '../../domain/ids.ts';
import type { DrawLimits } from '../../domain/imprest/commands.ts';
import { type Fen, writtenFen, ZERO } from '../../domain/money.ts';
import { lookupParameter } from '../../domain/policy/lookup.ts';
import { IMPREST_PARAMETERS } from '../../domain/programmes/imprest/parameters.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { ImprestPorts } from './ports.ts';

const PROGRAMME = 'imprest';
type PolicyPorts = Pick<ImprestPorts, 'policies'>;

/** Limits of draws on a day. Refusals: `policy/gap`, `policy/no-rule`. */
export async function drawLimits(
  { policies }: PolicyPorts,
  jurisdiction: JurisdictionCode,
  today: PlainDate,
): Promise<Result<DrawLimits>> {
  const book = await policies.current();
  if (!book.ok) return book;
  const parameter = 'imprestLimits';
  const query = { jurisdiction, programme: PROGRAMME, knownOn: today, month: monthOf(today), parameter };
  const found = lookupParameter(book.value, query, IMPREST_PARAMETERS.imprestLimits);
  if (!found.ok) return found;
  const { perDraw, perPersonYear } = found.value.value;
  return ok({
    perDraw: writtenFen(perDraw),
    perPersonYear: perPersonYear === undefined ? undefined : writtenFen(perPersonYear),
  });
}

/** 年度最低规模 on a day, and whether an authority published it. Refusals: `policy/gap`, `policy/no-rule`. */
export async function imprestFloor(
  { policies }: PolicyPorts,
  jurisdiction: JurisdictionCode,
  today: PlainDate,
): Promise<Result<{ readonly floor: Fen; readonly sample: boolean }>> {
  const book = await policies.current();
  if (!book.ok) return book;
  const parameter = 'imprestFloor';
  const query = { jurisdiction, programme: PROGRAMME, knownOn: today, month: monthOf(today), parameter };
  const found = lookupParameter(book.value, query, IMPREST_PARAMETERS.imprestFloor);
  if (!found.ok) return found;
  const { value, sample } = found.value;
  return ok({ floor: value === 'none' ? ZERO : writtenFen(value.amount), sample: sample === true });
}
