import type { ImprestFund } from '../../../domain/imprest/fund.ts';
import { noFund } from '../../../domain/imprest/refusals.ts';
import { fen, toYuan, writtenFen, ZERO } from '../../../domain/money.ts';
import { parseOrganisationCode } from '../../../domain/organisation-code.ts';
import { liesWithin } from '../../../domain/policy/jurisdiction.ts';
import { renderStep } from '../../../domain/programmes/sentences.ts';
import { temporaryAid } from '../../../domain/programmes/temporary-aid/programme.ts';
import { yearFund } from '../../../domain/programmes/temporary-aid/year-fund.ts';
import { ok, type Result, refusal, refuse } from '../../../domain/result.ts';
import {
  cancelImprestDraw,
  changeImprestStreets,
  closeImprest,
  confirmImprest,
  countImprest,
  openImprest,
} from '../../imprest/fund-service.ts';
import type { FundAddress } from '../../imprest/ports.ts';
import {
  answerReplenishment,
  askReplenishment,
  replenishmentDue,
  upToDate,
} from '../../imprest/replenish.ts';
import { answerReturn, returnImprest } from '../../imprest/return-cash.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import type { imprestContracts } from '../contracts/imprest.ts';
import type { staffContracts } from '../contracts/staff.ts';
import { imprestLedger } from '../imprest-page.ts';
import { LIST_STYLE } from '../list-style.ts';
import type { Operations } from '../operation.ts';
import { htmlPage } from '../page-policy.ts';
import { type ImprestBody, imprestView } from '../views/imprest-view.ts';
import { allMasked, maskedPersons } from '../views/masked-persons.ts';
import { seesPersons } from './scope.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;
type Shown = Promise<Result<{ readonly body: ImprestBody }>>;
/** Names are looked up of so many of the last draws. */
const NAMED_DRAWS = 200;

