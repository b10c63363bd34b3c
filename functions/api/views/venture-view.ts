import type * as z from 'zod/mini';
import type { Bilingual } from '../../../domain/bilingual.ts';
import { fen, sumFen, toYuan } from '../../../domain/money.ts';
import { VENTURE_WORDS } from '../../../domain/programmes/venture-fund/labels.ts';
import { STATUS_NAMES } from '../../../domain/register/organisation-status.ts';
import { type Allotments, allottedOf } from '../../../domain/venture/allotments.ts';
import { categoryName } from '../../../domain/venture/budget-words.ts';
import type { Call } from '../../../domain/venture/call.ts';
import { blocksOf } from '../../../domain/venture/intake.ts';
import { type Ban, KIND_NAMES } from '../../../domain/venture/organisation.ts';
import { FUNNEL, FUNNEL_NAMES, type Project, STAGE_NAMES, STAGES } from '../../../domain/venture/project.ts';
import type { ProjectAct } from '../../../domain/venture/project-acts.ts';
import type { ProjectListing } from '../../adapters/venture-store.ts';
import type { Many } from '../../venture/funnel.ts';
import type { Organisation } from '../../venture/organisations.ts';
import type { ventureContracts } from '../contracts/venture.ts';

type Body<Id extends keyof typeof ventureContracts> = z.input<(typeof ventureContracts)[Id]['response']>;
export type ProjectBody = Body<'getVentureProject'>;

export function callView(call: Call): Body<'openVentureCall'> {
  const { callId, title, document, from, to, kinds, tracks, pool, openedOn, rules } = call;
  return {
    callId,
    title,
    document,
    from,
    to,
    openedOn,
    kinds: [...kinds],
    tracks: [...tracks],
    pool: toYuan(pool),
    sample: rules.sample,
  };
}

/** The funnel of a call: how many came how far, and how they stand, with the money of each. */
export function callDetail(
  call: Call,
  listings: readonly ProjectListing[],
  allotments: Allotments,
): Body<'getVentureCall'> {
  const allotted = allottedOf(allotments, call.callId);
  const tally = (
    found: readonly ProjectListing[],
    money: (one: ProjectListing) => ProjectListing['asked'],
  ) => ({
    projects: found.length,
    amount: toYuan(sumFen(found.map(money))),
  });
  return {
    ...callView(call),
    allotted: toYuan(allotted),
    left: toYuan(fen(call.pool - allotted)),
    funnel: FUNNEL.map((step, index) => {
      const reached = listings.filter((one) => FUNNEL.indexOf(one.reached) >= index);
      const isGiven = index >= FUNNEL.indexOf('shortlisted');
      const figures = tally(reached, ({ asked, grant }) => (isGiven ? grant : asked));
      return { step, names: FUNNEL_NAMES[step], ...figures };
    }),
    stages: STAGES.flatMap((stage) => {
      const standing = listings.filter((one) => one.stage === stage);
      if (standing.length === 0) return [];
      return [{ stage, names: STAGE_NAMES[stage], ...tally(standing, ({ grant }) => grant) }];
    }),
  };
}

export function organisationView(found: Organisation, bans: readonly Ban[]): Body<'getVentureOrganisation'> {
  const { personKey, name, code, kind, status, account, bankName } = found;
  return {
    personKey,
    name,
    creditCode: code,
    ...(kind !== undefined && { kind, kindNames: KIND_NAMES[kind] }),
    ...(status && { status: { ...status, names: STATUS_NAMES[status.status] } }),
    corporateAccount: account !== undefined,
    ...(account !== undefined && { accountEnding: account.slice(-4) }),
    ...(bankName !== undefined && { bankName }),
    bans: bans.map(({ from, until, reason, document }) => ({ from, until, reason, document })),
  };
}

