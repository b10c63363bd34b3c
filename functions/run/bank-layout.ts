import type { FileIdentity } from '../../domain/bank/layout.ts';
import { programmeById } from '../../domain/programmes/index.ts';
import { invariant } from '../../domain/result.ts';
import type { RunManifest } from '../../domain/run/manifest.ts';
import type { BankFormat } from '../bank/formats/bank-format.ts';
import { bankFormat } from '../bank/formats/index.ts';

/** What the payee reads in the bank statement (摘要), e.g. "202612高龄津贴". */
export function lineSummary(manifest: RunManifest): string {
  const programme = programmeById(manifest.programme);
  invariant(programme.ok, `a run of an unknown programme: ${manifest.programme}`);
  return `${manifest.period.replace('-', '')}${programme.value.names.zh}`;
}

/** What the name of a run's n-th file says. */
export function fileIdentity(manifest: RunManifest, fileNumber: number): FileIdentity {
  const { jurisdiction, period, round, payDate } = manifest;
  const programme = programmeById(manifest.programme);
  invariant(programme.ok, `a run of an unknown programme: ${manifest.programme}`);
  const { code: programmeCode } = programme.value;
  return { jurisdiction, programmeCode, compactPeriod: period.replace('-', ''), round, fileNumber, payDate };
}

/** The format of a run's bank files, as it was when the run was started. */
export function formatOf(manifest: RunManifest): Promise<BankFormat> {
  return bankFormat(manifest.bankLayout ?? manifest.layout);
}
