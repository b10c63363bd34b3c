import { monthOf } from '../../../domain/calendar.ts';
import { toYuan, writtenFen } from '../../../domain/money.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { categoryNamed } from '../../../domain/venture/budget-words.ts';
import type { BudgetLine } from '../../../domain/venture/contract.ts';
import type { ConclusionCause } from '../../../domain/venture/execution-acts.ts';
import { type SignedProject, signedProject, trancheOf } from '../../../domain/venture/execution-standing.ts';
import { paidFrom } from '../../grants/paid-from.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import { moneyOf, outstandingOf } from '../../venture/carry-out.ts';
import { executeMany, type NumberedCommand } from '../../venture/execute-many.ts';
import { type ExecutionCommand, execute } from '../../venture/execution.ts';
import { callOf } from '../../venture/funnel.ts';
import { organisation } from '../../venture/organisations.ts';
import { overdueProjects } from '../../venture/overdue.ts';
import { VENTURE } from '../../venture/ports.ts';
import { SHEET_STYLE } from '../approval-sheet.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { ventureExecutionContracts } from '../contracts/venture-execution.ts';
import { LIST_STYLE } from '../list-style.ts';
import type { Operations } from '../operation.ts';
import { htmlPage } from '../page-policy.ts';
import { paymentSheet, releaseRequest } from '../venture-execution-pages.ts';
import { type ExecutionBody, executionView, filesView } from '../views/venture-execution-view.ts';
import { manyView } from '../views/venture-view.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;
type Services = Pick<StaffServices, 'execution' | 'clock'>;
type Shown = Promise<Result<{ readonly body: ExecutionBody }>>;

