import { sumFen, toYuan } from '../../../domain/money.ts';
import { mapBounded } from '../../../functions/concurrency.ts';
import { isSigned, type SampleProject } from '../sample/project-rows.ts';
import type { ProjectRound } from '../sample/projects.ts';
import { Refused, type ResponseOf, waitFor } from './api-client.ts';
import { errorRows } from './error-file.ts';
import type { Desk } from './payment-run.ts';
import { importDifferences } from './prepare.ts';

export const VENTURE_PROGRAMME = 'venture-fund';
const POOL = '3000000.00';
/** Days of the round: long over by the time anybody looks, because nothing is signed while it is publicised. */
const PUBLICITY = { from: '2026-09-01', to: '2026-09-09' } as const;
export const SIGNED_ON = '2026-09-22';
/** Organisations looked up at the same time. */
const AT_ONCE = 8;

export type Summary = ResponseOf<'listVentureProjects'>['projects'][number];
export type Contracted = {
  readonly callId: string;
  readonly sheet: ResponseOf<'getVentureSheet'>;
  /** Of the call when everything is signed. */
  readonly call: ResponseOf<'getVentureCall'>;
  readonly projects: readonly Summary[];
  /** Keys of the projects by number. */
  readonly keys: ReadonlyMap<string, string>;
  /** Refusals that were planted, in the order in which they came. */
  readonly refusals: readonly string[];
};

/** From a call to signed contracts: everybody who has a hand in it does one thing, and what was planted is refused. */
export async function contractRound(desk: Desk, round: ProjectRound): Promise<Contracted> {
  const { api, key, say } = desk;
  const body = {
    year: '2026',
    number: 1,
    title: '示例区2026年公益创投',
    document: '示民函〔2026〕18号（样例）',
    from: '2026-01-05',
    to: `${new Date().getFullYear()}-12-31`,
    pool: POOL,
  };
  const { callId } = await api.call('preparer', 'openVentureCall', { body, key: key('call') });
  const sheet = await importProjects(desk, callId, round);
  await lookUpOrganisations(desk);
  const refusals = await chooseProjects(desk, callId, round.projects);
  await signProjects(desk, callId, round.projects);
  const projects = await listed(api, callId);
  const call = await api.call('reviewer', 'getVentureCall', { params: { callId } });
  say(
    `公示、协议、签约：${projects.filter(({ stage }) => stage === 'signed').length} 个项目 ${call.allotted} 元`,
    'publicised, drafted and signed by two',
  );
  const keys = new Map(projects.map(({ number, projectKey }) => [number, projectKey]));
  return { callId, sheet, call, projects, keys, refusals };
}

async function importProjects(
  desk: Desk,
  callId: string,
  round: ProjectRound,
): Promise<ResponseOf<'getVentureSheet'>> {
  const { api, key, say } = desk;
  const file = { name: round.fileName, bytes: round.bytes };
  const uploadId = await api.upload('preparer', 'projects', file, key('sheet-upload'));
  const asked = toYuan(sumFen(round.projects.map((project) => project.asked)));
  const body = { uploadId, projects: round.projects.length, asked };
  const { importId } = await api.call('preparer', 'importVentureProjects', {
    params: { callId },
    body,
    key: key('sheet'),
  });
  const sheet = await waitFor('sheet of projects', async () => {
    const found = await api.call('preparer', 'getVentureSheet', { params: { callId, importId } });
    const { state, refusal } = found.import;
    if (state === 'refused') throw new Error(`${refusal?.zh} / ${refusal?.en}`);
    return state === 'done' ? found : undefined;
  });
  const errors = await errorRows(api, sheet.import);
  const unsaid = round.rejected.filter(
    ({ row, says = '' }) => !errors.find((error) => error.row === row)?.reason.includes(says),
  );
  const wrong = [
    ...importDifferences(sheet.import, round.expected, errors, round.rejected),
    ...unsaid.map(({ row, what }) => `${row}: ${what}?`),
  ];
  if (wrong.length > 0)
    throw new Error(`导入结果与预设不符 / not what was planted:\n  ${wrong.join('\n  ')}`);
  say(
    `项目汇总表：收下 ${sheet.filed.projects} 个项目，退回 ${sheet.import.counts?.rejected} 行，与控制总数相符`,
    `sheet of projects: ${sheet.filed.projects} taken, ${sheet.import.counts?.rejected} rows sent back, control total agrees`,
  );
  return sheet;
}

