import { ok, type Result, refusal, refuse } from '../../../domain/result.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import { keyed, pageOf } from '../../run/pages.ts';
import { callOf } from '../../venture/funnel.ts';
import {
  banOrganisation,
  type Organisation,
  organisation,
  organisations,
  recordStatus,
  registerOrganisation,
} from '../../venture/organisations.ts';
import { SHEET_STYLE } from '../approval-sheet.ts';
import type { staffContracts } from '../contracts/staff.ts';
import { LIST_STYLE } from '../list-style.ts';
import type { Operations } from '../operation.ts';
import { htmlPage } from '../page-policy.ts';
import { agreementPage, noticePage } from '../venture-pages.ts';
import { organisationView } from '../views/venture-view.ts';
import { pageAsked } from './page-asked.ts';
import type { StaffServices } from './services.ts';
import { accountOf, stampOf } from './venture.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;

export const ventureOrganisations: Pick<
  StaffOperations,
  | 'registerVentureOrganisation'
  | 'listVentureOrganisations'
  | 'getVentureOrganisation'
  | 'recordOrganisationStatus'
  | 'banVentureOrganisation'
  | 'getVentureAgreement'
  | 'getVentureNotice'
> = {
  async registerVentureOrganisation({ actor, body, effectId }, services) {
    const { account, phone, status, creditCode: code, name } = body;
    const wish = {
      code,
      name,
      ...(phone !== undefined && { phone }),
      ...(account && { account: accountOf(account) }),
      ...(status && { status }),
    };
    return shown(
      services,
      actor,
      await registerOrganisation(services.venture, wish, stampOf(actor, effectId)),
    );
  },

  async listVentureOrganisations({ actor, query }, { venture: ports }) {
    const asked = pageAsked([actor.id, 'listVentureOrganisations'], query);
    if (!asked.ok) return asked;
    const { request, next } = asked.value;
    const keys = ports.calls.organisations(actor.jurisdiction, request.startAfter);
    const page = await pageOf(
      request,
      keyed(keys, (key) => key),
    );
    const found = await organisations(ports, page.items);
    const shownOnes = await Promise.all(
      page.items.flatMap((key) => {
        const one = found.get(key);
        return one
          ? [ports.calls.bans(actor.jurisdiction, key).then((bans) => organisationView(one, bans))]
          : [];
      }),
    );
    return ok({ body: { organisations: shownOnes, ...next(page) } });
  },

  async getVentureOrganisation({ actor, params }, services) {
    return shown(services, actor, await organisation(services.venture, params.personKey));
  },

  async recordOrganisationStatus({ actor, params, body, effectId }, services) {
    const stamp = stampOf(actor, effectId);
    return shown(services, actor, await recordStatus(services.venture, params.personKey, body, stamp));
  },

  async banVentureOrganisation({ actor, params, body, effectId }, services) {
    const stamp = stampOf(actor, effectId);
    return shown(services, actor, await banOrganisation(services.venture, params.personKey, body, stamp));
  },

  async getVentureAgreement({ actor, params }, { venture: ports }) {
    const found = await ports.projects.get(actor.jurisdiction, params.projectKey);
    if (!found.ok) return found;
    if (!found.value.draft) return refuse(noDraft());
    const call = await ports.calls.call(actor.jurisdiction, found.value.callId);
    if (!call.ok) return call;
    const party = await organisation(ports, found.value.application.organisation);
    if (!party.ok) return party;
    const facts = { call: call.value, organisation: party.value, style: SHEET_STYLE };
    return ok(htmlPage(agreementPage(found.value, facts), SHEET_STYLE));
  },

  async getVentureNotice({ actor, params }, { venture: ports }) {
    const call = await callOf(ports, actor.jurisdiction, params.callId);
    if (!call.ok) return call;
    const all = await ports.projects.listed(actor.jurisdiction, params.callId);
    const chosen = all.filter(({ stage }) => CHOSEN.includes(stage));
    const found = await organisations(
      ports,
      chosen.map((one) => one.organisation),
    );
    const names = new Map([...found].map(([key, { name }]) => [key as string, name]));
    return ok(htmlPage(noticePage(call.value, chosen, names, LIST_STYLE), LIST_STYLE));
  },
};

const CHOSEN: readonly string[] = ['shortlisted', 'publicised', 'drafted', 'signed'];

async function shown(
  { venture: ports }: Pick<StaffServices, 'venture'>,
  { jurisdiction }: StaffActor,
  found: Result<Organisation>,
): Promise<Result<{ readonly body: ReturnType<typeof organisationView> }>> {
  if (!found.ok) return found;
  const bans = await ports.calls.bans(jurisdiction, found.value.personKey);
  return ok({ body: organisationView(found.value, bans) });
}

const noDraft = () =>
  refusal('conflict/project-stage', '还没有协议：请先起草', 'there is no contract yet: draft it first');
