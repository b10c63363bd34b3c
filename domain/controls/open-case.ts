import type { Control } from './control.ts';

/**
 * 疑点在办: a match or a report that is being looked into. The money waits until the case is decided; if it goes on, the next run pays
 * what was held.
 */
export const openCase: Control = {
  code: 'open-case',
  names: { zh: '疑点在办', en: 'a case is open' },
  basis: '民发〔2021〕57号：动态管理、及时核查；审计常见问题：不符合条件人员领取',
  findings: ['C1', 'C2', 'C8', 'C12', 'C14'],
  needs: { zh: '比对名单、群众举报', en: 'matching lists, reports from the public' },
  explanation: {
    zh: '有按本地规定须暂缓的疑点尚未办结：办结后，继续发放的下一批次补发，停发的自决定月份起不再发放',
    en: 'a case that holds by policy is not closed: once it is, the next run pays what goes on, and nothing from the month of a stop',
  },
  severity: 'hold',
  owner: 'street',
  check: ({ subject }) => {
    const [first] = subject.cases ?? [];
    if (!first) return undefined;
    const number = subject.cases?.length ?? 0;
    // The beneficiary reads this too: not what the matter is, and not who spoke of it.
    return {
      zh: `有 ${number} 件疑点在办（${first.openedOn} 立案）：请核查、告知、决定后办结`,
      en: `cases that are open: ${number}, the first since ${first.openedOn}; verify, notify, decide`,
    };
  },
};
