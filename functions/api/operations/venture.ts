import { fen, sumFen, toYuan, writtenFen } from '../../../domain/money.ts';
import { invariant, ok, type Result, refusal, refuse } from '../../../domain/result.ts';
import { categoryNamed } from '../../../domain/venture/budget-words.ts';
import type { Call } from '../../../domain/venture/call.ts';
import { decideObjection, objectTo } from '../../../domain/venture/intake.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import { keyed, pageOf } from '../../run/pages.ts';
import { openVentureCall } from '../../venture/calls.ts';
import { fileApplication } from '../../venture/file-project.ts';
import {
  actOnProject,
  callOf,
  draftMany,
  dropOf,
  overrideOf,
  publiciseMany,
  scoreMany,
  screenMany,
  signMany,
} from '../../venture/funnel.ts';
import { organisations as namesOf } from '../../venture/organisations.ts';
import { type By, VENTURE } from '../../venture/ports.ts';
import { finishShortlist, shortlistMany } from '../../venture/shortlist.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { ventureContracts } from '../contracts/venture.ts';
import type { Operations } from '../operation.ts';
import { callDetail, callView, manyView, projectSummary } from '../views/venture-view.ts';
import { enqueue, importView, receivedUpload } from './files.ts';
import { pageAsked } from './page-asked.ts';
import type { StaffServices } from './services.ts';
import { shownProject } from './venture-shown.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;
type Own = Exclude<
  keyof typeof ventureContracts,
  | 'registerVentureOrganisation'
  | 'listVentureOrganisations'
  | 'getVentureOrganisation'
  | 'recordOrganisationStatus'
  | 'banVentureOrganisation'
  | 'getVentureAgreement'
  | 'getVentureNotice'
>;

