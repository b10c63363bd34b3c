import type { FileIdentity } from '../../domain/bank/layout.ts';
import type { RunRules } from '../../domain/programmes/programme.ts';
import { runRules } from '../../domain/programmes/run-rules.ts';
import { invariant } from '../../domain/result.ts';
import type { RunManifest } from '../../domain/run/manifest.ts';
import type { BankFormat } from '../bank/formats/bank-format.ts';

/** What the payee reads in the bank statement (摘要), e.g. "202612高龄津贴". */
export function lineSummary(manifest: RunManifest): string {
  return `${manifest.period.replace('-', '')}${programmeOf(manifest).names.zh}`;
}

/** What the name of a run's n-th file says. */
export function fileIdentity(manifest: RunManifest, fileNumber: number): FileIdentity {
  const { jurisdiction, period, round, payDate } = manifest;
  const { code: programmeCode } = programmeOf(manifest);
  return { jurisdiction, programmeCode, compactPeriod: period.replace('-', ''), round, fileNumber, payDate };
}

/** The format of a run's bank files, as it was when the run was started. Hot functions carry no format at start, nor the list of them. */
export async function formatOf(manifest: RunManifest): Promise<BankFormat> {
  const { bankFormat } = await import('../bank/formats/index.ts');
  return bankFormat(manifest.bankLayout ?? manifest.layout);
}

/** @throws InvariantError for an unknown programme: that of a run was checked when the run was started. */
function programmeOf({ programme }: RunManifest): RunRules {
  const rules = runRules(programme);
  invariant(rules.ok, `a run of an unknown programme: ${programme}`);
  return rules.value;
}
