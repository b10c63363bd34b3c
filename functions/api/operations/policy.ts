import { type CatalogueProgramme, catalogueOf } from '../../../domain/catalogue/catalogue.ts';
import { catalogueMarkdown } from '../../../domain/catalogue/markdown.ts';
import { subjectOf } from '../../../domain/ids.ts';
import { bookFile, packsOfFile } from '../../../domain/policy/book-file.ts';
import { jurisdictionChain, liesWithin } from '../../../domain/policy/jurisdiction.ts';
import type { PolicyProposal } from '../../../domain/policy/proposal.ts';
import { programmeById } from '../../../domain/programmes/index.ts';
import { invariant, ok, type Result, refusal, refuse } from '../../../domain/result.ts';
import { decodeCursor, encodeCursor } from '../../adapters/cursor.ts';
import { sha256Hex } from '../../adapters/hashing.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import {
  approvePolicy,
  proposalInScope,
  rejectPolicy,
  standingOf,
  withdrawPolicy,
} from '../../policy/decide-policy.ts';
import { proposePolicy, startEffect } from '../../policy/propose-policy.ts';
import { effectStanding, shownProposal } from '../../policy/show-policy.ts';
import { SHEET_STYLE } from '../approval-sheet.ts';
import type { policyContracts } from '../contracts/policy.ts';
import type { staffContracts } from '../contracts/staff.ts';
import { effectSheet } from '../effect-sheet.ts';
import type { Operations } from '../operation.ts';
import { htmlPage } from '../page-policy.ts';
import { catalogueView } from '../views/catalogue-view.ts';
import { maskedPersons } from '../views/masked-persons.ts';
import { effectRowView, type PolicyProposalBody, policyProposalView } from '../views/policy-proposal-view.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;
type Shown = Promise<Result<{ readonly body: PolicyProposalBody }>>;
const PAGE_SIZE = 50;
/** Rows that a sheet names; the list has all of them. */
const NAMED_MAX = 200;

export const policyOperations: Pick<StaffOperations, keyof typeof policyContracts> = {
  async createPolicyProposal({ actor, body, effectId }, services) {
    const { acceptedGaps = [], packs, reason } = body;
    const asked = { jurisdiction: actor.jurisdiction, packs, reason, acceptedGaps };
    return shown(services, await proposePolicy(services.policy, asked, { by: actor.id, request: effectId }));
  },

  async listPolicyProposals({ actor, query }, services) {
    const { policyProposals } = services.policy;
    const found: PolicyProposal[] = [];
    for (const id of await policyProposals.listed(actor.jurisdiction)) {
      const one = await policyProposals.load(id);
      const concerns =
        query.programme === undefined ||
        one?.proposal.places.some(({ programme }) => programme === query.programme);
      if (one && concerns && (query.state === undefined || one.state === query.state)) found.push(one);
    }
    found.sort((a, b) => (a.proposedAt < b.proposedAt ? 1 : -1));
    const standing = await standingOf(services.policy);
    if (!standing.ok) return standing;
    const views = found.map(async (one) =>
      policyProposalView(one, await effectStanding(services.policy, one, standing.value)),
    );
    return ok({ body: { proposals: await Promise.all(views) } });
  },

  async getPolicyProposal({ actor, params }, services) {
    const found = await proposalInScope(services.policy, actor, params.proposalId);
    if (!found.ok) return found;
    const standing = await standingOf(services.policy);
    if (!standing.ok) return standing;
    const { before: _before, ...detail } = await shownProposal(services.policy, found.value);
    const progress = await effectStanding(services.policy, found.value, standing.value);
    return ok({ body: policyProposalView(found.value, progress, detail) });
  },

  async listPolicyEffect({ actor, params, query }, services) {
    const found = await proposalInScope(services.policy, actor, params.proposalId);
    if (!found.ok) return found;
    const { effect, proposal } = found.value;
    if (!effect) return refuse(notWorkedOut());
    const scope = [actor.id, 'listPolicyEffect', proposal.id, String(effect.round), query.side ?? ''];
    const after = query.cursor === undefined ? undefined : decodeCursor(scope, query.cursor);
    if (after && !after.ok) return after;
    const limit = Number(query.limit ?? PAGE_SIZE);
    const page = await rowsPage(
      services,
      { id: proposal.id, round: effect.round },
      after?.value,
      limit,
      query.side,
    );
    const names = await namesOf(
      services,
      page.rows.map(({ row }) => row.enrolment),
    );
    return ok({
      body: {
        rows: page.rows.map(({ place, row }) =>
          effectRowView(place, row, names.get(subjectOf(row.enrolment))),
        ),
        ...(page.next !== undefined && { next: encodeCursor(scope, page.next) }),
      },
    });
  },

  async workOutPolicyEffect({ actor, params }, services) {
    const found = await proposalInScope(services.policy, actor, params.proposalId);
    if (!found.ok) return found;
    return shown(services, await startEffect(services.policy, params.proposalId, 'again', actor.id));
  },

  async getPolicyEffectSheet({ actor, params }, services) {
    const found = await proposalInScope(services.policy, actor, params.proposalId);
    if (!found.ok) return found;
    const { effect, proposal } = found.value;
    if (!effect) return refuse(notWorkedOut());
    const of = { id: proposal.id, round: effect.round };
    const named: Awaited<ReturnType<typeof rowsPage>>['rows'] = [];
    for (const side of ['losing', 'gaining'] as const) {
      // To find that there is nobody, all of them would be read.
      if (effect.scopes.every(({ totals }) => totals[side] === 0)) continue;
      const { rows } = await rowsPage(services, of, undefined, NAMED_MAX, side);
      named.push(...rows.slice(0, NAMED_MAX));
    }
    const names = await namesOf(
      services,
      named.map(({ row }) => row.enrolment),
    );
    const standing = await standingOf(services.policy);
    if (!standing.ok) return standing;
    const facts = {
      found: found.value,
      ...(await shownProposal(services.policy, found.value)),
      stale: (await effectStanding(services.policy, found.value, standing.value)).stale,
      named: named.map(({ place, row }) => ({
        ...place,
        row,
        name: names.get(subjectOf(row.enrolment)) ?? '',
      })),
      streetNames: await services.register.streetNames(actor.jurisdiction),
      today: services.clock.today(),
    };
    return ok(htmlPage(effectSheet(facts, SHEET_STYLE), SHEET_STYLE));
  },

  async approvePolicyProposal({ actor, body, params }, services) {
    return shown(services, await approvePolicy(services.policy, actor, params.proposalId, body, actor.id));
  },

  async rejectPolicyProposal({ actor, body, params }, services) {
    return shown(
      services,
      await rejectPolicy(services.policy, actor, params.proposalId, body.reason, actor.id),
    );
  },

  async withdrawPolicyProposal({ actor, body, params }, services) {
    return shown(
      services,
      await withdrawPolicy(services.policy, actor, params.proposalId, body.reason, actor.id),
    );
  },

  async exportPolicyBook({ actor, query }, services) {
    const place = query.jurisdiction ?? actor.jurisdiction;
    const allowed = within(actor, place);
    if (!allowed.ok) return allowed;
    const book = await services.policy.policies.current();
    if (!book.ok) return book;
    const { packs, ...file } = bookFile(sha256Hex, book.value, place);
    return ok({ body: { ...file, packs: packs.map((pack) => ({ ...pack })) } });
  },

  async getCatalogue({ actor, query }, services) {
    const found = await catalogueFor(services, actor, query.programme);
    return found.ok ? ok({ body: { programmes: found.value.map(catalogueView) } }) : found;
  },

  async getCatalogueText({ actor, query }, services) {
    const found = await catalogueFor(services, actor, query.programme);
    if (!found.ok) return found;
    return ok({ body: catalogueMarkdown(found.value), contentType: 'text/markdown; charset=utf-8' });
  },

  async importPolicyBook({ actor, body, effectId }, services) {
    const { acceptedGaps = [], book, reason } = body;
    const allowed = within(actor, book.jurisdiction);
    if (!allowed.ok) return allowed;
    const packs = packsOfFile(sha256Hex, book);
    if (!packs.ok) return packs;
    const asked = { jurisdiction: actor.jurisdiction, packs: packs.value, reason, acceptedGaps };
    return shown(services, await proposePolicy(services.policy, asked, { by: actor.id, request: effectId }));
  },
};