export const imprest: Pick<StaffOperations, keyof typeof imprestContracts> = {
  async estimateAidFund({ actor, query }, { imprest: { policies }, clock }) {
    const book = await policies.current();
    if (!book.ok) return book;
    const { dibao, lowIncome, on = clock.today() } = query;
    const scope = { jurisdiction: actor.jurisdiction, programme: temporaryAid.id, knownOn: clock.today() };
    const counts = { dibao: Number(dibao), lowIncome: Number(lowIncome) };
    const fund = yearFund({ book: book.value, scope }, on, counts);
    if (!fund.ok) return fund;
    const { fen: amount, step, sample } = fund.value;
    const citation = step.citation?.document ?? '';
    return ok({ body: { amount: toYuan(amount), step: renderStep(temporaryAid, step), citation, sample } });
  },

  async openImprestFund({ actor, body, effectId }, services) {
    const { fundId, organisation, broughtIn, ...wish } = body;
    const outside = body.streets.find((street) => !liesWithin(street, actor.jurisdiction));
    if (outside !== undefined) return refuse(streetOutside(outside));
    const code = parseOrganisationCode(organisation.code);
    if (!code.ok) return code;
    const { name, account, bank } = organisation;
    const township = { code: code.value, name, account, ...(bank !== undefined && { bank }) };
    const money = broughtIn === undefined ? ZERO : writtenFen(broughtIn);
    const request = { ...wish, fund: fundId, organisation: township, broughtIn: money };
    const asked = { by: actor.id, request: effectId };
    return shown(services, actor, await openImprest(services.imprest, actor.jurisdiction, request, asked));
  },

  async listImprestFunds({ actor }, services) {
    const listings = await services.imprest.imprest.listings(actor.jurisdiction);
    const funds = listings
      .filter(({ sequence, streets }) => sequence > 0 && drawsFor(actor, streets))
      .map(({ fund, name, streets, balance, closed }) => ({
        fundId: fund,
        name,
        streets: [...streets],
        balance: toYuan(balance),
        closed,
      }));
    return ok({ body: { funds } });
  },

  async getImprestFund({ actor, params }, services) {
    const there = await reach(services, actor, params.fundId);
    return there.ok ? shown(services, actor, await upToDate(services.imprest, there.value)) : there;
  },

  async getImprestLedger({ actor, params }, services) {
    const there = await reach(services, actor, params.fundId);
    if (!there.ok) return there;
    const current = await upToDate(services.imprest, there.value);
    if (!current.ok) return current;
    const acts = await services.imprest.imprest.acts(actor.jurisdiction, params.fundId);
    const payees = [...current.value.draws.values()].map(({ payee }) => payee);
    const masked = await allMasked(services.register, payees);
    const names = new Map([...masked].map(([key, { name }]) => [key, name]));
    return ok(
      htmlPage(imprestLedger(acts, { today: services.clock.today(), style: LIST_STYLE, names }), LIST_STYLE),
    );
  },

  async confirmImprestOpening({ actor, params, effectId }, services) {
    const there = await reach(services, actor, params.fundId);
    if (!there.ok) return there;
    const asked = { by: actor.id, request: effectId };
    return shown(services, actor, await confirmImprest(services.imprest, there.value, asked));
  },

  async changeImprestStreets({ actor, params, body, effectId }, services) {
    const there = await reach(services, actor, params.fundId);
    if (!there.ok) return there;
    const outside = body.streets.find((street) => !liesWithin(street, actor.jurisdiction));
    if (outside !== undefined) return refuse(streetOutside(outside));
    const asked = { by: actor.id, request: effectId };
    return shown(services, actor, await changeImprestStreets(services.imprest, there.value, body, asked));
  },

  async cancelImprestDraw({ actor, params, body, effectId }, services) {
    const there = await reach(services, actor, params.fundId);
    if (!there.ok) return there;
    const asked = { by: actor.id, request: effectId };
    const cancelled = await cancelImprestDraw(services.imprest, there.value, params.drawId, body, asked);
    return shown(services, actor, cancelled);
  },

  async countImprestFund({ actor, params, body, effectId }, services) {
    const there = await reach(services, actor, params.fundId);
    if (!there.ok) return there;
    const { month, cash, explanation } = body;
    const said = { month, cash: writtenFen(cash), ...(explanation !== undefined && { explanation }) };
    const asked = { by: actor.id, request: effectId };
    return shown(services, actor, await countImprest(services.imprest, there.value, said, asked));
  },

  async askImprestReplenishment({ actor, params, body, effectId }, services) {
    const there = await reach(services, actor, params.fundId);
    if (!there.ok) return there;
    const amount = body.amount === undefined ? undefined : writtenFen(body.amount);
    const asked = { by: actor.id, request: effectId };
    return shown(services, actor, await askReplenishment(services.imprest, there.value, amount, asked));
  },

  async decideImprestReplenishment({ actor, params, body, effectId }, services) {
    const there = await reach(services, actor, params.fundId);
    if (!there.ok) return there;
    const { reason, ...rest } = body;
    const said = { ...rest, ...(reason !== undefined && { reason }) };
    const asked = { by: actor.id, request: effectId };
    const number = Number(params.number);
    return shown(
      services,
      actor,
      await answerReplenishment(services.imprest, there.value, number, said, asked),
    );
  },

  async returnImprestCash({ actor, params, body, effectId }, services) {
    const there = await reach(services, actor, params.fundId);
    if (!there.ok) return there;
    const { amount, voucher, on } = body;
    const asked = { by: actor.id, request: effectId };
    const wish = { fen: writtenFen(amount), voucher, on };
    return shown(services, actor, await returnImprest(services.imprest, there.value, wish, asked));
  },

  async decideImprestReturn({ actor, params, body, effectId }, services) {
    const there = await reach(services, actor, params.fundId);
    if (!there.ok) return there;
    const asked = { by: actor.id, request: effectId };
    const number = Number(params.number);
    return shown(services, actor, await answerReturn(services.imprest, there.value, number, body, asked));
  },

  async closeImprestFund({ actor, params, body, effectId }, services) {
    const there = await reach(services, actor, params.fundId);
    if (!there.ok) return there;
    const asked = { by: actor.id, request: effectId };
    return shown(services, actor, await closeImprest(services.imprest, there.value, body.document, asked));
  },
};

const drawsFor = ({ street }: StaffActor, streets: readonly string[]): boolean =>
  street === undefined || streets.includes(street);

/** A fund of the actor's jurisdiction, for staff of a street one that their street draws from; any other is none. */
async function reach(
  { imprest: { imprest: store } }: StaffServices,
  actor: StaffActor,
  fund: string,
): Promise<Result<FundAddress>> {
  const { jurisdiction } = actor;
  const found = await store.get(jurisdiction, fund);
  if (!found.ok) return found;
  return drawsFor(actor, found.value.streets) ? ok({ jurisdiction, fund }) : refuse(noFund());
}

async function shown(services: StaffServices, actor: StaffActor, answer: Result<ImprestFund>): Shown {
  if (!answer.ok) return answer;
  const fund = answer.value;
  const payees = [...fund.draws.values()].slice(-NAMED_DRAWS).map(({ payee }) => payee);
  const names = seesPersons(actor) ? await maskedPersons(services.register, payees) : undefined;
  const due = await replenishmentDue(services.imprest, fund);
  return ok({
    body: imprestView(fund, services.clock.today(), {
      ...(due.ok && { mayAsk: fen(due.value.vouchers + due.value.floorLack) }),
      ...(names && { names }),
    }),
  });
}

const streetOutside = (street: string) =>
  refusal(
    'invalid/imprest-streets',
    `街道 ${street} 不在本区划`,
    `the street ${street} is not in this place`,
    { street },
  );
