/**
 * An answer that does not fit its own totals. Of lines of text, one in the middle is left out, so that totals and digest are those of
 * the whole; anything else is cut off before its end. Where a format has no totals, that is an answer in which a line is missing, and
 * nobody can tell.
 */
export function withoutItsTotals(bytes: Uint8Array, contentType: string): Uint8Array {
  if (!contentType.startsWith('text/plain')) return bytes.slice(0, Math.floor(bytes.length * 0.8));
  const middle = Math.floor(bytes.length / 2);
  const from = bytes.lastIndexOf(LINE_BREAK, middle) + 1;
  const to = bytes.indexOf(LINE_BREAK, middle) + 1;
  const whole = from > 0 && to > from && to < bytes.length;
  return whole ? Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]) : bytes.slice(0, middle);
}

const LINE_BREAK = 0x0a;