export const venture: Pick<StaffOperations, Own> = {
  async openVentureCall({ actor, body, effectId }, services) {
    const { pool, kinds, tracks, ...wish } = body;
    const opened = await openVentureCall(
      services.venture,
      { ...wish, pool: writtenFen(pool), tracks: tracks ?? [], ...(kinds && { kinds }) },
      stampOf(actor, effectId),
    );
    return opened.ok ? ok({ body: callView(opened.value) }) : opened;
  },

  async listVentureCalls({ actor }, { venture: { calls } }) {
    return ok({ body: { calls: (await calls.calls(actor.jurisdiction)).map(callView) } });
  },

  async getVentureCall({ actor, params }, { venture: ports }) {
    const call = await callOf(ports, actor.jurisdiction, params.callId);
    if (!call.ok) return call;
    const { jurisdiction, callId, year } = call.value;
    // Whoever looks finishes what a shortlist left half done.
    await finishShortlist(ports, call.value);
    const listings = await ports.projects.listed(jurisdiction, callId);
    return ok({ body: callDetail(call.value, listings, await ports.calls.allotments(jurisdiction, year)) });
  },

  async fileVentureProject({ actor, params, body, effectId }, services) {
    const call = await callOf(services.venture, actor.jurisdiction, params.callId);
    if (!call.ok) return call;
    const filed = await fileApplication(
      services.venture,
      call.value,
      formOf(call.value, body),
      { filedOn: services.clock.today(), source: 'counter' },
      stampOf(actor, effectId),
    );
    if (filed.ok) return shownProject(services, actor, filed.value.project.projectKey);
    const [first, ...more] = filed.error;
    invariant(first, 'a refusal has a reason');
    // All that is wrong at once: one sentence for each, under the code of the first.
    return refuse({
      ...first,
      zh: [first, ...more].map(({ zh }) => zh).join('；'),
      en: [first, ...more].map(({ en }) => en).join('; '),
    });
  },

  async listVentureProjects({ actor, params, query }, { venture: ports }) {
    const call = await callOf(ports, actor.jurisdiction, params.callId);
    if (!call.ok) return call;
    const asked = pageAsked([actor.id, 'listVentureProjects', params.callId, query.stage ?? ''], query);
    if (!asked.ok) return asked;
    const { request, next } = asked.value;
    const { stage } = query;
    const listings = ports.projects.listings(actor.jurisdiction, params.callId, {
      startAfter: request.startAfter,
    });
    const page = await pageOf(
      request,
      (async function* () {
        for await (const one of keyed(listings, ({ number }) => number))
          yield stage === undefined || one.item?.stage === stage ? one : { key: one.key };
      })(),
    );
    const names = await namesOf(
      ports,
      page.items.map(({ organisation }) => organisation),
    );
    const projects = page.items.map((one) => projectSummary(one, names.get(one.organisation)?.name));
    return ok({ body: { projects, ...next(page) } });
  },

  getVentureProject: ({ actor, params }, services) => shownProject(services, actor, params.projectKey),

  async importVentureProjects({ actor, params, body, effectId }, services) {
    const call = await callOf(services.venture, actor.jurisdiction, params.callId);
    if (!call.ok) return call;
    const upload = await receivedUpload(services, actor.jurisdiction, body.uploadId, 'projects');
    if (!upload.ok) return upload;
    const { objectKey, fileName } = upload.value;
    const importId = `im-${effectId}`;
    const at = services.clock.now();
    const { callId } = call.value;
    const sheet = { importId, callId, projects: body.projects, asked: writtenFen(body.asked), fileName };
    // What the rows are for stands before they are read.
    await services.venture.calls.addSheet(actor.jurisdiction, { ...sheet, by: actor.id, at });
    await enqueue(services, {
      type: 'import.requested',
      version: 1,
      importId,
      kind: 'projects',
      objectKey,
      jurisdiction: actor.jurisdiction,
      programme: VENTURE,
      by: actor.id,
      requestedAt: at,
    });
    return sheetShown(services, actor, call.value, importId);
  },

  async getVentureSheet({ actor, params }, services) {
    const call = await callOf(services.venture, actor.jurisdiction, params.callId);
    return call.ok ? sheetShown(services, actor, call.value, params.importId) : call;
  },

  async screenVentureProjects({ actor, params, body, effectId }, services) {
    const call = await callOf(services.venture, actor.jurisdiction, params.callId);
    if (!call.ok) return call;
    const projects = body.projects.map(({ reason, ...one }) => ({
      ...one,
      ...(reason !== undefined && { reason }),
    }));
    return many(await screenMany(services.venture, call.value, projects, stampOf(actor, effectId)));
  },

  async scoreVentureProjects({ actor, params, body, effectId }, services) {
    const call = await callOf(services.venture, actor.jurisdiction, params.callId);
    if (!call.ok) return call;
    const { judge, evidence } = body;
    const projects = body.projects.map(({ correction, ...one }) => ({
      ...one,
      ...(correction !== undefined && { correction }),
    }));
    const sheet = { judge, ...(evidence !== undefined && { evidence }) };
    return many(await scoreMany(services.venture, call.value, sheet, projects, stampOf(actor, effectId)));
  },

  async shortlistVentureProjects({ actor, params, body, effectId }, services) {
    const call = await callOf(services.venture, actor.jurisdiction, params.callId);
    if (!call.ok) return call;
    const wanted = body.projects.map(({ number, grant }) => ({
      number,
      ...(grant !== undefined && { grant: writtenFen(grant) }),
    }));
    const stamp = stampOf(actor, effectId);
    const done = await shortlistMany(services.venture, call.value, wanted, body.document, stamp);
    return done.ok ? many(done.value) : done;
  },

  async publiciseVentureProjects({ actor, params, body, effectId }, services) {
    const call = await callOf(services.venture, actor.jurisdiction, params.callId);
    if (!call.ok) return call;
    const { projects, ...wish } = body;
    return many(await publiciseMany(services.venture, call.value, projects, wish, stampOf(actor, effectId)));
  },

  async draftVentureContracts({ actor, params, body, effectId }, services) {
    const call = await callOf(services.venture, actor.jurisdiction, params.callId);
    if (!call.ok) return call;
    const items = body.projects.map(({ number, lines, from, to, serviceHours }) => ({
      number,
      ...(lines && { lines: linesOf(call.value, lines) }),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(serviceHours !== undefined && { serviceHours }),
    }));
    return many(await draftMany(services.venture, call.value, items, stampOf(actor, effectId)));
  },

  async signVentureContracts({ actor, params, body, effectId }, services) {
    const call = await callOf(services.venture, actor.jurisdiction, params.callId);
    if (!call.ok) return call;
    const { projects, ...wish } = body;
    return many(await signMany(services.venture, call.value, projects, wish, stampOf(actor, effectId)));
  },

  async overrideVentureBlock({ actor, params, body, effectId }, services) {
    const done = await overrideOf(services.venture, params.projectKey, body, stampOf(actor, effectId));
    return done.ok ? shownProject(services, actor, params.projectKey) : done;
  },

  async dropVentureProject({ actor, params, body, effectId }, services) {
    const { reason } = body;
    const done = await dropOf(services.venture, params.projectKey, reason, stampOf(actor, effectId));
    return done.ok ? shownProject(services, actor, params.projectKey) : done;
  },

  async objectToVentureProject({ actor, params, body, effectId }, services) {
    const stamp = stampOf(actor, effectId);
    const key = params.projectKey;
    const done = await actOnProject(services.venture, key, (found) => objectTo(found, body), stamp);
    return done.ok ? shownProject(services, actor, key) : done;
  },

  async decideVentureObjection({ actor, params, body, effectId }, services) {
    const wish = { number: Number(params.number), ...body };
    const key = params.projectKey;
    const stamp = stampOf(actor, effectId);
    const done = await actOnProject(
      services.venture,
      key,
      (found) => decideObjection(found, wish, actor.id),
      stamp,
    );
    return done.ok ? shownProject(services, actor, key) : done;
  },
};

