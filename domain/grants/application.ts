import type { Instant, Month, PlainDate } from '../calendar.ts';
import type { EnrolmentId, JurisdictionCode, PersonKey, ProgrammeId } from '../ids.ts';
import { type Fen, sumFen } from '../money.ts';
import type { Component, Step } from '../programmes/programme.ts';
import type { PayeeGrounds } from '../register/payee.ts';
import { invariant, unreachable } from '../result.ts';

/** One application for a grant (一次性给付申请), named after the request that made it. */
export type ApplicationId = string;
export const APPLICATION_ID = /^ga-[0-9a-f]{20}$/;

/** Who decides an amount: the township it was delegated to, the district, or the district by a meeting (一事一议). */
export const GRANT_LEVELS = ['township', 'district', 'special'] as const;
export type GrantLevel = (typeof GRANT_LEVELS)[number];

/** How a grant is paid: by the next supplementary run into the account, or in cash from a township's imprest (备用金). */
export type GrantMeans =
  | { readonly kind: 'account' }
  /** `receipt`: number of the receipt that the applicant signed. */
  | { readonly kind: 'imprest-cash'; readonly fund: string; readonly receipt: string };

/** Why an application was turned down; the notice says it in these words. */
export const REJECTION_GROUNDS = [
  'not-in-scope',
  'no-hardship',
  'means-above-limit',
  'no-cooperation',
  'false-statement',
  'helped-elsewhere',
  'other',
] as const;
export type RejectionGround = (typeof REJECTION_GROUNDS)[number];

/** What an application states. `facts` is the hash of the sealed facts; persons are opaque keys. */
export type Statement = {
  readonly facts: string;
  /** Everybody of the family who counts, the subject among them, in the order of keys. */
  readonly members: readonly PersonKey[];
  /** Papers that are not there yet where aid comes first (先行救助); absent where all of them are. */
  readonly missingPapers?: readonly string[];
};

/** One part of a grant: the month that it is paid for, and what. */
export type GrantedPart = { readonly month: Month; readonly components: readonly Component[] };

export type ApplicationActBody =
  /** 受理. */
  | (Statement & {
      readonly kind: 'applied';
      readonly jurisdiction: JurisdictionCode;
      readonly programme: ProgrammeId;
      readonly subject: PersonKey;
      /** Who is paid instead of the subject. */
      readonly payee?: PayeeGrounds & { readonly payee: PersonKey };
      readonly street: string;
      readonly community?: string;
      readonly appliedOn: PlainDate;
    })
  /** 更正: what it states from now on; whoever decides looks at it anew. */
  | (Statement & { readonly kind: 'restated'; readonly reason: string })
  /** 审批. The amounts and how they come about are kept by value. */
  | {
      readonly kind: 'granted';
      readonly document: string;
      readonly decidedOn: PlainDate;
      /** Of what the deciding person had seen. */
      readonly hash: string;
      readonly level: GrantLevel;
      /** 会议纪要文号, where a meeting decides. */
      readonly minutes?: string;
      readonly parts: readonly GrantedPart[];
      readonly fen: Fen;
      /** People helped (人). */
      readonly persons: number;
      readonly derivation: readonly Step[];
      readonly sample: boolean;
      readonly means: GrantMeans;
      readonly papersDue?: PlainDate;
      /** What it is for where the subject gets one grant for it, or ever (then empty). */
      readonly occasion?: string;
      /** Who stated what was decided on. */
      readonly proposedBy: string;
    }
  | {
      readonly kind: 'rejected';
      readonly document: string;
      readonly decidedOn: PlainDate;
      readonly ground: RejectionGround;
      readonly reason: string;
    }
  /** 撤回, by the applicant, before a decision. */
  | { readonly kind: 'withdrawn'; readonly reason: string }
  /** A decision that was begun at this number did not come about: what it had claimed for the family counts for nothing. */
  | { readonly kind: 'lapsed' }
  /** The imprest fund paid: competes with its refusal for one number. */
  | { readonly kind: 'drawn' }
  /** It could not be carried out (the fund would not pay, a list was faster): it has no effect, and the application waits for another. */
  | {
      readonly kind: 'voided';
      readonly code: string;
      readonly zh: string;
      readonly en: string;
    }
  /** 执行: the grant is a determination of the enrolment. */
  | { readonly kind: 'recorded'; readonly enrolment: EnrolmentId; readonly determination: number }
  /** 补齐材料. */
  | { readonly kind: 'papers'; readonly received: readonly string[]; readonly evidence: string }
  /** 停止: nothing is paid any more for a month and those after it. By two people. */
  | { readonly kind: 'stop-proposed'; readonly from: Month; readonly reason: string }
  | { readonly kind: 'stop-dropped'; readonly reason: string }
  | {
      readonly kind: 'stopped';
      readonly from: Month;
      readonly document: string;
      readonly decidedOn: PlainDate;
      readonly proposedBy: string;
      /** Of cash that nobody fetched, or that came back: why its draw is cancelled. */
      readonly reason?: string;
    }
  | { readonly kind: 'stop-recorded'; readonly determination: number };
