import type { Bilingual } from '../bilingual.ts';
import { type Fen, sumFen, toYuan } from '../money.ts';
import type { ControlPolicy } from '../policy/control-parameters.ts';
import type { RunManifest } from '../run/manifest.ts';
import type { RunTotals } from '../run/summary.ts';
import type { ControlNotes } from './control.ts';

/** What a control of a whole run looks at. */
export type RunControlInput = {
  readonly policy: NonNullable<ControlPolicy['runControls']>;
  readonly manifest: Pick<RunManifest, 'approvalChain' | 'round'> &
    Partial<Pick<RunManifest, 'payDate' | 'payBy'>>;
  readonly totals: RunTotals;
  /** Findings set aside by two people. */
  readonly overrides: number;
  /** The entitlement of the regular run of the period before; absent where there was none. */
  readonly beforeFen?: Fen;
  /** Payable totals of other runs of the programme that the same people prepared shortly before. */
  readonly others: readonly Fen[];
};

/** 批次级疑点: stands until the run changes, and is acknowledged with a reason by whoever submits it. */
export type RunFinding = Bilingual & { readonly control: string };

/** A control of a whole run: shown in the review, to be acknowledged on submission, and shown to whoever signs. */
export type RunControl = ControlNotes & {
  readonly check: (input: RunControlInput) => Bilingual | undefined;
};

const NOTES = { parameter: 'runControls', severity: 'hold', owner: 'preparer' } as const;

const splitRun: RunControl = {
  ...NOTES,
  code: 'split-run',
  names: { zh: '疑似拆分批次', en: 'possibly split under a limit' },
  basis: '审计常见问题：化整为零规避审批限额；审批流程的金额由本地政策规定',
  findings: ['C17'],
  needs: { zh: '同一经办人的其他批次', en: 'other runs of the same preparers' },
  explanation: {
    zh: '同一经办人短期内的几个批次各自不超过某一审批金额而合计超过：说明为何分开',
    en: 'runs of the same preparers each stay under the amount of a step and together exceed it: say why they are apart',
  },
  check: ({ manifest, others, policy, totals }) => {
    if (policy.splitDays === undefined || totals.payable.fen === 0) return undefined;
    const crossed = manifest.approvalChain.flatMap(({ aboveFen }) => {
      if (aboveFen === undefined || totals.payable.fen > aboveFen) return [];
      const under = others.filter((amount) => amount > 0 && amount <= aboveFen);
      return under.length > 0 && sumFen(under) + totals.payable.fen > aboveFen ? [aboveFen] : [];
    });
    const [limit] = crossed.sort((a, b) => a - b);
    return limit === undefined
      ? undefined
      : {
          zh: `同一经办人 ${policy.splitDays} 天内的批次各自不超过 ${toYuan(limit)} 元而合计超过：请说明分开的原因`,
          en: `runs of the same preparers within ${policy.splitDays} days each stay under ${toYuan(limit)} yuan and together exceed it: say why they are apart`,
        };
  },
};

const manyAccountChanges: RunControl = {
  ...NOTES,
  code: 'many-account-changes',
  names: { zh: '发放前集中变更账户', en: 'many accounts changed before the run' },
  basis: '审计常见问题：发放前一周集中变更收款账户；数量由本地政策规定',
  findings: ['C19'],
  needs: { zh: '账户变更记录', en: 'changes of accounts' },
  explanation: {
    zh: '截止前若干天内变更账户的收款人超过规定数量：核对变更依据后说明',
    en: 'more payees than policy allows changed their account in the days before the cut-off: check what the changes rest on, and say so',
  },
  check: ({ policy: { accountChanges }, totals }) => {
    const changed = totals.unusual?.accountsChanged ?? 0;
    return accountChanges && changed > accountChanges.max
      ? {
          zh: `截止前 ${accountChanges.days} 天内有 ${changed} 名收款人变更账户，超过 ${accountChanges.max} 名：请核对变更依据后说明`,
          en: `${changed} payees changed their account in the ${accountChanges.days} days before the cut-off, more than ${accountChanges.max}: check what the changes rest on, and say so`,
        }
      : undefined;
  },
};

/** The period's own money of a run, whatever stands against paying it. */
export function entitlementFen(totals: Pick<RunTotals, 'components'>): Fen {
  return sumFen(
    Object.entries(totals.components).flatMap(([key, amount]) =>
      key.endsWith('/entitlement') ? [amount] : [],
    ),
  );
}

