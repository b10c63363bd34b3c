/** Roles that appear together in the route table. */
export const OFFICE = ['preparer', 'reviewer', 'approver', 'cashier'] as const;
export const READERS = ['preparer', 'reviewer', 'approver', 'cashier', 'finance-bureau', 'auditor'] as const;
export const PREPARER = ['preparer'] as const;
export const SIGNERS = ['reviewer', 'approver'] as const;
