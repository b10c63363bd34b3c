import type * as z from 'zod/mini';
import type { PlainDate } from '../../../domain/calendar.ts';
import {
  type Application,
  type ApplicationAct,
  applicationState,
  type GrantedPart,
  papersOpen,
  type RejectionGround,
} from '../../../domain/grants/application.ts';
import type { WorkedOutGrant } from '../../../domain/grants/application-commands.ts';
import { maskAccount, maskId, maskName } from '../../../domain/mask.ts';
import { fen, toYuan } from '../../../domain/money.ts';
import { PROGRAMMES } from '../../../domain/programmes/index.ts';
import type { Bilingual, Step } from '../../../domain/programmes/programme.ts';
import { renderStep } from '../../../domain/programmes/sentences.ts';
import type { AccountRecord } from '../../../domain/register/account.ts';
import { invariant } from '../../../domain/result.ts';
import type { ApplicationListing } from '../../adapters/grant-application-store.ts';
import type { SealedStatement } from '../../adapters/grant-facts.ts';
import type { WorkedOutApplication } from '../../grants/work-out-grant.ts';
import type { GrantApplicationView, grantApplicationContracts } from '../contracts/grant-applications.ts';
import { applicationStateNames } from './application-state-names.ts';
import type { MaskedBody } from './person-view.ts';
import { programmeNames } from './run-view.ts';

export type ApplicationBody = z.input<typeof GrantApplicationView>;
export type ApplicationSummaryBody = z.input<
  (typeof grantApplicationContracts)['listGrantApplications']['response']
>['applications'][number];
type ProposalBody = NonNullable<ApplicationBody['proposal']>;

export const REJECTION_NAMES: Readonly<Record<RejectionGround, Bilingual>> = {
  'not-in-scope': { zh: '不属于救助范围', en: 'not in the scope of the programme' },
  'no-hardship': { zh: '经核实无相应困难', en: 'no such hardship was found' },
  'means-above-limit': { zh: '家庭经济状况不符合规定', en: 'the means of the family are above the limit' },
  'no-cooperation': { zh: '无正当理由不配合核查', en: 'did not cooperate with the inquiry' },
  'false-statement': { zh: '提供虚假情况或材料', en: 'a false statement or paper' },
  'helped-elsewhere': { zh: '同一事项已获其他救助', en: 'helped for the same by other means' },
  other: { zh: '其他', en: 'another ground' },
};

/** The name of a component; what a fund paid in cash carries the fund behind a colon. */
export function grantComponentName(programme: string, component: string): Bilingual {
  const [kind = component] = component.split(':');
  return PROGRAMMES[programme]?.components[kind] ?? { zh: component, en: component };
}

const partViews = (programme: string, parts: readonly GrantedPart[]): ProposalBody['parts'] =>
  parts.map(({ month, components }) => ({
    month,
    components: components.map(({ component, fen: amount }) => ({
      component,
      names: grantComponentName(programme, component),
      amount: toYuan(amount),
    })),
  }));

function stepViews(programmeId: string, steps: readonly Step[]): ProposalBody['steps'] {
  const programme = PROGRAMMES[programmeId];
  invariant(programme, `a grant of an unknown programme: ${programmeId}`);
  return steps.map((step) => ({ code: step.code, ...renderStep(programme, step) }));
}

/** What a grant comes to, without what it is known by. */
export function workedView(
  programme: string,
  { proposal, parts, fen: amount }: Omit<WorkedOutGrant, 'hash'>,
) {
  return {
    amount: toYuan(amount),
    parts: partViews(programme, parts),
    level: proposal.decidedAt,
    persons: proposal.persons,
    steps: stepViews(programme, proposal.derivation),
    sample: proposal.sample,
  };
}

export function proposalBody(
  programme: string,
  worked: WorkedOutApplication,
  decidedOn: PlainDate,
): ProposalBody {
  return {
    ...workedView(programme, worked),
    decidedOn,
    hash: worked.hash,
    unnamed: worked.unnamed,
    earlier: worked.earlier.map(({ programme: of, decidedOn: on, fen: amount }) => ({
      programme: of,
      decidedOn: on,
      amount: toYuan(amount),
    })),
  };
}

export function applicationSummary(
  programme: string,
  listing: ApplicationListing,
  applicant: MaskedBody | undefined,
): ApplicationSummaryBody {
  const { application, street, appliedOn, state, level, means, decidedOn, papersDue } = listing;
  const granted = level !== undefined;
  return {
    applicationId: application,
    programme,
    programmeNames: programmeNames(programme),
    ...(applicant && { applicant }),
    street,
    appliedOn,
    state,
    stateNames: applicationStateNames(state),
    ...(granted && { amount: toYuan(fen(listing.fen)), persons: listing.persons, level }),
    ...(means !== undefined && { means: means as NonNullable<ApplicationSummaryBody['means']> }),
    ...(decidedOn !== undefined && { decidedOn }),
    ...(papersDue !== undefined && { papersDue }),
    papersOpen: listing.papersOpen,
    stopProposed: listing.stopProposed,
  };
}

