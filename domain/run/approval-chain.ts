import type { ApprovalStep, RunManifest } from './manifest.ts';
import type { RunTotals } from './summary.ts';

/** The part of a run that its chain depends on. */
type Charged = { readonly manifest: Pick<RunManifest, 'approvalChain'>; readonly totals?: RunTotals };

/**
 * The steps that this run needs: those without an amount, and those whose amount its payable total exceeds (the amount itself does
 * not). The total is that of the revision being signed: a hold or a recompute may change it, and both ask for new signatures. Until
 * the run is computed nobody knows, and every step stands.
 */
export function applicableChain({ manifest, totals }: Charged): readonly ApprovalStep[] {
  return manifest.approvalChain.filter(
    ({ aboveFen }) => aboveFen === undefined || totals === undefined || totals.payable.fen > aboveFen,
  );
}

/** The step that signs next; undefined when the chain is complete. */
export function nextStep(
  run: Charged & { readonly signatures: readonly unknown[] },
): ApprovalStep | undefined {
  return applicableChain(run)[run.signatures.length];
}
