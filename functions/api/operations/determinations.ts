import { maskName } from '../../../domain/mask.ts';
import { parseYuan } from '../../../domain/money.ts';
import { PROGRAMMES } from '../../../domain/programmes/index.ts';
import { currentPayee } from '../../../domain/register/enrolment.ts';
import { latestFact } from '../../../domain/register/facts.ts';
import { invariant, ok, type Result, refusal, refuse } from '../../../domain/result.ts';
import type { EnrolmentAddress } from '../../adapters/register-store.ts';
import { noEnrolment } from '../../determination/refusals.ts';
import { whyAside } from '../../matching/relatives.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import { SHEET_STYLE } from '../approval-sheet.ts';
import type { determinationContracts } from '../contracts/determinations.ts';
import type { staffContracts } from '../contracts/staff.ts';
import { determinationStatement } from '../determination-statement.ts';
import type { Operations } from '../operation.ts';
import { htmlPage } from '../page-policy.ts';
import { determinationView, proposalView } from '../views/determination-view.ts';
import { pageAsked } from './page-asked.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;

export const determinations: Pick<StaffOperations, keyof typeof determinationContracts> = {
  async proposeDetermination({ actor, params, body, effectId }, services) {
    const address = addressOf(actor, params.enrolmentId);
    if (!address.ok) return address;
    const plannedFor = body.plannedFor ?? services.clock.today();
    const by = { by: actor.id, request: effectId };
    const proposed = await services.determinations.propose(address.value, body.asked, plannedFor, by);
    return proposed.ok ? ok({ body: proposalView(proposed.value) }) : proposed;
  },

  async listEnrolmentProposals({ actor, params }, services) {
    const address = addressOf(actor, params.enrolmentId);
    if (!address.ok) return address;
    const found = await services.determinations.enrolment(address.value);
    if (!found.ok) return found;
    const proposals = await services.determinations.proposalsOf(address.value);
    return ok({ body: { proposals: proposals.map(proposalView) } });
  },

  async decideDetermination({ actor, params, body, effectId }, services) {
    const address = addressOf(actor, params.enrolmentId);
    if (!address.ok) return address;
    const aside = await whyAside(services.matching, address.value, actor.id);
    if (aside) return refuse(aside);
    const { fixed, fixedWith, ...rest } = body;
    const decided = await services.determinations.approve(address.value, {
      ...rest,
      ...(fixed && { fixed: fixed.map(fixedSpan) }),
      ...(fixedWith && {
        fixedWith: fixedWith.map(({ programme, spans }) => ({ programme, spans: spans.map(fixedSpan) })),
      }),
      proposal: params.proposalId,
      by: actor.id,
      request: effectId,
    });
    if (!decided.ok) return decided;
    const { determination } = decided.value;
    invariant(determination, 'an approved proposal has a determination');
    return ok({ body: determinationView(address.value.programme, determination) });
  },

  async rejectProposal({ actor, params, body, effectId }, services) {
    const address = addressOf(actor, params.enrolmentId);
    if (!address.ok) return address;
    const aside = await whyAside(services.matching, address.value, actor.id);
    if (aside) return refuse(aside);
    const rejected = await services.determinations.reject(address.value, {
      proposal: params.proposalId,
      by: actor.id,
      request: effectId,
      ...body,
    });
    return rejected.ok ? ok({ body: proposalView(rejected.value) }) : rejected;
  },

  async listOpenProposals({ actor, query }, services) {
    const scope = { jurisdiction: actor.jurisdiction, programme: query.programme };
    const page = pageAsked([actor.id, 'listOpenProposals', actor.jurisdiction, query.programme], query);
    if (!page.ok) return page;
    const open = await services.determinations.openProposals(scope, page.value.request);
    return ok({ body: { proposals: open.items.map(proposalView), ...page.value.next(open) } });
  },

  async listDeterminations({ actor, params }, services) {
    const address = addressOf(actor, params.enrolmentId);
    if (!address.ok) return address;
    const found = await services.determinations.enrolment(address.value);
    if (!found.ok) return found;
    const { programme } = address.value;
    const views = found.value.determinations.map((one) => determinationView(programme, one));
    return ok({ body: { determinations: views } });
  },

  async getDeterminationStatement({ actor, params }, services) {
    const address = addressOf(actor, params.enrolmentId);
    if (!address.ok) return address;
    const found = await services.determinations.enrolment(address.value);
    if (!found.ok) return found;
    const { document, determinations: decided } = found.value;
    if (decided.length === 0) return refuse(nothingDecided(document.id));
    const key = currentPayee(document);
    const payee = key === undefined ? undefined : await services.register.person(key);
    const street = latestFact(document.facts, 'street')?.value ?? '';
    const streetName = (await services.register.streetNames(actor.jurisdiction)).get(street);
    const decidedWith = await services.determinations.decidedWith(found.value);
    const facts = {
      document,
      determinations: decided,
      ...(decidedWith.length > 0 && { decidedWith }),
      ...(payee && { payee: maskName(payee.record.legalName) }),
      ...(streetName !== undefined && { streetName }),
    };
    return ok(htmlPage(determinationStatement(facts, SHEET_STYLE), SHEET_STYLE));
  },
};

/** The enrolment in the actor's own jurisdiction; its programme is in the first part of the id. */
export function addressOf(actor: StaffActor, enrolmentId: string): Result<EnrolmentAddress> {
  const [code] = enrolmentId.split('-');
  const programme = Object.values(PROGRAMMES).find((known) => known?.code === code);
  if (!programme || actor.jurisdiction === '') return refuse(noEnrolment(enrolmentId));
  return ok({ jurisdiction: actor.jurisdiction, programme: programme.id, id: enrolmentId });
}

type FixedBody = {
  readonly from: string;
  readonly components: readonly { readonly component: string; readonly amount: string }[];
};

function fixedSpan({ from, components }: FixedBody) {
  return {
    from,
    components: components.map(({ component, amount }) => {
      const parsed = parseYuan(amount);
      invariant(parsed.ok, 'the contract lets no other amount through');
      return { component, fen: parsed.value };
    }),
  };
}

const nothingDecided = (enrolment: string) =>
  refusal(
    'conflict/not-determined',
    '尚无核定，没有核定表可打印：请先作出首次审批',
    'nothing is determined yet and there is no statement to print: decide a first approval',
    { enrolment },
  );