/** Of the places above, of one's own and of those inside it: what governs here, and what one looks after. */
async function catalogueFor(
  { policy }: StaffServices,
  { jurisdiction }: StaffActor,
  programme: string | undefined,
): Promise<Result<CatalogueProgramme[]>> {
  if (programme !== undefined) {
    const known = programmeById(programme);
    if (!known.ok) return known;
  }
  const book = await policy.policies.current();
  if (!book.ok) return book;
  const above = jurisdictionChain(jurisdiction);
  const all = catalogueOf(book.value, (place) => above.includes(place) || liesWithin(place, jurisdiction));
  return ok(all.filter((one) => programme === undefined || one.programme === programme));
}

async function shown(services: StaffServices, found: Result<PolicyProposal>): Shown {
  if (!found.ok) return found;
  const standing = await standingOf(services.policy);
  if (!standing.ok) return standing;
  return ok({
    body: policyProposalView(found.value, await effectStanding(services.policy, found.value, standing.value)),
  });
}

/** Whole buckets of rows after a key until there are `limit` of the side asked for. */
async function rowsPage(
  { policy }: StaffServices,
  { id, round }: { readonly id: string; readonly round: number },
  after: string | undefined,
  limit: number,
  side: 'gaining' | 'losing' | undefined,
) {
  const rows: {
    place: { jurisdiction: string; programme: string };
    row: Awaited<ReturnType<typeof policy.policyProposals.rows>>[number];
  }[] = [];
  let last: string | undefined;
  for await (const bucket of policy.policyProposals.rowsAfter(id, round, after)) {
    // One more bucket is there: the page ends with the one before it.
    if (rows.length >= limit) return { rows, next: last };
    last = bucket.key;
    const [jurisdiction, programme] = bucket.key.split('#');
    invariant(jurisdiction !== undefined && programme !== undefined, `rows under ${bucket.key}`);
    const wanted = bucket.rows.filter(
      ({ sum }) => side === undefined || (side === 'gaining' ? sum > 0 : sum < 0),
    );
    rows.push(...wanted.map((row) => ({ place: { jurisdiction, programme }, row })));
  }
  return { rows, next: undefined };
}

/** Masked names by the key of the person or household. */
async function namesOf(
  { register }: StaffServices,
  enrolments: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const masked = await maskedPersons(register, enrolments.map(subjectOf));
  return new Map([...masked].map(([key, { name }]) => [key, name]));
}

const within = (actor: StaffActor, place: string): Result<true> =>
  liesWithin(place, actor.jurisdiction)
    ? ok(true)
    : refuse(
        refusal(
          'forbidden/jurisdiction',
          '只能办理本区划或下级区划的政策库',
          'only the policy of your jurisdiction and those inside it',
          { jurisdiction: place },
        ),
      );

const notWorkedOut = () =>
  refusal(
    'conflict/effect-not-worked-out',
    '影响尚在测算：请稍后再看',
    'the effect is still being worked out: look again in a moment',
  );
