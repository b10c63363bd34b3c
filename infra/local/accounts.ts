/** The people who can sign in to the local issuer: one per role, and second people for the two-person rules. */
import type { Role } from '../../functions/api/routes.ts';
import { SAMPLE_STREETS } from './sample/streets.ts';

export type Account = {
  /** What one signs in with. */
  readonly id: string;
  /** `sub` of the token: stable, because staff items and beneficiary links are bound to it. */
  readonly sub: string;
  readonly name: string;
  readonly office: { readonly zh: string; readonly en: string };
  readonly roles: readonly Role[];
};

export const ACCOUNTS = [
  account('preparer', '张经办', ['preparer'], '经办', 'preparer'),
  account('preparer-2', '孙经办', ['preparer'], '经办（第二人）', 'second preparer'),
  account('reviewer', '李复核', ['reviewer'], '复核', 'reviewer'),
  account('approver', '王审批', ['approver'], '审批', 'approver'),
  account('approver-2', '赵局长', ['approver'], '审批（分管局长）', 'approver, deputy director'),
  account('cashier', '陈出纳', ['cashier'], '出纳', 'cashier'),
  account('finance', '周财政', ['finance-bureau'], '财政局', 'finance bureau'),
  account('admin', '吴管理', ['administrator'], '系统管理', 'administrator'),
  account('auditor', '郑审计', ['auditor'], '审计', 'auditor'),
  {
    ...account('beneficiary', '阿依古丽·麦麦提', ['beneficiary'], '老人本人', 'beneficiary'),
    sub: 'beneficiary-1',
  },
  {
    ...account('beneficiary-2', '低保户主', ['beneficiary'], '低保户主', 'head of a household'),
    sub: 'beneficiary-2',
  },
] as const satisfies readonly Account[];

/** The same offices of a second bureau, which the demo's quarter belongs to: `new-preparer`, `new-reviewer`, … */
export const NEW_DISTRICT_ACCOUNTS: readonly Account[] = ACCOUNTS.filter(
  ({ roles }) => !roles.some((role) => role === 'administrator'),
).map(({ id, sub, name, office, roles }) => ({
  id: `new-${id}`,
  sub: `new-${sub}`,
  name: `新区${name}`,
  office: { zh: `新区${office.zh}`, en: `new district, ${office.en}` },
  roles,
}));

/** Who prepares and who signs a street's change reports, by the number of the street. */
const STREET_OFFICES = [
  { id: 'preparer', roles: ['preparer'], zh: '填报', en: 'prepares reports' },
  { id: 'signer', roles: ['reviewer'], zh: '签报', en: 'signs reports' },
] as const;

/** Two people in every street of the sample district, e.g. `street-1-preparer` and `street-1-signer`. */
export const STREET_ACCOUNTS: readonly (Account & { readonly street: string })[] = SAMPLE_STREETS.flatMap(
  ({ code, name }, index) =>
    STREET_OFFICES.map(({ id, roles, zh, en }) => ({
      ...account(
        `street-${index + 1}-${id}`,
        `${name}${zh}`,
        roles,
        `${name}${zh}`,
        `street ${index + 1}, ${en}`,
      ),
      street: code,
    })),
);

/** Password of every local account: the local issuer shows who may do what, it keeps nobody out. */
export const DEMO_PASSWORD = 'fafang-demo';

function account<Id extends string>(
  id: Id,
  name: string,
  roles: readonly Role[],
  zh: string,
  en: string,
): Account & { readonly id: Id } {
  return { id, sub: `staff-${id}`, name, roles, office: { zh, en } };
}

/** The account with this id, if any. */
export function accountNamed(id: string): Account | undefined {
  return [...ACCOUNTS, ...NEW_DISTRICT_ACCOUNTS, ...STREET_ACCOUNTS].find((known) => known.id === id);
}
