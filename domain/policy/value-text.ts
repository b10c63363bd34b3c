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
    .map(([member, inner]) => `${member}: ${isFlat(inner) ? valueText(inner) : `(${valueText(inner)})`}`)
    .join(', ');
}

const isFlat = (value: unknown): boolean => typeof value !== 'object' || value === null;
