import type { Disclosure } from '../../adapters/disclosure-store.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import type { StaffServices } from './services.ts';

/** Why a file is taken when nobody says more. */
const USUAL: Readonly<Record<Disclosure['what'], string>> = {
  'instruction-files': '报送银行 / to be sent to the bank',
  'import-errors': '更正退回行 / to correct rejected rows',
  'account-file-errors': '更正退回行 / to correct rejected rows',
  'matching-errors': '更正退回行 / to correct rejected rows',
  'list-comparison': '并行比对 / parallel comparison',
  'notice-list': '发放公示 / public notice',
};

/** Puts on record that personal data is handed over, before it is. */
export async function disclose(
  { disclosures, clock }: Pick<StaffServices, 'disclosures' | 'clock'>,
  actor: StaffActor,
  what: Disclosure['what'],
  of: string,
  reason: string = USUAL[what],
): Promise<void> {
  await disclosures.record(actor.jurisdiction, { at: clock.now(), by: actor.id, what, of, reason });
}
