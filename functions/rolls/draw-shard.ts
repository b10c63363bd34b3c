import { monthOf, type PlainDate } from '../../domain/calendar.ts';
import { headOn } from '../../domain/household/membership.ts';
import type { PersonKey } from '../../domain/ids.ts';
import { type FollowedRoll, followedRolls } from '../../domain/programmes/followed-rolls.ts';
import { latestFact } from '../../domain/register/facts.ts';
import type { PayeeRecord } from '../../domain/register/payee.ts';
import { invariant } from '../../domain/result.ts';
import { bucketsOf } from '../../domain/run/manifest.ts';
import type { DrawRolls } from '../../events/determination.ts';
import type { PolicyStore } from '../adapters/policy-store.ts';
import type { EnrolmentRead, RegisterStore } from '../adapters/register-store.ts';
import type { SweepStore } from '../adapters/sweep-store.ts';
import { mapBounded } from '../concurrency.ts';
import { type HouseholdRead, loadHouseholds } from '../register/load-households.ts';
import type { Clock } from '../wiring.ts';
import { enrolFromRoll, type OnRoll } from './enrol-from-roll.ts';
import { ROLL_SHARDS } from './request-draw.ts';
import { stillOnRoll } from './still-on-roll.ts';

export type DrawPorts = {
  readonly register: RegisterStore;
  readonly policies: Pick<PolicyStore, 'current'>;
  readonly sweeps: SweepStore;
  readonly clock: Clock;
};

const PERSONS_AT_ONCE = 16;

/**
 * Enrols everybody who stands on a followed roll in the buckets of one shard, with the street and the payee that they have there; who is
 * enrolled already stays, and what is the same writes nothing. Whether somebody is owed anything for a month is for the rules to say, from
 * the roll of that month: nobody is ended here. A person on several rolls is kept by the first of them, in the order of policy.
 */
export async function drawShard(ports: DrawPorts, message: DrawRolls): Promise<void> {
  const { jurisdiction, programme } = message;
  const shard = ROLL_SHARDS.find((one) => one.shard === message.shard);
  invariant(shard, `there is no shard ${message.shard}`);
  const book = await ports.policies.current();
  invariant(book.ok, `the policy book cannot be read: ${book.ok ? '' : book.error.code}`);
  const today = ports.clock.today();
  const rolls = followedRolls(book.value, { jurisdiction, programme, knownOn: today });
  const context = { ...message, rolls, today };
  let [standing, written] = [0, 0];
  for (const bucket of bucketsOf(shard)) {
    for (const roll of rolls) {
      const reads: EnrolmentRead[] = [];
      for await (const read of ports.register.enrolmentsOfBucket(jurisdiction, roll.programme, bucket))
        reads.push(read);
      const people =
        roll.of === 'person'
          ? reads.map((read) => asPerson(roll, read))
          : await members(ports, roll, reads, today);
      const outcomes = await mapBounded(people, PERSONS_AT_ONCE, (one) =>
        enrolFromRoll(ports, { jurisdiction, programme }, one, (kept) =>
          keptByEarlier(ports, context, one, kept),
        ),
      );
      standing += people.length;
      written += outcomes.filter((outcome) => outcome === 'written').length;
    }
  }
  const at = ports.clock.now();
  await ports.sweeps.rolls.shardDone(message, message.shard, { at, standing, written });
}

function asPerson(roll: FollowedRoll, { document }: EnrolmentRead): OnRoll {
  return onRoll(roll, document.subject, document, document.payees.at(-1));
}

/** Everybody whom a household's benefit ever covered; they are paid as the household is. */
async function members(
  { register }: DrawPorts,
  roll: FollowedRoll,
  reads: readonly EnrolmentRead[],
  today: PlainDate,
): Promise<OnRoll[]> {
  const households = await loadHouseholds(
    register,
    reads.map(({ document }) => document.subject),
  );
  return reads.flatMap(({ document }) => {
    const read = households.get(document.subject);
    if (!read) return [];
    const named = document.payees.at(-1);
    const head = headNow(document.subject, read, today);
    const payee =
      named && named.payee !== document.subject ? named : head === undefined ? undefined : asHead(head);
    return [...read.persons]
      .filter(([, { record }]) =>
        record.facts.some(
          ({ kind, value }) =>
            kind === 'household' && value.startsWith(`${document.subject}:`) && value.endsWith(':covered'),
        ),
      )
      .map(([person]) => onRoll(roll, person, document, payee));
  });
}

function headNow(household: PersonKey, { persons }: HouseholdRead, today: PlainDate): PersonKey | undefined {
  const facts = Object.fromEntries([...persons].map(([key, { record }]) => [key, record.facts]));
  return headOn(facts, household, today)?.person;
}

const asHead = (payee: PersonKey): Grounds => ({ payee, kind: 'representative', by: 'system' });
type Grounds = NonNullable<OnRoll['payee']>;

function onRoll(
  { programme }: FollowedRoll,
  person: PersonKey,
  { facts }: EnrolmentRead['document'],
  payee: PayeeRecord | Grounds | undefined,
): OnRoll {
  const street = latestFact(facts, 'street')?.value;
  const community = latestFact(facts, 'community')?.value;
  return {
    person,
    roll: programme,
    ...(street !== undefined && { street }),
    ...(community !== undefined && { community }),
    ...(payee && payee.payee !== person && { payee: groundsOf(payee) }),
  };
}

function groundsOf(payee: PayeeRecord | Grounds): Grounds {
  const { payee: key, kind, relation, document, validFrom, validTo, by } = payee;
  return {
    payee: key,
    by,
    ...(kind !== undefined && { kind }),
    ...(relation !== undefined && { relation }),
    ...(document !== undefined && { document }),
    ...(validFrom !== undefined && { validFrom }),
    ...(validTo !== undefined && { validTo }),
  };
}

/** Whether the roll that keeps a person now comes before this one and still holds them. */
async function keptByEarlier(
  { register }: DrawPorts,
  {
    jurisdiction,
    rolls,
    today,
  }: DrawRolls & { readonly rolls: readonly FollowedRoll[]; readonly today: PlainDate },
  { person, roll }: OnRoll,
  kept: string,
): Promise<boolean> {
  const position = rolls.findIndex(({ programme }) => programme === kept);
  if (position === -1 || position >= rolls.findIndex(({ programme }) => programme === roll)) return false;
  const earlier = rolls[position];
  return earlier !== undefined && stillOnRoll(register, jurisdiction, earlier, person, monthOf(today));
}
