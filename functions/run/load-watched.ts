import type { Bucket, EnrolmentId, PersonKey } from '../../domain/ids.ts';
import type { OpenCase } from '../../domain/matching/open-case.ts';
import { type RelativeDeclaration, relativesAmong } from '../../domain/matching/relatives.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import type { RunManifest } from '../../domain/run/manifest.ts';
import type { Subjects } from './load-subjects.ts';
import type { RunPorts } from './ports.ts';

/** Cases that hold, and relatives of staff, as known at the cut-off. */
export type Watched = {
  readonly cases: ReadonlyMap<EnrolmentId, readonly OpenCase[]>;
  readonly relatives: readonly RelativeDeclaration[];
  readonly aboutOf: (
    enrolment: EnrolmentDocument,
    subjects: Subjects,
  ) => { readonly cases?: readonly OpenCase[]; readonly staffRelatives?: readonly string[] };
};

/** One query of a bucket's cases, one of a jurisdiction's declarations. */
export async function loadWatched(
  { cases, relatives }: Pick<RunPorts, 'cases' | 'relatives'>,
  manifest: RunManifest,
  bucket: Bucket,
): Promise<Watched> {
  const [holding, declared] = await Promise.all([
    cases.holding(manifest, bucket, manifest.cutOff),
    relatives.declared(manifest.jurisdiction),
  ]);
  return {
    cases: holding,
    relatives: declared,
    aboutOf: (enrolment, subjects) => {
      const open = holding.get(enrolment.id);
      const staff = relativesAmong(declared, personsOf(enrolment, subjects), manifest.cutOff);
      return { ...(open && { cases: open }), ...(staff.length > 0 && { staffRelatives: staff }) };
    },
  };
}

/** Everybody to whom a payment of the enrolment goes: the person or the household's members, and the payee. */
function personsOf(enrolment: EnrolmentDocument, subjects: Subjects): PersonKey[] {
  const { persons } = subjects.situationOf(enrolment);
  return [enrolment.subject, ...Object.keys(persons), subjects.payeeOf(enrolment)];
}