export const stampOf = (actor: StaffActor, effectId: string): By => ({
  jurisdiction: actor.jurisdiction,
  by: actor.id,
  request: effectId,
});

const many = (done: Parameters<typeof manyView>[0]) => ok({ body: manyView(done) });

type Form = Parameters<typeof fileApplication>[2];
type Stated = Parameters<StaffOperations['fileVentureProject']>[0]['body'];

function formOf(call: Call, body: Stated): Form {
  const { organisation, lines, asked, budget, ownFunds, donated, otherGovernmentMoney, ...own } = body;
  const { account, phone, creditCode: code, name } = organisation;
  const { sponsoredGroup, track, serviceHours, ...plain } = own;
  return {
    ...plain,
    ...(sponsoredGroup !== undefined && { sponsoredGroup }),
    ...(track !== undefined && { track }),
    ...(serviceHours !== undefined && { serviceHours }),
    organisation: {
      code,
      name,
      ...(phone !== undefined && { phone }),
      ...(account && { account: accountOf(account) }),
    },
    asked: writtenFen(asked),
    budget: writtenFen(budget),
    ownFunds: writtenFen(ownFunds ?? '0'),
    donated: writtenFen(donated ?? '0'),
    otherGovernmentMoney: otherGovernmentMoney ?? false,
    lines: linesOf(call, lines),
  };
}

type Account = NonNullable<Stated['organisation']['account']>;
export const accountOf = ({ bankName, ...account }: Account) => ({
  ...account,
  ...(bankName !== undefined && { bankName }),
});

const linesOf = ({ rules }: Call, lines: Stated['lines']) =>
  lines.map(({ category, item, amount }) => ({
    category: categoryNamed(rules, category),
    item,
    fen: writtenFen(amount),
  }));

/** The sheet, and how what was filed from it stands against its control total. */
async function sheetShown(
  { venture: ports, imports }: StaffServices,
  { jurisdiction }: StaffActor,
  { callId }: Call,
  importId: string,
): Promise<Result<{ readonly body: SheetBody }>> {
  const sheet = await ports.calls.sheet(jurisdiction, importId);
  const status = await imports.get(importId);
  if (sheet?.callId !== callId || !status) return refuse(noSheet());
  const listings = await ports.projects.listed(jurisdiction, callId);
  const own = listings.filter(({ source }) => source === `import:${importId}`);
  const filed = sumFen(own.map(({ asked }) => asked));
  const difference = { projects: sheet.projects - own.length, asked: fen(sheet.asked - filed) };
  return ok({
    body: {
      importId,
      callId,
      fileName: sheet.fileName,
      stated: { projects: sheet.projects, asked: toYuan(sheet.asked) },
      filed: { projects: own.length, asked: toYuan(filed) },
      difference: { projects: difference.projects, asked: toYuan(difference.asked) },
      agrees: difference.projects === 0 && difference.asked === 0,
      import: importView(status),
    },
  });
}
type SheetBody =
  Awaited<ReturnType<StaffOperations['getVentureSheet']>> extends infer R
    ? R extends { readonly ok: true; readonly value: { readonly body: infer B } }
      ? B
      : never
    : never;

const noSheet = () => refusal('missing/sheet', '没有这份项目汇总表', 'there is no such sheet of projects');