/** Somebody looks every organisation up where it is registered. */
async function lookUpOrganisations({ api, key, say }: Desk): Promise<void> {
  const pages = await api.pages('preparer', 'listVentureOrganisations');
  const organisations = pages.flatMap((page) => page.organisations);
  await mapBounded(organisations, AT_ONCE, async ({ personKey }) => {
    const body = { status: 'normal', on: SIGNED_ON, source: '中国社会组织政务服务平台' } as const;
    const call = { params: { personKey }, body, key: key(`status-${personKey}`) };
    await api.call('reviewer', 'recordOrganisationStatus', call);
  });
  say(`核对 ${organisations.length} 个机构的登记状态`, `${organisations.length} organisations looked up`);
}

/** Screens, scores and shortlists; what must be refused is tried first. @returns codes of the refusals */
async function chooseProjects(
  desk: Desk,
  callId: string,
  all: readonly SampleProject[],
): Promise<readonly string[]> {
  const { api, key, say } = desk;
  const params = { callId };
  const screenings = all.map(({ number, fate }) =>
    fate === 'rejected'
      ? { number, outcome: 'rejected' as const, reason: '不属于本届资助范围' }
      : { number, outcome: 'passed' as const },
  );
  await allDone(
    api.call('reviewer', 'screenVentureProjects', {
      params,
      body: { projects: screenings },
      key: key('screen'),
    }),
  );
  const screened = all.filter(({ fate }) => fate !== 'rejected');
  for (const [index, account] of (['reviewer', 'approver'] as const).entries()) {
    const projects = screened.map(({ number, scores }) => ({ number, score: scores[index] ?? '' }));
    const body = { judge: `judge-${index + 1}`, evidence: `评分表${index + 1}`, projects };
    await allDone(api.call(account, 'scoreVentureProjects', { params, body, key: key(`scores-${index}`) }));
  }
  say(
    `初筛、两位评委评分：${screened.length} 个项目`,
    `screened, and scored by two judges: ${screened.length} projects`,
  );
  const refusals = await overrideBlocks(desk, callId, all);
  const chosen = all.filter((project) => isSigned(project) || project.fate === 'objected');
  await allDone(
    api.call('approver', 'shortlistVentureProjects', {
      params,
      body: shortlist(chosen),
      key: key('shortlist'),
    }),
  );
  say(
    `重复资助和已有财政资金的项目被拦下，两个由另一人放行；入围 ${chosen.length} 个`,
    `double support is blocked, two blocks lifted by another person; ${chosen.length} shortlisted`,
  );
  return refusals;
}

const shortlist = (projects: readonly SampleProject[]) => ({
  document: '示民函〔2026〕96号（样例）',
  projects: projects.map(({ number }) => ({ number })),
});

/** Whatever is blocked is refused with the whole list, as long as nobody lifts the block. */
async function overrideBlocks(
  { api, key }: Desk,
  callId: string,
  all: readonly SampleProject[],
): Promise<readonly string[]> {
  const params = { callId };
  const refusals: string[] = [];
  const attempt = async (name: string, projects: readonly SampleProject[]): Promise<void> => {
    const call = { params, body: shortlist(projects), key: key(name) };
    try {
      const { refused } = await api.call('approver', 'shortlistVentureProjects', call);
      refusals.push(...refused.map(({ code }) => code));
    } catch (cause) {
      if (!(cause instanceof Refused)) throw cause;
      refusals.push(cause.code);
    }
  };
  const of = (...fates: readonly SampleProject['fate'][]) => all.filter(({ fate }) => fates.includes(fate));
  await attempt('blocked-money', of('other-money', 'other-money-overridden'));
  await attempt('blocked-second', [...of('signed'), ...of('second')]);
  const keys = await projectKeys(api, callId);
  const lifts = [
    ...of('other-money-overridden').map((project) => [project, 'other-government-money'] as const),
    ...of('second-overridden').map((project) => [project, 'double-support'] as const),
  ];
  for (const [{ number }, block] of lifts) {
    const body = { block, reason: '服务内容不重复，经评审会同意', document: '示民函〔2026〕95号（样例）' };
    const call = { params: { projectKey: keys.get(number) ?? '' }, body, key: key(`override-${number}`) };
    await api.call('approver', 'overrideVentureBlock', call);
  }
  return refusals;
}

