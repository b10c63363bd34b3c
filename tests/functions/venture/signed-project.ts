import { projectKey } from '../../../domain/ids.ts';
import { fen } from '../../../domain/money.ts';
import { ok, type Result } from '../../../domain/result.ts';
import type { Project } from '../../../domain/venture/project.ts';
import type { ProjectActBody } from '../../../domain/venture/project-acts.ts';
import { sha256Hex } from '../../../functions/adapters/hashing.ts';
import { type ExecutionCommand, execute } from '../../../functions/venture/execution.ts';
import { registerOrganisation } from '../../../functions/venture/organisations.ts';
import { contractOf } from '../../domain/venture/execution-samples.ts';
import { codeOf } from '../../domain/venture/intake-samples.ts';
import { DISTRICT, LINES, type Office, value } from '../run/office.ts';
import { intakePorts, nameOf, stamp, ventureOffice } from './round.ts';

export const VENTURE = { jurisdiction: DISTRICT, programme: 'venture-fund' } as const;
export const TODAY = '2026-11-22';
/** 30 on signing, 30 on progress, 40 once the mid-term evaluation is passed, which releases the last tranche. */
export const THREE = [
  { share: '30', milestone: 'signed' },
  { share: '30', milestone: 'progress' },
  { share: '40', milestone: 'mid-term-passed' },
] as const;

/** A bureau of the venture fund with money in its budget and one organisation in good standing. */
export async function executionOffice(): Promise<{ bureau: Office; organisation: string }> {
  const bureau = await ventureOffice({ quickReads: true });
  value(await bureau.office.setBudget({ ...VENTURE, fiscalYear: '2026', lines: LINES, by: 'staff-finance' }));
  const { personKey } = value(
    await registerOrganisation(
      intakePorts(bureau),
      {
        code: codeOf(1),
        name: nameOf(1),
        account: { account: '11019900000000001234', holderName: nameOf(1), bankName: '示例银行' },
        status: { status: 'normal', on: TODAY, source: '登记管理系统' },
      },
      stamp('staff-clerk'),
    ),
  );
  const { rules } = contractOf();
  const call = {
    callId: '2026-1',
    jurisdiction: DISTRICT,
    year: '2026',
    title: '第一届',
    document: '征〔2026〕1号',
    from: '2026-03-01',
    to: '2026-03-31',
    kinds: ['social-service'],
    pool: fen(300_000_000),
    tracks: [],
    rules,
    openedOn: '2026-03-01',
    by: 'staff-clerk',
    at: bureau.clock.now(),
  } as const;
  value(await bureau.ports.venture.calls.open(call));
  return { bureau, organisation: personKey };
}

/** The n-th project, signed: what happened before is put there as it would have been written. */
export async function signedProject(
  bureau: Office,
  organisation: string,
  n: number,
  options: Parameters<typeof contractOf>[0] = {},
): Promise<string> {
  const contract = { ...contractOf({ tranches: THREE, ...options }), organisation };
  const number = `2026-${n}`;
  const key = projectKey(sha256Hex, { jurisdiction: DISTRICT, callId: '2026-1', number });
  const { grant: asked, organisationKind, lines, from, to } = contract;
  const application = {
    number,
    name: '长者陪伴',
    organisation,
    organisationKind,
    asked,
    budget: asked,
    lines,
    from,
    to,
    ownFunds: 0,
    donated: 0,
    otherGovernmentMoney: false,
  };
  const bodies = [
    { kind: 'filed', jurisdiction: DISTRICT, callId: '2026-1', application, source: 'counter' },
    { kind: 'signed', hash: 'h', contract, document: `协〔2026〕${n}号`, signedOn: '2026-11-20' },
  ] as unknown as ProjectActBody[];
  for (const body of bodies)
    value(
      await bureau.ports.venture.projects.act(key, () => ok(body), {
        now: bureau.clock.now,
        by: 'staff-clerk',
      }),
    );
  return key;
}

/** One step of a project by somebody. */
export const step = (
  bureau: Office,
  key: string,
  by: string,
  command: ExecutionCommand,
): Promise<Result<Project>> => execute(bureau.ports.venture, key, command, stamp(by));

export const milestone = (tranche: number): ExecutionCommand => ({
  kind: 'milestone',
  said: { tranche, evidence: `卷${tranche}`, reachedOn: TODAY },
});
export const proposal = (tranche: number): ExecutionCommand => ({
  kind: 'propose-release',
  tranche,
  papers: {},
});
export const release = (tranche: number): ExecutionCommand => ({
  kind: 'decide-release',
  wish: { tranche, outcome: 'released', document: `示民创〔2026〕${tranche}号`, decidedOn: TODAY },
});
