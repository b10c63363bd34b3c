import { programmeById } from '../../../domain/programmes/index.ts';
import { ok, type Result, refusal, refuse } from '../../../domain/result.ts';
import type { MatchingList } from '../../adapters/match-store.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import { keyed, pageOf } from '../../run/pages.ts';
import type { matchingContracts } from '../contracts/matching.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { Operations } from '../operation.ts';
import { deathReportView, listView } from '../views/case-view.ts';
import { maskedPersons } from '../views/masked-persons.ts';
import { disclose } from './disclose.ts';
import { enqueue, importView, receivedUpload } from './files.ts';
import { pageAsked } from './page-asked.ts';
import { seesPersons } from './scope.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;

export const matching: Pick<StaffOperations, keyof typeof matchingContracts> = {
  async createMatchingList({ actor, body, effectId }, services) {
    const { uploadId, kind, source, listDate } = body;
    if (listDate > services.clock.today()) return refuse(futureList());
    const upload = await receivedUpload(services, actor.jurisdiction, uploadId, 'matching');
    if (!upload.ok) return upload;
    const { objectKey, fileName } = upload.value;
    const importId = `im-${effectId}`;
    const at = services.clock.now();
    const list = {
      importId,
      jurisdiction: actor.jurisdiction,
      kind,
      source,
      listDate,
      fileName,
      by: actor.id,
      at,
    };
    // What the list is stands before its rows are read.
    await services.matching.matches.addList(list);
    await enqueue(services, {
      type: 'import.requested',
      version: 1,
      importId,
      kind: 'matching',
      objectKey,
      jurisdiction: actor.jurisdiction,
      programme: ALL_PROGRAMMES,
      by: actor.id,
      requestedAt: at,
    });
    return shown(services, actor, importId, list);
  },

  async listMatchingLists({ actor }, { matching: { matches } }) {
    return ok({ body: { lists: (await matches.lists(actor.jurisdiction)).map(listView) } });
  },

  async getMatchingList({ actor, params }, services) {
    const list = await services.matching.matches.list(actor.jurisdiction, params.listId);
    return list ? shown(services, actor, params.listId, list) : refuse(noList());
  },

  async listMatches({ actor, params, query }, { matching: { matches }, register }) {
    const list = await matches.list(actor.jurisdiction, params.listId);
    if (!list) return refuse(noList());
    const asked = pageAsked([actor.id, 'listMatches', params.listId], query);
    if (!asked.ok) return asked;
    const { request, next } = asked.value;
    const page = await pageOf(
      request,
      keyed(matches.matches(params.listId, request.startAfter), ({ person }) => person),
    );
    const persons = await maskedPersons(
      register,
      page.items.map(({ person }) => person),
    );
    const found = page.items.map(({ row, person, since, detail, enrolments }) => {
      const masked = persons.get(person);
      return {
        row,
        ...(masked && { person: masked }),
        ...(since !== undefined && { since }),
        detail,
        enrolments: enrolments.map(({ enrolment, programme, caseId }) => ({
          enrolmentId: enrolment,
          programme,
          ...(caseId !== undefined && { caseId }),
        })),
      };
    });
    return ok({ body: { matches: found, ...next(page) } });
  },

  async getDeathReport({ actor, query }, { matching: { deathReport }, register }) {
    const scope = { jurisdiction: actor.jurisdiction, programme: query.programme };
    const known = programmeById(query.programme);
    if (!known.ok) return known;
    const rows = await deathReport(scope);
    const persons = seesPersons(actor)
      ? await maskedPersons(
          register,
          rows.map(({ person }) => person),
        )
      : new Map();
    return ok({ body: deathReportView(rows, persons) });
  },
};

/** A matching list is of no one programme. */
const ALL_PROGRAMMES = 'all';

async function shown(
  services: StaffServices,
  actor: StaffActor,
  importId: string,
  list: MatchingList,
): Promise<Result<{ body: ReturnType<typeof listView> & { import: ReturnType<typeof importView> } }>> {
  const { imports, files } = services;
  const status = await imports.get(importId);
  if (!status) return refuse(noList());
  const errors = actor.roles.includes('preparer') ? status.errorFileKey : undefined;
  const url =
    errors && (await files.downloadLink(errors, `import-errors-${importId}.${errors.split('.').at(-1)}`));
  if (errors) await disclose(services, actor, 'matching-errors', importId);
  return ok({
    body: { ...listView(list), import: { ...importView(status), ...(url && { errorFileUrl: url }) } },
  });
}

const noList = () => refusal('missing/matching-list', '没有这份比对名单', 'there is no such matching list');
const futureList = () =>
  refusal('invalid/date-future', '名单日期不能晚于今天', 'the list cannot be dated after today');
