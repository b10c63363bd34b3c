import type { Month } from '../../domain/calendar.ts';
import type { PolicyBook } from '../../domain/policy/book.ts';
import { CONTROL_PARAMETERS, controlPolicy } from '../../domain/policy/control-parameters.ts';
import { lapsedOption, lookupParameter, type PolicyScope } from '../../domain/policy/lookup.ts';
import { RUN_PARAMETERS } from '../../domain/policy/run-parameters.ts';
import { setOffRule } from '../../domain/policy/set-off-rule.ts';
import { programmeById } from '../../domain/programmes/index.ts';
import { ok, type Result, refuse } from '../../domain/result.ts';
import type { RunManifest } from '../../domain/run/manifest.ts';

type Options = Pick<
  RunManifest,
  'controls' | 'payeeWardsMax' | 'debitBooking' | 'deathMonthStops' | 'setOff'
>;

const MAY_LAPSE = [...Object.keys(CONTROL_PARAMETERS), 'payeeWardsMax', 'debitBooking', 'setOff'];

/** What a place may set for its runs and need not; what it has not set is left out. Refusal: `policy/gap` of what it set and let lapse. */
export function optionsOf(book: PolicyBook, scope: PolicyScope, month: Month): Result<Options> {
  const lapsed = lapsedOption(book, scope, month, MAY_LAPSE);
  if (lapsed) return refuse(lapsed);
  const controls = controlPolicy(book, scope, month);
  return ok({
    ...(controls && { controls }),
    ...payeeWardsMax(book, scope, month),
    ...debitBooking(book, scope, month),
    ...setOffOf(book, scope, month),
    ...(deathMonthStops(book, scope, month) && { deathMonthStops: true }),
  });
}

/** The limit of people one person receives for, where the place sets one. */
function payeeWardsMax(book: PolicyBook, { jurisdiction, programme, knownOn }: PolicyScope, month: Month) {
  const query = { jurisdiction, programme, knownOn, parameter: 'payeeWardsMax', month };
  const found = lookupParameter(book, query, RUN_PARAMETERS.payeeWardsMax);
  return found.ok ? { payeeWardsMax: found.value.value } : {};
}

/** How the bank books a file, where the place says so. */
function debitBooking(book: PolicyBook, scope: PolicyScope, month: Month): Pick<RunManifest, 'debitBooking'> {
  const { jurisdiction, programme, knownOn } = scope;
  const query = { jurisdiction, programme, knownOn, parameter: 'debitBooking', month };
  const found = lookupParameter(book, query, RUN_PARAMETERS.debitBooking);
  return found.ok ? { debitBooking: found.value.value } : {};
}

/** How much may be set off, where policy allows it. */
function setOffOf(book: PolicyBook, scope: PolicyScope, month: Month): Pick<RunManifest, 'setOff'> {
  const { jurisdiction, programme, knownOn } = scope;
  const query = { jurisdiction, programme, knownOn, parameter: 'setOff', month };
  const found = lookupParameter(book, query, RUN_PARAMETERS.setOff);
  const rule = found.ok ? setOffRule(found.value.value) : undefined;
  return rule ? { setOff: rule } : {};
}

/** Whether a death ends the programme with the month before it, where the programme leaves that to the place. */
function deathMonthStops(book: PolicyBook, scope: PolicyScope, month: Month): boolean {
  const programme = programmeById(scope.programme);
  const spec = programme.ok ? programme.value.parameters['stopFrom'] : undefined;
  const { jurisdiction, programme: id, knownOn } = scope;
  const query = { jurisdiction, programme: id, knownOn, parameter: 'stopFrom', month };
  const stopFrom = spec && lookupParameter(book, query, spec);
  return stopFrom?.ok === true && stopFrom.value.value === 'same-month';
}
