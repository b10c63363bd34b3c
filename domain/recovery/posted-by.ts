import { chinaDate, type Instant, type PlainDate } from '../calendar.ts';
import type { RecoveryNote } from '../ledger/entry.ts';
import type { RecoveryFact } from '../ledger/recovery-entry.ts';
import { type Fen, fen } from '../money.ts';
import { invariant } from '../result.ts';
import type { PaymentLine } from '../run/draft.ts';
import type { RecoveredLine, RecoveryAct, RecoveryActOf, RecoveryOrder, RecoveryPart } from './recovery.ts';

/** One entry that an act on an order stands for, beside the payment of its part. */
export type Posted = {
  readonly part: RecoveryPart;
  readonly fact: RecoveryFact;
  readonly fen: Fen;
  readonly on: PlainDate;
  readonly note: RecoveryNote;
  readonly at: Instant;
  readonly by: string;
};

/** What an act moves in the ledger; nothing for most. @param order as it stands, with the act */
export function postedBy(act: RecoveryAct, order: RecoveryOrder | undefined): Posted[] {
  const { kind, at, by } = act;
  const ordered = order?.ordered;
  if (!order || !ordered) return [];
  const step = { order: act.order, step: act.sequence };
  if (kind === 'ordered') {
    const note = { ...step, document: act.document, proposedBy: order.proposed.by };
    return act.parts
      .filter((part) => !part.broughtIn)
      .map((part) => ({
        part,
        fact: { kind: 'recovery-ordered', lines: paymentLines(part.lines) },
        fen: part.fen,
        on: act.decidedOn,
        note,
        at,
        by,
      }));
  }
  if (kind === 'received') {
    const note = { ...step, document: act.voucher };
    const into = act.means === 'bank-return' ? 'suspense' : undefined;
    return spread(ordered, act, (part) => ({ kind: 'recovered', into: into ?? part.fundedBy })).map(
      (one) => ({ ...one, on: act.on, note, at, by }),
    );
  }
  if (kind !== 'relief-decided' || act.outcome !== 'granted') return [];
  const relief = order.reliefs.find(({ decided }) => decided?.sequence === act.sequence);
  invariant(relief, `a decision on a relief that nobody asked for: ${act.sequence}`);
  const note = { ...step, document: act.document, proposedBy: relief.proposed.by };
  return spread(ordered, act, (part, amount) =>
    relief.proposed.relief === 'waiver'
      ? { kind: 'recovery-waived' }
      : { kind: 'recovery-revoked', lines: paymentLines(firstLines(part.lines, amount)) },
  ).map((one) => ({ ...one, on: chinaDate(at), note, at, by }));
}

function spread(
  { parts }: RecoveryActOf<'ordered'>,
  { shares }: RecoveryActOf<'received' | 'relief-decided'>,
  factOf: (part: RecoveryPart, amount: Fen) => RecoveryFact,
): { part: RecoveryPart; fact: RecoveryFact; fen: Fen }[] {
  return shares.map(({ part: place, fen: amount }) => {
    const part = parts[place];
    invariant(part, `a share of part ${place} of an order that has ${parts.length}`);
    return { part, fact: factOf(part, amount), fen: amount };
  });
}

const paymentLines = (lines: readonly RecoveredLine[]): PaymentLine[] =>
  lines.map(({ setOff, ...line }) => ({ ...line, kind: setOff ? 'set-off' : 'entitlement' }));

/** As many of the lines, in their order, as come to an amount. */
function firstLines(lines: readonly RecoveredLine[], amount: Fen): RecoveredLine[] {
  let rest: number = amount;
  return lines.flatMap((line) => {
    const taken = Math.min(line.fen, rest);
    rest -= taken;
    return taken > 0 ? [{ ...line, fen: fen(taken) }] : [];
  });
}