export type ApplicationAct = ApplicationActBody & {
  readonly application: ApplicationId;
  readonly sequence: number;
  readonly at: Instant;
  readonly by: string;
  readonly request?: string;
};
export type ApplicationActOf<Kind extends ApplicationAct['kind']> = Extract<
  ApplicationAct,
  { readonly kind: Kind }
>;

/** open: waits for a decision; deciding and stopping: what was decided is being carried out. */
export const APPLICATION_STATES = [
  'open',
  'deciding',
  'granted',
  'stopping',
  'stopped',
  'rejected',
  'withdrawn',
] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];

/** An application is the fold of its acts. */
export type Application = {
  readonly application: ApplicationId;
  readonly applied: ApplicationActOf<'applied'>;
  /** What it states now. */
  readonly stated: Statement;
  /** Everybody who had a hand in what it states; the last one proposes. */
  readonly statedBy: readonly string[];
  readonly granted?: ApplicationActOf<'granted'>;
  readonly rejected?: ApplicationActOf<'rejected'>;
  readonly withdrawn?: ApplicationActOf<'withdrawn'>;
  /** Why the last decision could not be carried out, while there is no other. */
  readonly voided?: ApplicationActOf<'voided'>;
  readonly drawn?: ApplicationActOf<'drawn'>;
  readonly recorded?: ApplicationActOf<'recorded'>;
  readonly papersReceived: readonly string[];
  readonly stopProposed?: ApplicationActOf<'stop-proposed'>;
  readonly stopped?: ApplicationActOf<'stopped'>;
  readonly stopRecorded?: ApplicationActOf<'stop-recorded'>;
  readonly sequence: number;
};

/** Undefined without acts. */
export function foldApplication(acts: readonly ApplicationAct[]): Application | undefined {
  return acts.reduce<Application | undefined>(applyApplicationAct, undefined);
}

export function applyApplicationAct(before: Application | undefined, act: ApplicationAct): Application {
  if (act.kind === 'applied') {
    invariant(!before && act.sequence === 1, `application ${act.application} was made twice`);
    const { application, by } = act;
    const own = { application, applied: act, stated: statementOf(act), statedBy: [by] };
    return { ...own, papersReceived: [], sequence: 1 };
  }
  invariant(
    before && act.sequence === before.sequence + 1,
    `an act out of order of application ${act.application}`,
  );
  const after = { ...before, sequence: act.sequence };
  switch (act.kind) {
    case 'restated':
      return { ...after, stated: statementOf(act), statedBy: [...after.statedBy, act.by] };
    case 'granted': {
      const { voided: _, ...rest } = after;
      return { ...rest, granted: act };
    }
    case 'rejected':
      return { ...after, rejected: act };
    case 'withdrawn':
      return { ...after, withdrawn: act };
    case 'lapsed':
      return after;
    case 'voided': {
      const { granted: _, ...rest } = after;
      return { ...rest, voided: act };
    }
    case 'drawn':
      return { ...after, drawn: act };
    case 'recorded':
      return { ...after, recorded: act };
    case 'papers':
      return { ...after, papersReceived: [...after.papersReceived, ...act.received] };
    case 'stop-proposed':
      return { ...after, stopProposed: act };
    case 'stop-dropped': {
      const { stopProposed: _, ...rest } = after;
      return rest;
    }
    case 'stopped':
      return { ...after, stopped: act };
    case 'stop-recorded':
      return { ...after, stopRecorded: act };
    default:
      return unreachable(act);
  }
}

const statementOf = ({ facts, members, missingPapers }: Statement): Statement => ({
  facts,
  members,
  ...(missingPapers && { missingPapers }),
});

export function applicationState(found: Application): ApplicationState {
  if (found.rejected) return 'rejected';
  if (found.withdrawn) return 'withdrawn';
  if (found.stopped) return found.stopRecorded ? 'stopped' : 'stopping';
  if (found.granted) return found.recorded ? 'granted' : 'deciding';
  return 'open';
}

/** Papers that are still to come, in the order in which they were named; none before aid was granted ahead of them. */
export function papersOpen({ stated, granted, papersReceived }: Application): readonly string[] {
  if (!granted) return [];
  return (stated.missingPapers ?? []).filter((paper) => !papersReceived.includes(paper));
}

/** What is paid in the end, in fen: without the months that were stopped. Zero while nothing was granted. */
export function grantedFen({ granted, stopped }: Pick<Application, 'granted' | 'stopped'>): Fen {
  const paid = granted?.parts.filter(({ month }) => stopped === undefined || month < stopped.from) ?? [];
  return sumFen(paid.flatMap(({ components }) => components.map(({ fen }) => fen)));
}