const totalChange: RunControl = {
  ...NOTES,
  code: 'total-change',
  names: { zh: '总额较上期变动大', en: 'the total differs much from the period before' },
  basis: '审计常见问题：月际发放总额异常变动；比例由本地政策规定',
  findings: ['C7', 'C18'],
  needs: { zh: '上期正常批次', en: 'the regular run of the period before' },
  explanation: {
    zh: '本期应发合计与上期相差超过规定比例：说明原因',
    en: 'the entitlements differ from the period before by more than policy allows: say why',
  },
  check: ({ beforeFen, policy: { totalChangePercent }, totals }) => {
    if (totalChangePercent === undefined || !beforeFen) return undefined;
    const change = entitlementFen(totals) - beforeFen;
    return Math.abs(change) * 100 > beforeFen * totalChangePercent
      ? {
          zh: `本期应发合计与上期相差超过 ${totalChangePercent}%（上期 ${toYuan(beforeFen)} 元）：请说明原因`,
          en: `the entitlements differ by more than ${totalChangePercent} % from the period before (${toYuan(beforeFen)} yuan): say why`,
        }
      : undefined;
  },
};

const manyOverrides: RunControl = {
  ...NOTES,
  code: 'many-overrides',
  names: { zh: '放行疑点过多', en: 'many findings set aside' },
  basis: '审计常见问题：疑点核实流于形式；数量由本地政策规定',
  findings: ['C16'],
  needs: { zh: '放行记录', en: 'overrides' },
  explanation: {
    zh: '放行的疑点超过规定数量：说明如何核实',
    en: 'more findings were set aside than policy allows: say how they were verified',
  },
  check: ({ overrides, policy: { overridesMax } }) =>
    overridesMax !== undefined && overrides > overridesMax
      ? {
          zh: `放行疑点 ${overrides} 项，超过 ${overridesMax} 项：请说明如何核实`,
          en: `${overrides} findings were set aside, more than ${overridesMax}: say how they were verified`,
        }
      : undefined,
};

const manyNewcomers: RunControl = {
  ...NOTES,
  code: 'many-newcomers',
  names: { zh: '街道新增占比高', en: 'a street with many newcomers' },
  basis: '审计常见问题：“关系保”“人情保”集中新增；比例由本地政策规定',
  findings: ['C8'],
  needs: { zh: '各街道本期新增', en: 'newcomers by street' },
  explanation: {
    zh: '某街道新增占其发放笔数的比例超过规定：抽查后说明',
    en: 'newcomers are more of a street’s payments than policy allows: look at some of them, and say so',
  },
  check: ({ beforeFen, policy: { newSharePercent }, totals }) => {
    // In the first month everybody is a newcomer.
    if (!newSharePercent || !beforeFen) return undefined;
    const { least, percent } = newSharePercent;
    const streets = Object.entries(totals.unusual?.newcomers ?? {})
      .filter(([street, count]) => {
        const { payable, held } = totals.streets[street] ?? { payable: { count: 0 }, held: { count: 0 } };
        return count >= least && count * 100 > (payable.count + held.count) * percent;
      })
      .map(([street]) => street)
      .sort();
    return streets.length === 0
      ? undefined
      : {
          zh: `新增超过 ${percent}% 的街道：${streets.join('、')}：请抽查后说明`,
          en: `streets with more than ${percent} % newcomers: ${streets.join(', ')}: look at some of them, and say so`,
        };
  },
};

const paidLate: RunControl = {
  ...NOTES,
  code: 'paid-late',
  names: { zh: '超过规定的发放时限', en: 'paid later than policy wants' },
  basis: '价格临时补贴等有发放时限的项目：价格指数公布后规定的工作日内发放到位；时限由政策规定',
  findings: ['C18'],
  needs: { zh: '发放日和政策规定的时限', en: 'the pay day, and the limit that policy sets' },
  explanation: {
    zh: '发放日晚于政策规定的时限：提前发放，或说明原因',
    en: 'the pay day lies after the limit that policy sets: pay earlier, or say why',
  },
  check: ({ manifest: { payDate, payBy }, totals }) =>
    payDate !== undefined && payBy !== undefined && payDate > payBy && totals.payable.fen > 0
      ? {
          zh: `发放日 ${payDate} 晚于政策规定的 ${payBy}：请提前发放，或说明原因`,
          en: `the pay day ${payDate} lies after ${payBy}, by when policy wants it paid: pay earlier, or say why`,
        }
      : undefined,
};

export const RUN_CONTROLS: readonly RunControl[] = [
  splitRun,
  manyAccountChanges,
  totalChange,
  manyOverrides,
  manyNewcomers,
  paidLate,
];

export function findingsOnRun(input: RunControlInput): RunFinding[] {
  return RUN_CONTROLS.flatMap((control) => {
    const words = control.check(input);
    return words ? [{ control: control.code, ...words }] : [];
  });
}