export const ventureExecution: Pick<StaffOperations, keyof typeof ventureExecutionContracts> = {
  recordVentureMilestones: ({ actor, params, body, effectId }, services) =>
    many(services, actor, params.callId, effectId, body.milestones, ({ tranche, evidence, reachedOn }) => ({
      kind: 'milestone',
      said: { tranche, evidence, reachedOn },
    })),

  proposeVentureReleases: ({ actor, params, body, effectId }, services) =>
    many(services, actor, params.callId, effectId, body.releases, ({ tranche, papers = {} }) => ({
      kind: 'propose-release',
      tranche,
      papers: given(papers),
    })),

  async decideVentureReleases({ actor, params, body, effectId }, services) {
    const { document, decidedOn, decisions } = body;
    const paid = await isPaid(services, actor, decidedOn);
    if (!paid.ok) return paid;
    return many(services, actor, params.callId, effectId, decisions, ({ tranche, outcome, reason }) => ({
      kind: 'decide-release',
      wish: { tranche, outcome, document, decidedOn, ...(reason !== undefined && { reason }) },
    }));
  },

  setVentureFileDue({ actor, params, body, effectId }, services) {
    const { numbers, ...said } = body;
    const items = numbers.map((number) => ({ number }));
    return many(services, actor, params.callId, effectId, items, () => ({ kind: 'file-due', said }));
  },

  receiveVentureFiles: ({ actor, params, body, effectId }, services) =>
    many(services, actor, params.callId, effectId, body.files, ({ filedOn, evidence }) => ({
      kind: 'file',
      said: { file: body.file, filedOn, evidence },
    })),

  evaluateVentureProjects({ actor, params, body, effectId }, services) {
    const { stage, on, evaluations } = body;
    return many(services, actor, params.callId, effectId, evaluations, ({ score, passed, evidence }) => ({
      kind: 'evaluate',
      wish: {
        stage,
        on,
        evidence,
        ...(score !== undefined && { score }),
        ...(passed !== undefined && { passed }),
      },
    }));
  },

  async getVentureExecution({ actor, params }, services) {
    const found = await signedIn(services, actor, params.projectKey);
    return found.ok ? ok({ body: executionView(found.value, services.clock.today()) }) : found;
  },

  withdrawVentureMilestone: ({ actor, params, body, effectId }, services) =>
    one(services, actor, params.projectKey, effectId, { kind: 'withdraw-milestone', ...body }),
  excuseVentureFile: ({ actor, params, body, effectId }, services) =>
    one(services, actor, params.projectKey, effectId, { kind: 'excuse', said: body }),
  reportVentureHours: ({ actor, params, body, effectId }, services) =>
    one(services, actor, params.projectKey, effectId, { kind: 'hours', said: body }),

  async reportVentureSpend({ actor, params, body, effectId }, services) {
    const found = await signedIn(services, actor, params.projectKey);
    if (!found.ok) return found;
    const { upTo, evidence, lines } = body;
    const said = { upTo, evidence, lines: linesOf(found.value, lines) };
    return one(services, actor, params.projectKey, effectId, { kind: 'spend', said });
  },

  openVentureRectification: ({ actor, params, body, effectId }, services) =>
    one(services, actor, params.projectKey, effectId, { kind: 'rectify', ...body }),
  acceptVentureRectification: ({ actor, params, body, effectId }, services) =>
    one(services, actor, params.projectKey, effectId, {
      kind: 'rectified',
      number: Number(params.number),
      ...body,
    }),

  async proposeVentureChange({ actor, params, body, effectId }, services) {
    const found = await signedIn(services, actor, params.projectKey);
    if (!found.ok) return found;
    const { grant, lines, to, serviceHours, reason } = body;
    const wish = {
      reason,
      ...(grant !== undefined && { grant: writtenFen(grant) }),
      ...(lines && { lines: linesOf(found.value, lines) }),
      ...(to !== undefined && { to }),
      ...(serviceHours !== undefined && { serviceHours }),
    };
    return one(services, actor, params.projectKey, effectId, { kind: 'propose-change', wish });
  },
  decideVentureChange: ({ actor, params, body, effectId }, services) =>
    one(services, actor, params.projectKey, effectId, { kind: 'decide-change', wish: decision(body) }),

  async proposeVentureSettlement({ actor, params, body, effectId }, services) {
    const found = await signedIn(services, actor, params.projectKey);
    if (!found.ok) return found;
    const { spend, auditedOut, interest } = body;
    const out = auditedOut?.map(({ reason, ...line }) => ({ ...lineOf(found.value, line), reason }));
    const wish = {
      ...saidOf(body),
      spend: linesOf(found.value, spend),
      ...(out && { auditedOut: out }),
      ...(interest !== undefined && { interest: writtenFen(interest) }),
    };
    return one(services, actor, params.projectKey, effectId, { kind: 'settle', wish });
  },
  decideVentureSettlement: (call, services) => conclude('settlement', call, services),

  async proposeVentureTermination({ actor, params, body, effectId }, services) {
    const found = await signedIn(services, actor, params.projectKey);
    if (!found.ok) return found;
    const { spend, breachOn } = body;
    const wish = {
      ...saidOf(body),
      ...(spend && { spend: linesOf(found.value, spend) }),
      ...(breachOn !== undefined && { breachOn }),
    };
    return one(services, actor, params.projectKey, effectId, { kind: 'terminate', wish });
  },
  decideVentureTermination: (call, services) => conclude('termination', call, services),

  proposeVentureUnused: ({ actor, params, body, effectId }, services) =>
    one(services, actor, params.projectKey, effectId, { kind: 'unused', wish: saidOf(body) }),
  decideVentureUnused: (call, services) => conclude('unused', call, services),

  closeVentureProject: ({ actor, params, effectId }, services) =>
    one(services, actor, params.projectKey, effectId, { kind: 'close' }),

  async getVenturePaymentSheet({ actor, params }, services) {
    const facts = await pageFacts(services, actor, params.projectKey);
    if (!facts.ok) return facts;
    const { project, ...shown } = facts.value;
    const money = await moneyOf(services.execution, project);
    const outstanding = await outstandingOf(services.execution, project, money);
    const today = services.clock.today();
    const body = paymentSheet(project, { ...shown, style: LIST_STYLE, money, outstanding, today });
    return ok(htmlPage(body, LIST_STYLE));
  },

  async getVentureReleaseRequest({ actor, params }, services) {
    const facts = await pageFacts(services, actor, params.projectKey);
    if (!facts.ok) return facts;
    const { project, ...shown } = facts.value;
    const tranche = trancheOf(project, Number(params.number));
    if (!tranche.ok) return tranche;
    return ok(
      htmlPage(releaseRequest(project, tranche.value, { ...shown, style: SHEET_STYLE }), SHEET_STYLE),
    );
  },

  async listVentureOverdue({ actor }, { execution, venture: { workingDays }, clock }) {
    const overdue = await overdueProjects({ ...execution, workingDays }, actor.jurisdiction);
    const { files, payments, unused } = overdue;
    const today = clock.today();
    const named = ({ projectKey, callId, application }: (typeof unused)[number]['project']) => {
      const { number, name } = application;
      return { projectKey, callId, number, name };
    };
    return ok({
      body: {
        files: files.flatMap(({ project, file: late }) =>
          filesView(project, today)
            .filter(({ file }) => file === late.file)
            .map((view) => ({ ...named(project), ...view })),
        ),
        payments: payments.map(({ project, due }) => ({ ...named(project), ...due })),
        unused: unused.map(({ project, fen: amount }) => ({ ...named(project), amount: toYuan(amount) })),
      },
    });
  },
};

