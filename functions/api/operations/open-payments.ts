import { subjectOf } from '../../../domain/ids.ts';
import { programmeById } from '../../../domain/programmes/index.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { type OpenItem, placeOfOpen, totalsOfOpen } from '../../../domain/unpaid/open-list.ts';
import type { OpenList } from '../../unpaid/open-payments.ts';
import type { staffContracts } from '../contracts/staff.ts';
import { OPEN_SHEET_STYLE, openPaymentsSheet } from '../open-payments-sheet.ts';
import type { Operations } from '../operation.ts';
import { htmlPage } from '../page-policy.ts';
import { maskedPersons } from '../views/masked-persons.ts';
import {
  openPaymentView,
  stuckView,
  surrenderView,
  tallyView,
  unclaimedView,
} from '../views/open-payment-views.ts';
import { pageAsked } from './page-asked.ts';
import { seesPersons } from './scope.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;
type Filter = {
  readonly programme?: string | undefined;
  readonly action?: string | undefined;
  readonly street?: string | undefined;
  readonly overdue?: string | undefined;
};

export const openPayments: Pick<
  StaffOperations,
  | 'listOpenPayments'
  | 'getOpenPaymentsSheet'
  | 'giveNotice'
  | 'proposeSurrender'
  | 'decideSurrender'
  | 'claimSurrendered'
  | 'listSurrenders'
> = {
  async listOpenPayments({ actor, query }, { runs, register, clock }) {
    const known = knownProgramme(query.programme);
    if (!known.ok) return known;
    const { jurisdiction } = actor;
    const { programme = '', action = '', street = '', overdue = '' } = query;
    const asked = pageAsked([actor.id, 'listOpenPayments', programme, action, street, overdue], query);
    if (!asked.ok) return asked;
    const list = await runs.openList(jurisdiction, query.programme);
    const found = list.items.filter((item) => isAsked(item, query));
    const { startAfter = '', limit } = asked.value.request;
    const rest = found.filter((item) => placeOfOpen(item) > startAfter);
    const shown = rest.slice(0, limit);
    const last = shown.at(-1);
    const next = rest.length > shown.length && last ? { next: placeOfOpen(last) } : {};
    const subjects = shown.map(({ enrolment }) => subjectOf(enrolment));
    const persons = seesPersons(actor) ? await maskedPersons(register, subjects) : new Map();
    const { open, overdue: late, rows } = totalsOfOpen(found);
    return ok({
      body: {
        asOf: clock.today(),
        payments: shown.map((item) => openPaymentView(item, persons.get(subjectOf(item.enrolment)))),
        open: tallyView(open),
        overdue: tallyView(late),
        totals: rows.map(({ retryClass, band, ...tally }) => ({
          action: retryClass,
          age: band,
          tally: tallyView(tally),
        })),
        stuck: list.stuck.map(stuckView),
        ...gapView(list),
        ...asked.value.next(next),
      },
    });
  },

  async getOpenPaymentsSheet({ actor, query }, { runs, register, clock }) {
    const known = knownProgramme(query.programme);
    if (!known.ok) return known;
    const list = await runs.openList(actor.jurisdiction, query.programme);
    const items = list.items.filter((item) => isAsked(item, query));
    const persons = await maskedPersons(
      register,
      items.map(({ enrolment }) => subjectOf(enrolment)),
    );
    const streets = await register.streetNames(actor.jurisdiction);
    const { jurisdiction } = actor;
    const facts = { jurisdiction, asOf: clock.today(), items, stuck: list.stuck, persons, streets };
    return ok(
      htmlPage(
        openPaymentsSheet({ ...facts, ...(list.calendarGap && { calendarGap: list.calendarGap }) }),
        OPEN_SHEET_STYLE,
      ),
    );
  },

  async giveNotice({ actor, params, body }, { runs }) {
    return mapped(await runs.giveNotice({ ...ofPayment(actor, params), ...body }), unclaimedView);
  },

  async proposeSurrender({ actor, params, body }, { runs }) {
    return mapped(await runs.proposeSurrender({ ...ofPayment(actor, params), ...body }), surrenderView);
  },

  async decideSurrender({ actor, params, body }, { runs }) {
    const { surrenderId } = params;
    return mapped(
      await runs.decideSurrender({ ...ofPayment(actor, params), surrenderId, ...body }),
      surrenderView,
    );
  },

  async claimSurrendered({ actor, params, body }, { runs }) {
    return mapped(await runs.claimSurrendered({ ...ofPayment(actor, params), ...body }), unclaimedView);
  },

  async listSurrenders({ actor, query }, { runs }) {
    const known = knownProgramme(query.programme);
    if (!known.ok) return known;
    const records = await runs.listSurrenders(actor.jurisdiction, query.programme);
    return ok({ body: { unclaimed: records.map(unclaimedView) } });
  },
};

/** A list of nothing, because the programme was misspelt, would read as if nothing were open. */
const knownProgramme = (id: string | undefined): Result<unknown> =>
  id === undefined ? ok(id) : programmeById(id);

const ofPayment = (
  actor: { readonly id: string; readonly jurisdiction: string },
  { paymentId }: { readonly paymentId: string },
) => ({ jurisdiction: actor.jurisdiction, payment: paymentId, by: actor.id });

function mapped<T, B>(found: Result<T>, view: (found: T) => B): Result<{ readonly body: B }> {
  return found.ok ? ok({ body: view(found.value) }) : found;
}

function isAsked(item: OpenItem, { action, street, overdue }: Filter): boolean {
  return (
    (action === undefined || item.retryClass === action) &&
    (street === undefined || item.street === street) &&
    (overdue === undefined || item.overdue === (overdue === 'true'))
  );
}

const gapView = ({ calendarGap }: OpenList) =>
  calendarGap === undefined
    ? {}
    : { calendarGap: { code: calendarGap.code, zh: calendarGap.zh, en: calendarGap.en } };

/** What a run's approval sheet says of the programme's open payments. */
export async function openTallies(
  runs: Pick<StaffServices['runs'], 'openList'>,
  jurisdiction: string,
  programme: string,
) {
  const { open, overdue } = totalsOfOpen((await runs.openList(jurisdiction, programme)).items);
  return { open, overdue };
}
