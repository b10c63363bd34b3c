import { parseYuan } from '../../domain/money.ts';
import { ventureRules } from '../../domain/programmes/venture-fund/rules.ts';
import { ok, type Result } from '../../domain/result.ts';
import { type Call, type CallWish, openCall } from '../../domain/venture/call.ts';
import { type By, type IntakePorts, VENTURE } from './ports.ts';

/** Opens a call by the rules in force today; the same again is the call that stands. Refusals: `policy/no-rule`, those of `openCall`. */
export async function openVentureCall(
  { policies, calls, clock }: Pick<IntakePorts, 'policies' | 'calls' | 'clock'>,
  wish: CallWish,
  { jurisdiction, by }: By,
): Promise<Result<Call>> {
  const today = clock.today();
  const book = await policies.current();
  if (!book.ok) return book;
  const scope = { jurisdiction, programme: VENTURE, knownOn: today };
  const rules = ventureRules({ book: book.value, scope }, today);
  if (!rules.ok) return rules;
  const poolMax = rules.value.pool === undefined ? ok(undefined) : parseYuan(rules.value.pool);
  if (!poolMax.ok) return poolMax;
  const stamp = { jurisdiction, openedOn: today, by, at: clock.now() };
  const call = openCall(wish, rules.value, poolMax.value, stamp);
  return call.ok ? calls.open(call.value) : call;
}
