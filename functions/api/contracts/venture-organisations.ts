import * as z from 'zod/mini';
import type { Contract } from './contract.ts';
import { DateText, DocumentNumber, Next, PersonKeyText, paging, Reason } from './primitives.ts';
import { OrganisationInput, OrganisationView, StatusInput } from './venture-schemas.ts';

const ofOrganisation = z.strictObject({ personKey: PersonKeyText });

/** Organisations that apply to the venture fund. */
export const ventureOrganisationContracts = {
  registerVentureOrganisation: {
    summary: { zh: '登记申报单位', en: 'Register an organisation' },
    notes: {
      zh: '核对统一社会信用代码的两个校验码；收款账户须为户名与登记名称一致的对公账户。已有其他账户的，只作为变更提出，由另一人确认。',
      en: 'Both check characters of the credit code are checked. The account is corporate, in the registered name; where another is on record the change is only proposed, and a second person confirms it.',
    },
    request: z.extend(OrganisationInput, { status: z.optional(StatusInput) }),
    status: 201,
    response: OrganisationView,
  },
  listVentureOrganisations: {
    summary: { zh: '申报单位', en: 'Organisations' },
    query: z.strictObject({ ...paging }),
    status: 200,
    response: z.strictObject({ organisations: z.array(OrganisationView), next: Next }),
  },
  getVentureOrganisation: {
    summary: { zh: '一个申报单位', en: 'An organisation' },
    params: ofOrganisation,
    status: 200,
    response: OrganisationView,
  },
  recordOrganisationStatus: {
    summary: { zh: '登记单位的登记状态', en: 'Record how an organisation stands' },
    notes: {
      zh: '写明查询日期和来源。状态不正常的不能签约、不能拨付。',
      en: 'With the day and the source. Who is not in good standing signs nothing and is paid nothing.',
    },
    params: ofOrganisation,
    request: StatusInput,
    status: 200,
    response: OrganisationView,
  },
  banVentureOrganisation: {
    summary: { zh: '禁止申报', en: 'Ban an organisation' },
    params: ofOrganisation,
    request: z.strictObject({ from: DateText, until: DateText, reason: Reason, document: DocumentNumber }),
    status: 200,
    response: OrganisationView,
  },
} as const satisfies Record<string, Contract>;
