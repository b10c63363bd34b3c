import { type Fen, fen, sumFen, toYuan } from '../../../domain/money.ts';
import { isSigned, type SampleProject } from '../sample/project-rows.ts';
import { DISTRICT_PROJECTS } from '../sample/projects.ts';
import { type Amount, fenOf } from './payment-run.ts';
import { type Check, type Stage, same, stage } from './report.ts';
import { type ClosedRun, equal, paidChecks, paidStages, totalsOf } from './run-comparison.ts';
import { backOf, lastPayment, trancheFen } from './venture-expected.ts';
import type { VentureMonth } from './venture-month.ts';

/** The stages of a round of 公益创投, one line each. */
export function ventureStages(month: VentureMonth): Stage[] {
  return [
    ...month.call.funnel.map(({ names, projects, amount }) =>
      stage(names.zh, names.en, { count: projects, fen: fenOf(amount) }),
    ),
    ...paidStages(month.paid),
    stage('追缴', 'recovery orders', {
      count: month.recoveries.totals.count,
      fen: fenOf(month.recoveries.totals.received),
    }),
  ];
}

/** Every comparison of a round that has to come out even. */
export const ventureChecks = (month: VentureMonth): Check[] => [
  ...intakeChecks(month),
  ...funnelChecks(month),
  ...lineChecks(month),
  ...refusalChecks(month),
  ...endChecks(month),
  ...paidChecks(month.paid),
];

const amountFrom = (amounts: readonly Fen[]): Amount => ({ count: amounts.length, fen: sumFen(amounts) });
const askedBy = (projects: readonly SampleProject[]): Amount =>
  amountFrom(projects.map(({ asked }) => asked));
const signedOf = ({ round }: VentureMonth): readonly SampleProject[] => round.projects.filter(isSigned);

function intakeChecks({ sheet, round }: VentureMonth): Check[] {
  const amount = ({ projects, asked }: { readonly projects: number; readonly asked: string }): Amount => ({
    count: projects,
    fen: fenOf(asked),
  });
  return [
    same('项目汇总表：录入 = 控制总数', 'sheet: filed = stated', amount(sheet.filed), amount(sheet.stated)),
    same('项目汇总表：录入 = 样表', 'sheet: filed = made', amount(sheet.filed), askedBy(round.projects)),
    equal('项目汇总表相符', 'sheet agrees', String(sheet.agrees), 'true'),
  ];
}

function funnelChecks(month: VentureMonth): Check[] {
  const { call, round } = month;
  const screened = round.projects.filter(({ fate }) => fate !== 'rejected');
  const shortlisted = round.projects.filter((project) => isSigned(project) || project.fate === 'objected');
  const expected: Readonly<Record<string, readonly SampleProject[]>> = {
    filed: round.projects,
    screened,
    scored: screened,
    shortlisted,
    publicised: shortlisted,
    signed: signedOf(month),
  };
  const steps = call.funnel.map(({ step, names, projects, amount }) =>
    same(names.zh, names.en, { count: projects, fen: fenOf(amount) }, askedBy(expected[step] ?? [])),
  );
  const signed = askedBy(signedOf(month)).fen;
  return [
    ...steps,
    equal('入围额度 = 签约', 'allotted = signed', call.allotted, toYuan(signed)),
    equal('总盘余额', 'left of the pool', call.left, toYuan(fen(fenOf(call.pool) - signed))),
    ...(round.projects.length > DISTRICT_PROJECTS
      ? [equal('超过215万元', 'above 2.15 million yuan', String(signed > 215_000_000), 'true')]
      : []),
  ];
}

/** Every line of the instruction files, account by account, against the amounts worked out here. */
function lineChecks(month: VentureMonth): Check[] {
  const { first, second, turning } = month;
  const due = (project: SampleProject, amount: Fen) => `${project.organisation.account}/${toYuan(amount)}`;
  const firstDue = signedOf(month).map((project) => due(project, trancheFen(project, 1)));
  const secondDue = [
    ...turning.passing.map((project) => due(project, trancheFen(project, 2))),
    due(turning.settledUp, lastPayment(turning.settledUp)),
  ];
  return [...linesOf('S1', first, firstDue), ...linesOf('S2', second, secondDue)];
}

function linesOf(round: string, run: ClosedRun, expected: readonly string[]): Check[] {
  const lines = run.files.flatMap((file) => file.lines);
  const sent = lines.map((line) => `${line.account}/${toYuan(line.fen)}`);
  const wrong = difference(sent, expected);
  return [
    equal(`${round} 报盘逐行 = 独立计算`, 'instruction lines = worked out apart', wrong.join(' '), ''),
    equal(`${round} 明细数`, 'payments', totalsOf(run.approved).payable.count, expected.length),
    equal(`${round} 没有缓发`, 'nothing held', totalsOf(run.approved).held.count, 0),
  ];
}

/** What is in one list and not in the other, each as often as it is. */
function difference(left: readonly string[], right: readonly string[]): string[] {
  const rest = [...right];
  const more = left.filter((one) => {
    const at = rest.indexOf(one);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
  return [...more.map((one) => `+${one}`), ...rest.map((one) => `-${one}`)];
}

function refusalChecks({ refusals, refused, overdue, turning }: VentureMonth): Check[] {
  const blocked = ['conflict/double-support', 'conflict/double-support', 'conflict/double-support'];
  return [
    equal('重复资助被拦下', 'double support is blocked', refusals.join(), blocked.join()),
    equal(
      '里程碑再次登记',
      'milestone recorded twice',
      refused.milestoneTwice,
      'conflict/milestone-recorded',
    ),
    equal('申请人自己决定', 'decided by the proposer', refused.ownMilestone, 'forbidden/same-person'),
    equal('不合格后申请', 'release after a failure', refused.afterFailure, 'conflict/evaluation-failed'),
    equal('材料逾期不得通过', 'no pass without the file', refused.withoutFile, 'conflict/file-late'),
    equal(
      '逾期材料清单',
      'overdue files',
      overdue.files.map(({ number }) => number).join(),
      turning.late.number,
    ),
  ];
}

function endChecks(month: VentureMonth): Check[] {
  const { ended, turning, recoveries } = month;
  const returned = backOf(turning);
  const back = sumFen(Object.values(returned));
  const balance = (name: keyof typeof ended) => ended[name].conclusion?.balance ?? '';
  const { totals } = recoveries;
  return [
    equal('结算补付', 'settlement pays', balance('settledUp'), toYuan(lastPayment(turning.settledUp))),
    equal('结算退回', 'settlement asks back', balance('settledDown'), toYuan(fen(0 - returned.settledDown))),
    equal('终止退回', 'termination asks back', balance('failed'), toYuan(fen(0 - returned.failed))),
    ...Object.entries(ended).map(([name, { state }]) =>
      equal(`结项 ${name}`, `closed: ${name}`, state, 'closed'),
    ),
    equal('追缴应缴 = 独立计算', 'ordered = worked out apart', totals.ordered, toYuan(back)),
    equal('追缴已缴', 'paid in', totals.received, toYuan(back)),
    equal('追缴尚欠', 'outstanding', totals.outstanding, '0.00'),
  ];
}
