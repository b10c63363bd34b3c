import { type Month, monthOf, type PlainDate } from '../calendar.ts';
import { type Fen, fen, toYuan } from '../money.ts';
import type { Component, Step } from '../programmes/programme.ts';
import type { Tranche } from '../programmes/venture-fund/tranches.ts';
import { invariant } from '../result.ts';
import type { Contract } from './contract.ts';
import type { Release } from './execution-fold.ts';
import { releasesOf, rulesOf, type SignedProject } from './execution-standing.ts';
import type { ProjectActOf } from './project-acts.ts';

/** Components of a project's payments, as the programme names them. */
const TRANCHE = 'tranche';
const BONUS = 'bonus';

/** A grant, or what is withdrawn of grants, that a decision about a project makes. */
export type GrantEffect = {
  readonly kind: 'grant' | 'grant-withdrawn';
  /** Once in the world: `project:<key>:tranche-<n>`, `project:<key>:settlement`, `project:<key>:<cause>-withdrawn`. */
  readonly basis: string;
  readonly spans: readonly {
    readonly from: Month;
    readonly components: readonly Component[];
    readonly derivation: readonly Step[];
  }[];
  readonly document: string;
  readonly decidedOn: PlainDate;
  readonly sample: boolean;
  readonly proposedBy: string;
  readonly decidedBy: string;
  readonly evidenceBy: string;
};

/**
 * Everything that the decisions on a project make of its money, in their order. Worked out from its acts alone, so that whoever was
 * interrupted is finished by working it out again.
 */
export function grantEffects(project: SignedProject): GrantEffect[] {
  const { contract, execution } = project;
  const released = releasesOf(execution).sort((a, b) => a.decided.sequence - b.decided.sequence);
  const grants = released.flatMap((release) => releaseEffect(project, contract, release));
  const concluded = conclusionEffect(project);
  return concluded ? [...grants, concluded] : grants;
}

type Released = Release & Required<Pick<Release, 'decided'>>;

function releaseEffect(
  project: SignedProject,
  contract: Contract,
  { proposed, decided }: Released,
): GrantEffect[] {
  const { tranche: number, bonus = fen(0) } = proposed;
  const components: readonly Component[] = [
    { component: BONUS, fen: bonus },
    { component: TRANCHE, fen: proposed.fen },
  ];
  const paid = components.filter((one) => one.fen > 0);
  // A tranche of nothing, of a tiny grant or after an evaluation that pays nothing, is released without a payment.
  if (paid.length === 0) return [];
  const milestone = project.execution.milestones[number];
  invariant(milestone, `tranche ${number} was released without its milestone`);
  const planned = contract.tranches.find((tranche) => tranche.number === number);
  invariant(planned, `tranche ${number} was released and is not in the contract`);
  return [
    {
      ...effect(project, `tranche-${number}`, decided, proposed.by),
      kind: 'grant',
      spans: [
        {
          from: monthOf(decided.decidedOn),
          components: paid,
          derivation: [
            trancheStep(contract, planned, proposed.fen),
            ...(bonus > 0 ? [bonusStep(number, bonus)] : []),
          ],
        },
      ],
      evidenceBy: milestone.by,
    },
  ];
}

function trancheStep({ tranches }: Contract, planned: Tranche, paid: Fen): Step {
  const { number, share, milestone } = planned;
  return {
    code: 'tranche',
    inputs: {
      number: String(number),
      count: String(tranches.length),
      share: share.includes('/') ? share : `${share}%`,
      milestone,
      planned: toYuan(planned.fen),
    },
    result: toYuan(paid),
  };
}

const bonusStep = (number: number, bonus: Fen): Step => ({
  code: 'bonus',
  inputs: { number: String(number) },
  result: toYuan(bonus),
});

/** The last payment of a settlement, or what is withdrawn of the grants because it is to be given back. */
function conclusionEffect(project: SignedProject): GrantEffect | undefined {
  const { conclusion } = project.execution;
  if (!conclusion?.decided || conclusion.proposed.balance === 0) return undefined;
  const { proposed, decided } = conclusion;
  const { cause, balance, steps } = proposed;
  if (balance > 0) {
    const from = monthOf(decided.decidedOn);
    const components = [{ component: TRANCHE, fen: balance }];
    return {
      ...effect(project, cause, decided, proposed.by),
      kind: 'grant',
      spans: [{ from, components, derivation: steps }],
      evidenceBy: proposed.by,
    };
  }
  return {
    ...effect(project, `${cause}-withdrawn`, decided, proposed.by),
    kind: 'grant-withdrawn',
    spans: withdrawn(project, fen(0 - balance)).map(({ from, fen: amount }) => ({
      from,
      components: [{ component: TRANCHE, fen: amount }],
      derivation: steps,
    })),
    evidenceBy: proposed.by,
  };
}

/** A sum taken out of what was released, from the last month back, in ascending months. */
function withdrawn({ execution }: SignedProject, amount: Fen): { readonly from: Month; readonly fen: Fen }[] {
  const given = new Map<Month, number>();
  for (const { proposed, decided } of releasesOf(execution)) {
    const month = monthOf(decided.decidedOn);
    given.set(month, (given.get(month) ?? 0) + proposed.fen);
  }
  let rest: number = amount;
  const taken: { from: Month; fen: Fen }[] = [];
  for (const [from, sum] of [...given].sort(([a], [b]) => (a < b ? 1 : -1))) {
    const part = Math.min(rest, sum);
    if (part > 0) taken.unshift({ from, fen: fen(part) });
    rest -= part;
  }
  invariant(rest === 0, 'more is taken back than was released');
  return taken;
}

function effect(
  project: SignedProject,
  what: string,
  decided: ProjectActOf<'release-decided'> | ProjectActOf<'conclusion-decided'>,
  proposedBy: string,
): Omit<GrantEffect, 'kind' | 'spans' | 'evidenceBy'> {
  const { document, decidedOn, by } = decided;
  return {
    basis: `project:${project.projectKey}:${what}`,
    document,
    decidedOn,
    sample: rulesOf(project).sample,
    proposedBy,
    decidedBy: by,
  };
}

/**
 * 应完成服务时数: the part of the contracted hours that the money released before the latest payment stands for, all of them once the
 * project is settled. What is paid on signing is paid ahead and asks for none.
 */
export function hoursDue({ contract, execution }: SignedProject): number {
  const { serviceHours: contracted = 0, grant } = contract;
  const { conclusion } = execution;
  if (conclusion?.decided && conclusion.proposed.balance > 0) return contracted;
  const released = releasesOf(execution).sort((a, b) => a.decided.sequence - b.decided.sequence);
  const before = released.slice(0, -1).reduce((sum, { proposed }) => sum + BigInt(proposed.fen), 0n);
  return Number((BigInt(contracted) * before) / BigInt(grant));
}

/** Key of the recovery order that follows from how a project ended. */
export const recoveryBasis = (project: SignedProject): string =>
  `project:${project.projectKey}:${project.execution.conclusion?.proposed.cause ?? 'settlement'}`;
