/** Roles that appear together in the route table. */
export const OFFICE = ['preparer', 'reviewer', 'approver', 'cashier'] as const;
export const READERS = ['preparer', 'reviewer', 'approver', 'cashier', 'finance-bureau', 'auditor'] as const;
export const PREPARER = ['preparer'] as const;
export const SIGNERS = ['reviewer', 'approver'] as const;
/** Who confirms where money goes. The cashier signs no step of a run: with him as second person nobody is missing at the next signature. */
export const SECOND_PERSONS = ['cashier', ...SIGNERS] as const;
