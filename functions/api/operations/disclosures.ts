import { monthOf, monthsOfPeriod } from '../../../domain/calendar.ts';
import { subjectOf } from '../../../domain/ids.ts';
import { ok, refuse } from '../../../domain/result.ts';
import { isPayable } from '../../../domain/run/run.ts';
import { publicityAllowed } from '../../../domain/street/no-publicity.ts';
import { placesOn } from '../../../domain/street/street-history.ts';
import { disclosureKey } from '../../adapters/disclosure-store.ts';
import { nameBearers } from '../../register/name-bearers.ts';
import { keyed, pageOf } from '../../run/pages.ts';
import { SHEET_STYLE } from '../approval-sheet.ts';
import type { staffContracts } from '../contracts/staff.ts';
import { noticeList } from '../notice-list.ts';
import type { Operations } from '../operation.ts';
import { htmlPage } from '../page-policy.ts';
import { disclose } from './disclose.ts';
import { pageAsked } from './page-asked.ts';
import { notComputed } from './run-views.ts';
import { runInReach } from './scope.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;

export const disclosures: Pick<StaffOperations, 'getNoticeList' | 'listDisclosures'> = {
  async getNoticeList({ actor, params, query }, services) {
    const { runs, register } = services;
    const runId = runInReach(actor, params.runId);
    if (!runId.ok) return runId;
    const run = await runs.getRun(runId.value);
    if (!run.ok) return run;
    if (!run.value.totals) return refuse(notComputed());
    const { manifest } = run.value;
    const allowed = publicityAllowed(manifest.programme);
    if (!allowed.ok) return allowed;
    const drafts = await runs.draftsOfStreet(run.value, query.street);
    const paid = drafts.filter((draft) => isPayable(run.value, draft));
    const names = await nameBearers(
      register,
      paid.map(({ enrolment }) => subjectOf(enrolment)),
    );
    const rows = paid.map(({ enrolment, fen }) => ({
      name: names.get(subjectOf(enrolment))?.legalName ?? '',
      fen,
    }));
    const last = `${monthsOfPeriod(manifest.period).at(-1) ?? ''}-31`;
    const place = placesOn(manifest.streetChanges ?? [], last).get(query.street)?.name;
    const name = place ?? (await register.streetNames(actor.jurisdiction)).get(query.street) ?? query.street;
    await disclose(services, actor, 'notice-list', `${runId.value} ${query.street}`, query.reason);
    return ok(htmlPage(noticeList({ manifest, street: { code: query.street, name }, rows }), SHEET_STYLE));
  },

  async listDisclosures({ actor, query }, { disclosures: log, staff, clock }) {
    const month = query.month ?? monthOf(clock.today());
    const asked = pageAsked([actor.id, 'listDisclosures', actor.jurisdiction, month], query);
    if (!asked.ok) return asked;
    const { request, next } = asked.value;
    const found = log.ofMonth(actor.jurisdiction, month, request.startAfter);
    const page = await pageOf(request, keyed(found, disclosureKey));
    const names = await staff.namesOf(actor.jurisdiction);
    const shown = page.items.map((one) => {
      const byName = names.get(one.by);
      return { ...one, ...(byName !== undefined && { byName }) };
    });
    return ok({ body: { disclosures: shown, ...next(page) } });
  },
};