export function projectSummary(
  listing: ProjectListing,
  organisationName: string | undefined,
): Body<'listVentureProjects'>['projects'][number] {
  const { projectKey, number, name, organisation, stage, reached, asked, grant, contractHash } = listing;
  return {
    projectKey,
    number,
    name,
    organisation,
    stage,
    reached,
    stageNames: STAGE_NAMES[stage],
    ...(organisationName !== undefined && { organisationName }),
    asked: toYuan(asked),
    grant: toYuan(grant),
    ...(contractHash !== undefined && { contractHash }),
  };
}

export type ProjectFacts = {
  readonly call: Call;
  readonly acts: readonly ProjectAct[];
  readonly organisationName: string | undefined;
  readonly staffNames: ReadonlyMap<string, string>;
};

export function projectView(found: Project, facts: ProjectFacts): ProjectBody {
  const { application, shortlisted, publicised, stage } = found;
  const { call, acts, organisationName, staffNames } = facts;
  const { organisation, organisationKind, sponsoredGroup, track, serviceHours, lines, ...own } = application;
  const contract = contractView(found);
  return {
    projectKey: found.projectKey,
    callId: found.callId,
    stage,
    stageNames: STAGE_NAMES[stage],
    ...own,
    organisation,
    organisationKind,
    ...(organisationName !== undefined && { organisationName }),
    ...(sponsoredGroup !== undefined && { sponsoredGroup }),
    ...(track !== undefined && { track }),
    ...(serviceHours !== undefined && { serviceHours }),
    asked: toYuan(own.asked),
    budget: toYuan(own.budget),
    ownFunds: toYuan(own.ownFunds),
    donated: toYuan(own.donated),
    lines: lines.map(({ category, item, fen: amount }) => ({
      category,
      name: categoryName(call.rules, category),
      item,
      amount: toYuan(amount),
    })),
    scores: found.scores.map(({ judge, score, correction, by, at }) => ({
      judge,
      score,
      ...(correction !== undefined && { correction }),
      by,
      at,
    })),
    blocks: blocksOf(found, call.rules.doubleSupport?.otherGovernmentMoney ?? 'allowed'),
    overridden: [...found.overridden],
    ...(shortlisted && {
      shortlisted: {
        average: shortlisted.average,
        grant: toYuan(shortlisted.grant),
        document: shortlisted.document,
        by: shortlisted.by,
        at: shortlisted.at,
      },
    }),
    ...(publicised && {
      publicity: { from: publicised.from, to: publicised.to, document: publicised.document },
    }),
    objections: found.objections.map(({ number, reference, reason, by, decided }) => ({
      number,
      reference,
      reason,
      by,
      ...(decided && { upheld: decided.upheld, decidedBy: decided.by }),
    })),
    ...(contract && { contract }),
    history: acts.map(({ kind, by, at }) => {
      const name = staffNames.get(by);
      return { kind, by, at, ...(name !== undefined && { name }) };
    }),
  };
}

/** 拨付节点 in words. */
export const milestoneNames = (milestone: string): Bilingual =>
  VENTURE_WORDS[milestone] ?? { zh: milestone, en: milestone };

function contractView({ draft, signed, contract }: Project): ProjectBody['contract'] {
  const shown = contract ?? draft?.contract;
  if (!draft || !shown) return undefined;
  return {
    hash: draft.hash,
    grant: toYuan(shown.grant),
    from: shown.from,
    to: shown.to,
    tranches: shown.tranches.map(({ number, share, fen: amount, milestone }) => ({
      number,
      share,
      milestone,
      milestoneNames: milestoneNames(milestone),
      amount: toYuan(amount),
    })),
    draftedBy: draft.by,
    ...(signed && {
      signed: { document: signed.document, signedOn: signed.signedOn, by: signed.by, at: signed.at },
    }),
  };
}

export const manyView = ({ done, refused }: Many): Body<'screenVentureProjects'> => ({
  done: [...done],
  refused: refused.map(({ number, refusal: { code, zh, en } }) => ({ number, code, zh, en })),
});