export type ApplicationShown = {
  readonly acts: readonly ApplicationAct[];
  readonly today: PlainDate;
  /** Absent for who works with figures alone. */
  readonly persons?: ReadonlyMap<string, MaskedBody>;
  readonly stated?: SealedStatement;
  readonly staff: ReadonlyMap<string, string>;
  readonly proposal?: ProposalBody;
  readonly problem?: { readonly code: string } & Bilingual;
  readonly accountDiffers?: boolean;
  /** Into which it is paid, where one is on record. */
  readonly account?: AccountRecord | undefined;
};

/** An application with everything that was done. */
export function applicationView(found: Application, shown: ApplicationShown): ApplicationBody {
  const { application, applied, stated, granted, rejected, withdrawn, voided } = found;
  const { programme, subject, street, community, appliedOn, payee } = applied;
  const state = applicationState(found);
  const open = papersOpen(found);
  const [person, paid] = [shown.persons?.get(subject), shown.persons?.get(payee?.payee ?? '')];
  const due = granted?.papersDue;
  return {
    applicationId: application,
    programme,
    programmeNames: programmeNames(programme),
    ...(person && { applicant: person }),
    ...(paid && { payee: paid }),
    ...(shown.account && {
      account: {
        account: maskAccount(shown.account.account),
        holderName: maskName(shown.account.holderName),
      },
    }),
    street,
    ...(community !== undefined && { community }),
    appliedOn,
    state,
    stateNames: applicationStateNames(state),
    family: (shown.stated?.family ?? []).map(({ name, idNumber }) => ({
      name: maskName(name),
      idNumber: maskId(idNumber),
    })),
    familySize: stated.members.length,
    ...(shown.stated && { facts: { ...shown.stated.facts } }),
    missingPapers: [...(stated.missingPapers ?? [])],
    papersOpen: [...open],
    ...(due !== undefined && { papersDue: due }),
    papersOverdue: due !== undefined && open.length > 0 && due < shown.today,
    ...(shown.accountDiffers !== undefined && { accountDiffers: shown.accountDiffers }),
    ...(shown.proposal && { proposal: shown.proposal }),
    ...(shown.problem && { cannotBeWorkedOut: saidOf(shown.problem) }),
    ...(voided && { voided: saidOf(voided) }),
    ...(granted && { grant: grantView(found, granted) }),
    ...(rejected && { rejection: rejectionView(rejected) }),
    ...(withdrawn && { withdrawal: { reason: withdrawn.reason, by: withdrawn.by, at: withdrawn.at } }),
    ...stopView(found),
    history: shown.acts.map(({ kind, at, by }) => {
      const name = shown.staff.get(by);
      return { kind, at, by, ...(name !== undefined && { name }) };
    }),
  };
}

const saidOf = ({ code, zh, en }: { readonly code: string } & Bilingual) => ({ code, zh, en });

function grantView(
  { applied, recorded }: Application,
  granted: NonNullable<Application['granted']>,
): NonNullable<ApplicationBody['grant']> {
  const { document, decidedOn, by, at, minutes, means, proposedBy } = granted;
  const { parts, fen: amount, level, persons, derivation, sample } = granted;
  const proposal = { parts: [], decidedAt: level, persons, derivation, sample };
  return {
    ...workedView(applied.programme, { proposal, parts, fen: amount }),
    document,
    decidedOn,
    by,
    at,
    ...(minutes !== undefined && { minutes }),
    means: means.kind,
    ...(means.kind === 'imprest-cash' && { fund: means.fund, receipt: means.receipt }),
    proposedBy,
    ...(recorded && { enrolmentId: recorded.enrolment, determination: recorded.determination }),
  };
}

const rejectionView = ({
  document,
  decidedOn,
  ground,
  reason,
  by,
  at,
}: NonNullable<Application['rejected']>) => ({
  document,
  decidedOn,
  ground,
  groundNames: REJECTION_NAMES[ground],
  reason,
  by,
  at,
});

function stopView({ stopProposed, stopped }: Application): Pick<ApplicationBody, 'stop'> {
  // Cash that nobody fetched is stopped by the cancelling of its draw, which nobody proposes beforehand.
  const asked = stopped ?? stopProposed;
  if (!asked) return {};
  const reason = stopProposed?.reason ?? stopped?.reason;
  return {
    stop: {
      from: asked.from,
      ...(reason !== undefined && { reason }),
      state: stopped ? 'decided' : 'proposed',
      proposedBy: stopped?.proposedBy ?? asked.by,
      ...(stopped && { document: stopped.document, decidedBy: stopped.by }),
    },
  };
}
