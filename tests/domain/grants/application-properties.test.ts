// Goal: whatever is asked by whomever in whatever order, an application is decided by somebody else than who stated it, at most once at a
// time, and what it pays in the end is what was granted less what was stopped. Method: random commands by random people on the fold.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type Application,
  type ApplicationActBody,
  applicationState,
  grantedFen,
  papersOpen,
} from '../../../domain/grants/application.ts';
import {
  decideStop,
  grantApplication,
  proposeStop,
  receivePapers,
  rejectApplication,
  restateApplication,
  stoppedParts,
  withdrawApplication,
} from '../../../domain/grants/application-commands.ts';
import { sumFen } from '../../../domain/money.ts';
import type { Result } from '../../../domain/result.ts';
import {
  acted,
  BUREAU,
  CLERK,
  EAST,
  opened,
  proposal,
  SECTION,
  TODAY,
  WEST,
  wish,
  worked,
} from './applying.ts';

const people = [EAST, WEST, SECTION, BUREAU, { ...EAST, id: CLERK }, { ...BUREAU, id: CLERK }];
const month = fc.constantFrom('2026-10', '2026-11', '2026-12', '2027-01', '2027-02');
/** Mostly what leads on: an application that is turned down at once shows little. */
const KINDS = [
  ...Array.from({ length: 10 }, () => 'grant' as const),
  ...Array.from({ length: 6 }, () => 'system' as const),
  ...Array.from({ length: 5 }, () => 'ask' as const),
  ...Array.from({ length: 5 }, () => 'stop' as const),
  ...(['restate', 'reject', 'withdraw', 'papers', 'papers', 'go-on', 'void'] as const),
];
const step = fc.record({
  kind: fc.constantFrom(...KINDS),
  by: fc.constantFrom(...people),
  month,
  amounts: fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 4 }),
  level: fc.constantFrom('township', 'district', 'special'),
  seenBefore: fc.integer({ min: 0, max: 3 }).map((one) => one === 0),
  cash: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function next(found: Application, { kind, by, ...said }: Step): Result<ApplicationActBody> | undefined {
  const day = { by, today: TODAY };
  switch (kind) {
    case 'restate':
      return restateApplication(
        found,
        { facts: said.month, members: ['A'], missingPapers: ['证明', '清单'] },
        '更正',
      );
    case 'grant': {
      const level = said.level as 'township';
      const now = worked(found, proposal(said.amounts, level));
      const looked = said.seenBefore ? worked(opened({ facts: 'old' }), proposal(said.amounts, level)) : now;
      const minutes = said.level === 'special' && { minutes: '纪要1号' };
      const means = said.cash
        ? ({ kind: 'imprest-cash', fund: 'east', receipt: '1号' } as const)
        : ({ kind: 'account' } as const);
      return grantApplication(found, wish(looked, { ...minutes, means }), now, day);
    }
    case 'reject': {
      const no = { document: '文1号', decidedOn: TODAY, ground: 'other', reason: '不符' } as const;
      return rejectApplication(found, no, { ...day, level: 'township' });
    }
    case 'withdraw':
      return withdrawApplication(found, '撤回');
    case 'papers':
      return receivePapers(found, { received: papersOpen(found).slice(0, 1), evidence: '1号' });
    case 'ask':
      return proposeStop(found, said.month, '恢复');
    case 'stop':
      return decideStop(found, { outcome: 'stop', document: '文2号', decidedOn: TODAY }, day);
    case 'go-on':
      return decideStop(found, { outcome: 'go-on', reason: '仍困难' }, day);
    case 'void':
      return applicationState(found) === 'deciding'
        ? { ok: true, value: { kind: 'voided', code: 'conflict/imprest-balance', zh: '', en: '' } }
        : undefined;
    case 'system':
    default: {
      const state = applicationState(found);
      if (state === 'deciding')
        return { ok: true, value: { kind: 'recorded', enrolment: 'LS-AAAAAAAAAAAA-1', determination: 1 } };
      return state === 'stopping'
        ? { ok: true, value: { kind: 'stop-recorded', determination: 2 } }
        : undefined;
    }
  }
}

const LATER: Readonly<Record<string, readonly string[]>> = {
  open: ['open', 'deciding', 'rejected', 'withdrawn'],
  deciding: ['deciding', 'granted', 'open'],
  granted: ['granted', 'stopping'],
  stopping: ['stopping', 'stopped'],
  stopped: ['stopped'],
  rejected: ['rejected'],
  withdrawn: ['withdrawn'],
};

/** What must never be, of an application after an act by somebody. */
function wrongs(before: Application, found: Application): string[] {
  const { granted, rejected, stopped, stopProposed, statedBy } = found;
  const cash = granted?.means.kind === 'imprest-cash';
  const taken = stoppedParts(found).flatMap(({ components }) => components.map(({ fen }) => fen));
  const missing = found.stated.missingPapers ?? [];
  const faults: Readonly<Record<string, boolean>> = {
    order: !LATER[applicationState(before)]!.includes(applicationState(found)),
    'decided by who stated it': [granted, rejected].some((one) => one && statedBy.includes(one.by)),
    'stopped by who asked for it': stopped !== undefined && stopped.by === stopProposed?.by,
    'a meeting without its approver': granted?.level === 'special' && granted.by !== BUREAU.id,
    'the district left out': granted?.level === 'district' && granted.by === EAST.id,
    'another street': granted?.by === WEST.id,
    'cash by the month, or stopped': cash && (granted.parts.length !== 1 || stopped !== undefined),
    sum: grantedFen(found) + sumFen(taken) !== (granted?.fen ?? 0),
    papers: papersOpen(found).some((paper) => !missing.includes(paper)),
  };
  return Object.keys(faults).filter((name) => faults[name]);
}

it('is decided by others than who stated it, in order, and pays what was granted less what was stopped', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let found = opened();
      for (const each of steps) {
        const decision = next(found, each);
        if (!decision?.ok) continue;
        const before = found;
        found = acted(before, decision.value, each.by.id);
        expect(wrongs(before, found)).toEqual([]);
      }
    }),
    { numRuns: 600 },
  );
});
