import type { BatchCase } from '../../domain/determination/standard-change.ts';
import type { Bucket, EnrolmentId } from '../../domain/ids.ts';
import type { EffectManifest } from '../../domain/policy/proposal.ts';
import type { EnrolmentFacts, Situation } from '../../domain/programmes/programme.ts';
import { RUN_RULES } from '../../domain/programmes/run-rules.ts';
import type { RelatedProgrammes } from '../../domain/programmes/stacking-rules.ts';
import type { Determination } from '../../domain/register/determination.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import type { Scope } from '../adapters/sweep-store.ts';
import type { Households } from '../determination/ports.ts';
import { enrolmentKnownBy, loadRelated } from '../run/load-related.ts';
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
  { related, ...scope }: Scope & { readonly related: RelatedProgrammes | undefined },
  bucket: Bucket,
): Promise<EffectCase[]> {
  const { jurisdiction, programme } = scope;
  const documents: EnrolmentDocument[] = [];
  const determinations = new Map<EnrolmentId, readonly Determination[]>();
  for await (const read of ports.register.enrolmentsOfBucket(jurisdiction, programme, bucket)) {
    documents.push(read.document);
    determinations.set(read.document.id, read.determinations);
  }
  if (documents.length === 0) return [];
  const subjects = await loadSubjects(ports.register, { period: through, cutOff, programme }, documents);
  const others = await loadRelated(ports.register, { ...scope, related }, bucket, documents, subjects);
  const cases = documents.map((document) => {
    const enrolment = enrolmentKnownBy(document, determinations.get(document.id) ?? [], cutOff);
    return { enrolment, situation: others.situationOf(enrolment, subjects.situationOf(document), cutOff) };
  });
  const households = await ports.households.of(
    cases.flatMap(({ situation }) => situation.enrolments.filter(paidByDecision)),
  );
  return cases.map((found) => ({ ...found, households }));
}

const paidByDecision = ({ programme }: EnrolmentFacts): boolean =>
  RUN_RULES[programme]?.amountBasis === 'decision';
