import { type BankLayout, PIPE_GB18030 } from '../../domain/bank/layout.ts';
import { programmeById } from '../../domain/programmes/index.ts';
import { invariant } from '../../domain/result.ts';
import type { RunManifest } from '../../domain/run/manifest.ts';

/** What the payee reads in the bank statement (摘要), e.g. "202612高龄津贴". */
export function lineSummary(manifest: RunManifest): string {
  const programme = programmeById(manifest.programme);
  invariant(programme.ok, `a run of an unknown programme: ${manifest.programme}`);
  return `${manifest.period.replace('-', '')}${programme.value.names.zh}`;
}

/** The layout of a run's bank files; one is known so far. */
export function layoutOf(manifest: RunManifest): BankLayout {
  invariant(manifest.layout === PIPE_GB18030.id, `unknown bank layout ${manifest.layout}`);
  return PIPE_GB18030;
}
