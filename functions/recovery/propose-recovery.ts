import { proposeOrder, type RecoveryWish } from '../../domain/recovery/commands.ts';
import {
  type Recoveries,
  type RecoveryId,
  type RecoveryOrder,
  recoveryIdOf,
} from '../../domain/recovery/recovery.ts';
import { invariant, ok, type Result } from '../../domain/result.ts';
import type { RecoveryAddress } from '../adapters/recovery-store.ts';
import type { RecoveryPorts } from './recovery-ports.ts';

export type ProposedRecovery = RecoveryAddress &
  RecoveryWish & {
    readonly by: string;
    /** Name of the request, where one has a name. */
    readonly request?: string;
  };
/** An order with its id and where it stands. */
export type KnownRecovery = {
  readonly recoveryId: RecoveryId;
  readonly address: RecoveryAddress;
  readonly order: RecoveryOrder;
};

/**
 * Proposes that money be ordered back, once for its basis (`project:<key>:settlement`): asked again it is the proposal that stands. No
 * money moves before another person decides. In a programme that pays by grants, record what is withdrawn of them first: an order takes
 * back only what is no longer granted, else the next run would pay it again. Refusals: those of `proposeOrder`, `conflict/busy`.
 */
export async function proposeRecovery(
  ports: Pick<RecoveryPorts, 'recoveries' | 'clock'>,
  asked: ProposedRecovery,
): Promise<Result<KnownRecovery>> {
  const { jurisdiction, programme, enrolment, by, request, ...wish } = asked;
  const address = { jurisdiction, programme, enrolment };
  const stamp = { now: () => ports.clock.now(), by, ...(request !== undefined && { request }) };
  const acted = await ports.recoveries.act(address, (recoveries) => proposeOrder(recoveries, wish), stamp);
  if (!acted.ok) return acted;
  const mine = standing(acted.value.recoveries, wish);
  invariant(mine, `a proposal of ${enrolment} that was just there`);
  return ok({ recoveryId: recoveryIdOf(enrolment, mine.order), address, order: mine });
}

const standing = ({ orders }: Recoveries, { basis, fen }: RecoveryWish): RecoveryOrder | undefined =>
  orders.findLast(({ refused, proposed }) => !refused && proposed.basis === basis && proposed.fen === fen);
