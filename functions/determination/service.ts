import type { PlainDate } from '../../domain/calendar.ts';
import type { Approval, CompanionDetermination } from '../../domain/determination/decision.ts';
import type { Asked } from '../../domain/determination/proposal.ts';
import type { Result } from '../../domain/result.ts';
import type { StoredProposal } from '../adapters/proposal-store.ts';
import type { EnrolmentAddress, EnrolmentRead } from '../adapters/register-store.ts';
import type { Scope } from '../adapters/sweep-store.ts';
import { type Keyed, type Page, type PageRequest, pageOf } from '../run/pages.ts';
import { askForReview } from './ask-for-review.ts';
import { companionsOf } from './companions.ts';
import type { DeterminationPorts } from './ports.ts';
import { approve, type Decided, type DecideInput, propose, reject } from './proposals.ts';
import { noEnrolment } from './refusals.ts';

/** What the HTTP operations need of determinations. */
export type DeterminationService = {
  readonly propose: (
    address: EnrolmentAddress,
    asked: Asked,
    plannedFor: PlainDate,
    by: { readonly by: string; readonly request?: string },
  ) => Promise<Result<StoredProposal>>;
  readonly approve: (
    address: EnrolmentAddress,
    input: DecideInput & Omit<Approval, 'by'>,
  ) => Promise<Result<Decided>>;
  readonly reject: (
    address: EnrolmentAddress,
    input: DecideInput & { readonly reason: string },
  ) => Promise<Result<Decided>>;
  readonly proposalsOf: (address: EnrolmentAddress) => Promise<readonly StoredProposal[]>;
  /** Those that wait for a decision, in order of enrolments. */
  readonly openProposals: (scope: Scope, asked: PageRequest) => Promise<Page<StoredProposal>>;
  /** What the last decision on an enrolment fixed for others of the person, by the same document and proposal. */
  readonly decidedWith: (read: EnrolmentRead) => Promise<readonly CompanionDetermination[]>;
  /** Refusal `missing/enrolment`. */
  readonly enrolment: (address: EnrolmentAddress) => Promise<Result<EnrolmentRead>>;
};

export function determinationService(ports: DeterminationPorts): DeterminationService {
  return {
    propose: (address, asked, plannedFor, by) => propose(ports, address, asked, plannedFor, by),
    approve: async (address, input) => {
      const decided = await approve(ports, address, input);
      // What it answers is closed by the look that follows.
      if (decided.ok) await askForReview(ports.queues, [address]);
      return decided;
    },
    reject: (address, input) => reject(ports, address, input),
    proposalsOf: (address) => ports.proposals.ofEnrolment(address),
    openProposals: (scope, asked) => pageOf(asked, undecided(ports, scope, asked.startAfter)),
    decidedWith: (read) => decidedWith(ports, read),
    enrolment: async (address) => {
      const read = await ports.register.enrolmentRead(address);
      return read ? { ok: true, value: read } : { ok: false, error: noEnrolment(address.id) };
    },
  };
}

async function decidedWith(
  { register }: Pick<DeterminationPorts, 'register'>,
  { document, determinations }: EnrolmentRead,
): Promise<CompanionDetermination[]> {
  const last = determinations.at(-1);
  return (await companionsOf(register, document)).flatMap(({ programme, read }) => {
    const same = read.determinations.findLast(
      (one) =>
        one.document === last?.document && one.decidedOn === last.decidedOn && one.basis === last.basis,
    );
    return same ? [{ programme: programme.id, determination: same }] : [];
  });
}

async function* undecided(
  { proposals }: Pick<DeterminationPorts, 'proposals'>,
  scope: Scope,
  startAfter: string | undefined,
): AsyncGenerator<Keyed<StoredProposal>, void, undefined> {
  for await (const { enrolment, stored } of proposals.openFrom(scope, startAfter))
    yield { key: enrolment, ...(stored && !stored.decision && { item: stored }) };
}
