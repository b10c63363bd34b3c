const VOUCHER = '-voucher';

/** The component of what is given as services alone (服务额度): an allowance that no run pays in money. */
export const voucherOf = (component: string): string => `${component}${VOUCHER}`;

export const isVoucher = (component: string): boolean => component.endsWith(VOUCHER);