async function signProjects(
  { api, key }: Desk,
  callId: string,
  all: readonly SampleProject[],
): Promise<void> {
  const params = { callId };
  const keys = await projectKeys(api, callId);
  const shown = all.filter((project) => isSigned(project) || project.fate === 'objected');
  const publicity = {
    document: '示民公示〔2026〕7号（样例）',
    ...PUBLICITY,
    projects: shown.map(({ number }) => number),
  };
  await allDone(
    api.call('reviewer', 'publiciseVentureProjects', { params, body: publicity, key: key('publicity') }),
  );
  for (const { number } of all.filter(({ fate }) => fate === 'objected')) {
    const projectKey = keys.get(number) ?? '';
    const objection = { reference: '信访2026-31', reason: '与其他单位同期项目雷同' };
    const object = { params: { projectKey }, body: objection, key: key(`objection-${number}`) };
    await api.call('reviewer', 'objectToVentureProject', object);
    const decision = { upheld: true, reason: '经核实，异议成立' };
    const decide = {
      params: { projectKey, number: '1' },
      body: decision,
      key: key(`objection-decided-${number}`),
    };
    await api.call('approver', 'decideVentureObjection', decide);
  }
  for (const { number, fate } of all.filter((project) => !isSigned(project) && project.fate !== 'rejected')) {
    const reason = fate === 'low-score' ? '评审得分未达到资助要求' : '重复资助或异议成立，不予资助';
    const call = {
      params: { projectKey: keys.get(number) ?? '' },
      body: { reason },
      key: key(`drop-${number}`),
    };
    await api.call('preparer', 'dropVentureProject', call);
  }
  const signed = all.filter(isSigned).map(({ number }) => ({ number }));
  await allDone(
    api.call('preparer', 'draftVentureContracts', { params, body: { projects: signed }, key: key('drafts') }),
  );
  const hashes = new Map(
    (await listed(api, callId)).map(({ number, contractHash }) => [number, contractHash]),
  );
  // Who takes the round up again finds those that are signed without a draft to sign.
  const projects = signed.flatMap(({ number }) => {
    const hash = hashes.get(number);
    return hash === undefined ? [] : [{ number, hash }];
  });
  if (projects.length === 0) return;
  const body = { document: '示民协〔2026〕1号（样例）', signedOn: SIGNED_ON, projects };
  const call = { params, body, key: key(`signatures-${projects.length}`) };
  await allDone(api.call('approver-2', 'signVentureContracts', call));
}

async function listed(api: Desk['api'], callId: string): Promise<readonly Summary[]> {
  const pages = await api.pages('reviewer', 'listVentureProjects', { params: { callId } });
  return pages.flatMap((page) => page.projects);
}

async function projectKeys(api: Desk['api'], callId: string): Promise<ReadonlyMap<string, string>> {
  return new Map((await listed(api, callId)).map(({ number, projectKey }) => [number, projectKey]));
}

/** What many projects were to be done to was done to each. @throws Error naming the first that was refused */
export async function allDone(asked: Promise<ResponseOf<'signVentureContracts'>>): Promise<void> {
  const { refused } = await asked;
  const [first] = refused;
  if (first)
    throw new Error(`${refused.length} refused: ${first.number}: ${first.code}: ${first.zh} / ${first.en}`);
}
