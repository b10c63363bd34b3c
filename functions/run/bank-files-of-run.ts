import { PIPE_GB18030 } from '../../domain/bank/layout.ts';
import type { Month } from '../../domain/calendar.ts';
import type { PolicyBook } from '../../domain/policy/book.ts';
import { lookupParameter, type PolicyScope } from '../../domain/policy/lookup.ts';
import { RUN_PARAMETERS } from '../../domain/policy/run-parameters.ts';
import type { RunManifest } from '../../domain/run/manifest.ts';

/** The format of a run's bank files, frozen with what else it is computed from: a layout of the place's own as a whole. */
export function bankFilesOfRun(
  book: PolicyBook,
  { jurisdiction, programme, knownOn }: PolicyScope,
  month: Month,
): Pick<RunManifest, 'layout' | 'bankLayout' | 'identityNumbers'> {
  const query = { jurisdiction, programme, knownOn, month };
  const format = lookupParameter(book, { ...query, parameter: 'bankFormat' }, RUN_PARAMETERS.bankFormat);
  const numbers = lookupParameter(
    book,
    { ...query, parameter: 'bankIdentityNumbers' },
    RUN_PARAMETERS.bankIdentityNumbers,
  );
  const chosen = format.ok ? format.value.value : PIPE_GB18030.id;
  return {
    ...(typeof chosen === 'string' ? { layout: chosen } : { layout: chosen.id, bankLayout: chosen }),
    ...(numbers.ok && numbers.value.value && { identityNumbers: true }),
  };
}
