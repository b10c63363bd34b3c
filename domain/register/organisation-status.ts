import type { Bilingual } from '../bilingual.ts';

/** 登记状态 of an organisation, as its registration authority has it: a dated fact of its record. */
export const ORGANISATION_STATUSES = ['normal', 'abnormal', 'seriously-unlawful', 'cancelled'] as const;
export type OrganisationStatus = (typeof ORGANISATION_STATUSES)[number];
export const STATUS_NAMES: Readonly<Record<OrganisationStatus, Bilingual>> = {
  normal: { zh: '正常', en: 'normal' },
  abnormal: { zh: '活动异常', en: 'listed for abnormal activity' },
  'seriously-unlawful': { zh: '严重违法失信', en: 'listed as seriously unlawful' },
  cancelled: { zh: '已注销或撤销', en: 'cancelled' },
};

export const isOrganisationStatus = (text: string): text is OrganisationStatus =>
  ORGANISATION_STATUSES.some((status) => status === text);
