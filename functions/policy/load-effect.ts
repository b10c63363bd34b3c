import type { BatchCase } from '../../domain/determination/standard-change.ts';
import type { Bucket, EnrolmentId } from '../../domain/ids.ts';
import type { EffectManifest } from '../../domain/policy/proposal.ts';
import type { EnrolmentFacts, Situation } from '../../domain/programmes/programme.ts';
import { RUN_RULES } from '../../domain/programmes/run-rules.ts';
import { type Determination, determinationsKnownBy } from '../../domain/register/determination.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import { knownBy } from '../../domain/register/facts.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import type { Scope } from '../adapters/sweep-store.ts';
import type { Households } from '../determination/ports.ts';
import { loadSubjects } from '../run/load-subjects.ts';

/** One enrolment with everything around it that its amount may rest on, as known at the cut-off. */
export type EffectCase = {
  readonly enrolment: EnrolmentFacts;
  readonly situation: Situation;
  /** What is known of the households whose amounts are decided, for what would be decided. */
  readonly households: ReadonlyMap<EnrolmentId, BatchCase['knowledge']>;
};

type LoadPorts = { readonly register: RegisterStore; readonly households: Households };

/** All reads of one bucket, before anything is compared. */
export async function loadEffectCases(
  ports: LoadPorts,
  { cutOff, through }: Pick<EffectManifest, 'cutOff' | 'through'>,
  { jurisdiction, programme }: Scope,
  bucket: Bucket,
): Promise<EffectCase[]> {
  const documents: EnrolmentDocument[] = [];
  const determinations = new Map<EnrolmentId, readonly Determination[]>();
  for await (const read of ports.register.enrolmentsOfBucket(jurisdiction, programme, bucket)) {
    documents.push(read.document);
    determinations.set(read.document.id, determinationsKnownBy(read.determinations, cutOff));
  }
  if (documents.length === 0) return [];
  const subjects = await loadSubjects(ports.register, { period: through, cutOff, programme }, documents);
  const decided = RUN_RULES[programme]?.amountBasis === 'decision' ? documents : [];
  const households = await ports.households.of(decided);
  return documents.map((document) => {
    const known = determinations.get(document.id) ?? [];
    const enrolment: EnrolmentFacts = {
      id: document.id,
      programme: document.programme,
      jurisdiction: document.jurisdiction,
      subject: document.subject,
      facts: knownBy(document.facts, cutOff),
      ...(known.length > 0 && { determinations: known }),
    };
    const situation = { ...subjects.situationOf(document), enrolments: [enrolment] };
    return { enrolment, situation, households };
  });
}
