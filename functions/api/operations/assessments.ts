import type * as z from 'zod/mini';
import { assessment } from '../../../domain/assessments/assessment.ts';
import { exampleOf } from '../../../domain/assessments/examples.ts';
import type { CaseProblem } from '../../../domain/assessments/problems.ts';
import type { AssessmentView } from '../../../domain/assessments/result-view.ts';
import { caseSchema, factsSchema, parametersSchema } from '../../../domain/assessments/schemas.ts';
import { RUN_PARAMETERS } from '../../../domain/policy/run-parameters.ts';
import { PROGRAMMES, programmeById } from '../../../domain/programmes/index.ts';
import { ok, refusal } from '../../../domain/result.ts';
import type { HttpRefusal } from '../../middleware/problem.ts';
import type { assessmentContracts } from '../contracts/assessments.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { Operations } from '../operation.ts';
import type { StaffServices } from './services.ts';

type Body = z.input<(typeof assessmentContracts)['createAssessment']['response']>;
type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;

export const assessments: Pick<StaffOperations, keyof typeof assessmentContracts> = {
  async createAssessment({ actor, body }, { streets }) {
    const packs = (await streets.policies.packs()).map(({ pack }) => pack);
    const { jurisdiction = actor.jurisdiction, month, from, through } = body;
    const answer = assessment({ jurisdiction, month, from, through, case: body.case }, packs);
    if (!answer.ok) return { ok: false, error: caseRefusal(answer.error) };
    return ok({ body: bodyOf(answer.value) });
  },

  async listSchemas() {
    const programmes = Object.values(PROGRAMMES).flatMap((one) =>
      one ? [{ programme: one.id, names: one.names }] : [],
    );
    return ok({ body: { case: { ...caseSchema() }, programmes } });
  },

  async getSchemas({ params }) {
    const found = programmeById(params.programme);
    if (!found.ok) return found;
    const { id, names, unit, amountBasis, legalBasis, parameters } = found.value;
    const example = exampleOf(id);
    return ok({
      body: {
        programme: id,
        names,
        unit,
        amountBasis,
        legalBasis: [...legalBasis],
        facts: { ...factsSchema(found.value) },
        parameters: { ...parametersSchema(parameters) },
        shared: { ...parametersSchema(RUN_PARAMETERS) },
        ...(example && { example: { ...example, case: { ...example.case } } }),
      },
    });
  },
};

/** The answer as plain lists, which is what goes over the wire. */
function bodyOf(view: AssessmentView): Body {
  return structuredClone(view) as unknown as Body;
}

/** What is wrong with a case, each at its place in it. */
function caseRefusal(problems: readonly CaseProblem[]): HttpRefusal {
  return {
    ...refusal(
      'invalid/case',
      `案情有 ${problems.length} 处不对，未测算：请按 errors 逐处改正`,
      `${problems.length} things are wrong with the case and nothing was computed: correct what \`errors\` names`,
      { problems: problems.length },
    ),
    errors: problems.map(({ path, zh, en }) => ({ pointer: pointerOf(path), code: 'invalid', zh, en })),
  };
}

const OF_REQUEST = ['jurisdiction', 'month', 'from', 'through'];

/** `household.members[1].birthDate` as a JSON pointer into the body. */
function pointerOf(path: string): string {
  if (OF_REQUEST.includes(path)) return `/${path}`;
  if (path === '(case)') return '/case';
  return `/case/${path.replaceAll('[', '.').replaceAll(']', '').replaceAll('.', '/')}`;
}
