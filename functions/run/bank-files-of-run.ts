import { ISO_FORMATS } from '../../domain/bank/iso20022/catalogue.ts';
import { PIPE_GB18030 } from '../../domain/bank/layout.ts';
import type { Month } from '../../domain/calendar.ts';
import type { PolicyBook } from '../../domain/policy/book.ts';
import { lookupOption, lookupParameter, type PolicyScope } from '../../domain/policy/lookup.ts';
import { RUN_PARAMETERS } from '../../domain/policy/run-parameters.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { RunManifest } from '../../domain/run/manifest.ts';

type BankFiles = Pick<RunManifest, 'layout' | 'bankLayout' | 'identityNumbers' | 'bankParty'>;

/**
 * The format of a run's bank files, frozen with what else it is computed from: a layout of the place's own as a whole, and the
 * payer where the format names it. Refusals: those of `lookup`; a place that never set the payer and has such a format names the gap.
 */
export function bankFilesOfRun(
  book: PolicyBook,
  { jurisdiction, programme, knownOn }: PolicyScope,
  month: Month,
): Result<BankFiles> {
  const query = { jurisdiction, programme, knownOn, month };
  const format = lookupOption(book, { ...query, parameter: 'bankFormat' }, RUN_PARAMETERS.bankFormat);
  if (!format.ok) return format;
  const numbers = lookupOption(
    book,
    { ...query, parameter: 'bankIdentityNumbers' },
    RUN_PARAMETERS.bankIdentityNumbers,
  );
  if (!numbers.ok) return numbers;
  const chosen = format.value ?? PIPE_GB18030.id;
  const files: BankFiles = {
    ...(typeof chosen === 'string' ? { layout: chosen } : { layout: chosen.id, bankLayout: chosen }),
    ...(numbers.value && { identityNumbers: true }),
  };
  if (!ISO_FORMATS.some(({ id }) => id === chosen)) return ok(files);
  const party = lookupParameter(book, { ...query, parameter: 'bankParty' }, RUN_PARAMETERS.bankParty);
  return party.ok ? ok({ ...files, bankParty: party.value.value }) : party;
}
