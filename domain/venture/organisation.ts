import type { Bilingual } from '../bilingual.ts';
import { parseOrganisationCode } from '../organisation-code.ts';
import type { OrganisationKind } from '../programmes/venture-fund/options.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';

/** 机构类别 in words. */
export const KIND_NAMES: Readonly<Record<OrganisationKind, Bilingual>> = {
  association: { zh: '社会团体', en: 'association' },
  'social-service': { zh: '社会服务机构', en: 'social service institution' },
  foundation: { zh: '基金会', en: 'foundation' },
  company: { zh: '企业', en: 'company' },
  'village-committee': { zh: '村（居）民委员会', en: 'village or residents’ committee' },
  'public-institution': { zh: '事业单位', en: 'public institution' },
  unregistered: { zh: '未登记的社区社会组织', en: 'unregistered group' },
};

/** Authority and kind: the first two characters (GB 32100-2015, annex A). */
const KINDS: readonly (readonly [prefix: RegExp, kind: OrganisationKind])[] = [
  [/^51/, 'association'],
  [/^52/, 'social-service'],
  [/^53/, 'foundation'],
  // N: rural collectives, whose members the village committee speaks for.
  [/^(?:5[45]|N)/, 'village-committee'],
  [/^12/, 'public-institution'],
  [/^9[1-3]/, 'company'],
];

/**
 * Reads a credit code by its form and both check characters, and the kind of organisation by its prefix. Refusals: those of the code,
 * `invalid/organisation-kind` for bodies that run no projects (state organs, trade unions, ...).
 */
export function readOrganisation(
  text: string,
): Result<{ readonly code: string; readonly kind: OrganisationKind }> {
  const code = parseOrganisationCode(text);
  if (!code.ok) return code;
  const found = KINDS.find(([prefix]) => prefix.test(code.value));
  if (found) return ok({ code: code.value, kind: found[1] });
  return refuse(
    refusal(
      'invalid/organisation-kind',
      '该统一社会信用代码的机构类别不能申报公益创投：限社会团体(51)、社会服务机构(52)、基金会(53)、企业(91—93)、村居委会(54、55)、事业单位(12)',
      'this kind of organisation runs no projects: associations (51), social service institutions (52), foundations (53), companies (91–93), village committees (54, 55) and public institutions (12) do',
    ),
  );
}

/** A corporate account (对公账户) is held under the registered name; full-width brackets and spaces are the bank's affair. */
export function isCorporateAccount(holderName: string, legalName: string): boolean {
  const plain = (name: string) => name.normalize('NFKC').replace(/\s/g, '');
  return plain(holderName) === plain(legalName);
}

/** What keeps an organisation from money on a day. */
export type Ban = {
  readonly from: string;
  readonly until: string;
  readonly reason: string;
  readonly document: string;
  readonly by: string;
  readonly at: string;
};
export const banOn = (bans: readonly Ban[], day: string): Ban | undefined =>
  bans.find(({ from, until }) => from <= day && day <= until);