async function many<Item extends { readonly number: string }>(
  { execution }: Services,
  actor: StaffActor,
  callId: string,
  request: string,
  items: readonly Item[],
  command: (item: Item) => ExecutionCommand,
) {
  const call = await callOf(execution, actor.jurisdiction, callId);
  if (!call.ok) return call;
  const numbered = items.map((item): NumberedCommand => ({ number: item.number, command: command(item) }));
  const stamp = { jurisdiction: actor.jurisdiction, by: actor.id, request };
  return ok({ body: manyView(await executeMany(execution, call.value, numbered, stamp)) });
}

async function one(
  { execution, clock }: Services,
  { jurisdiction, id }: StaffActor,
  projectKey: string,
  request: string,
  command: ExecutionCommand,
): Shown {
  const done = await execute(execution, projectKey, command, { jurisdiction, by: id, request });
  if (!done.ok) return done;
  const signed = signedProject(done.value);
  return signed.ok ? ok({ body: executionView(signed.value, clock.today()) }) : signed;
}

type Decided = {
  readonly outcome: 'agreed' | 'refused';
  readonly document: string;
  readonly decidedOn: string;
  readonly reason?: string | undefined;
};
const decision = ({ reason, ...wish }: Decided) => ({ ...wish, ...(reason !== undefined && { reason }) });

const conclude = async (
  cause: ConclusionCause,
  {
    actor,
    params,
    body,
    effectId,
  }: {
    readonly actor: StaffActor;
    readonly params: { readonly projectKey: string };
    readonly body: Decided;
    readonly effectId: string;
  },
  services: Services & Pick<StaffServices, 'grants'>,
): Shown => {
  const paid = await isPaid(services, actor, body.decidedOn);
  if (!paid.ok) return paid;
  return one(services, actor, params.projectKey, effectId, {
    kind: 'conclude',
    cause,
    wish: decision(body),
  });
};

/** That what is decided on a day is of a month that runs pay. */
const isPaid = ({ grants }: Pick<StaffServices, 'grants'>, { jurisdiction }: StaffActor, decidedOn: string) =>
  paidFrom(grants, { jurisdiction, programme: VENTURE }, [monthOf(decidedOn)]);

/** Refusals: `missing/project`, `conflict/project-not-signed`. */
async function signedIn(
  { execution }: Services,
  { jurisdiction }: StaffActor,
  projectKey: string,
): Promise<Result<SignedProject>> {
  const found = await execution.projects.get(jurisdiction, projectKey);
  return found.ok ? signedProject(found.value) : found;
}

async function pageFacts(
  services: Services & Pick<StaffServices, 'staff'>,
  actor: StaffActor,
  projectKey: string,
) {
  const found = await signedIn(services, actor, projectKey);
  if (!found.ok) return found;
  const project = found.value;
  const named = await organisation(services.execution, project.contract.organisation);
  if (!named.ok) return named;
  const staffNames = await services.staff.namesOf(actor.jurisdiction);
  return ok({ project, organisation: named.value, staffNames });
}

type Line = { readonly category: string; readonly item: string; readonly amount: string };
const lineOf = ({ contract }: SignedProject, { category, item, amount }: Line): BudgetLine => ({
  category: categoryNamed(contract.rules, category),
  item,
  fen: writtenFen(amount),
});
const linesOf = (project: SignedProject, lines: readonly Line[]): BudgetLine[] =>
  lines.map((line) => lineOf(project, line));

type Back = {
  readonly reason: string;
  readonly evidence: string;
  readonly dueOn?: string | undefined;
  readonly instalments?: readonly { readonly dueOn: string; readonly amount: string }[] | undefined;
};
const saidOf = ({ reason, evidence, dueOn, instalments }: Back) => ({
  reason,
  evidence,
  ...(dueOn !== undefined && { dueOn }),
  ...(instalments && {
    instalments: instalments.map((each) => ({ dueOn: each.dueOn, fen: writtenFen(each.amount) })),
  }),
});

const given = (papers: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(papers).flatMap(([paper, where]) => (where === undefined ? [] : [[paper, where]])),
  );
