/** A value of the policy book in one line for people: members by name, rows of a table one after the other, text as it is. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return '—';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? '是 / yes' : '否 / no';
  if (Array.isArray(value)) {
    const rows = value.map((member) => (isFlat(member) ? valueText(member) : `(${valueText(member)})`));
    return rows.length === 0 ? '—' : rows.join('; ');
  }
  return Object.entries(value)
    .sort(byKind)
    .map(([member, inner]) => `${member}: ${isFlat(inner) ? valueText(inner) : `(${valueText(inner)})`}`)
    .join(', ');
}

const isFlat = (value: unknown): boolean => typeof value !== 'object' || value === null;

const AMOUNT = /^\d+\.\d+$/;

/** Amounts last, the others by name: the same content is the same text, in whatever order it was written. */
function byKind([a, left]: [string, unknown], [b, right]: [string, unknown]): number {
  const rank = (value: unknown) => (typeof value === 'string' && AMOUNT.test(value) ? 1 : 0);
  return rank(left) - rank(right) || (a < b ? -1 : 1);
}
