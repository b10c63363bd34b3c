import type { PaymentId } from '../../domain/ids.ts';
import { type Attempt, latestAttempts } from '../../domain/ledger/attempts.ts';
import { lookupOption } from '../../domain/policy/lookup.ts';
import { RUN_PARAMETERS } from '../../domain/policy/run-parameters.ts';
import { programmeById } from '../../domain/programmes/index.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import {
  type Claim,
  type Notice,
  noOpenPayment,
  notUnclaimed,
  type StatedSurrender,
  surrenderEntry,
  type UnclaimedAfter,
  type UnclaimedKnown,
  wrongNoticeDate,
} from '../../domain/unpaid/unclaimed.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { LedgerScope } from '../adapters/ledger-store.ts';
import type { PolicyStore } from '../adapters/policy-store.ts';
import type { StoredSurrender, UnclaimedRecord } from '../adapters/unclaimed-store.ts';
import { claimAttempt } from '../run/claim-attempt.ts';
import { creditedAfterAll } from '../run/load-reissues.ts';
import { isCleared } from '../run/outside-payments.ts';
import type { RunPorts } from '../run/ports.ts';
import { attemptsOf, fundingOf, postSurrender } from './post-surrender.ts';
import { scopeOfPayment } from './scope-of-payment.ts';
import type { Surrenders } from './service.ts';

export type SurrenderPorts = RunPorts & { readonly policies: Pick<PolicyStore, 'freeze'> };
type Request<Name extends keyof Surrenders> = Parameters<Surrenders[Name]>[0];

/** 无人认领: notice to the payee, surrender to the treasury by two people, and a claim that comes after all. */
export function surrenders(ports: SurrenderPorts): Surrenders {
  return {
    giveNotice: (request) => giveNotice(ports, request),
    proposeSurrender: (request) => propose(ports, request),
    decideSurrender: (request) => decide(ports, request),
    claimSurrendered: (request) => claim(ports, request),
    listSurrenders: async (jurisdiction, programme) => ports.unclaimed.records({ jurisdiction, programme }),
  };
}

type Looked = UnclaimedKnown & {
  readonly scope: LedgerScope;
  readonly attempts: readonly Attempt[];
  readonly record: UnclaimedRecord | undefined;
};

/** All reads of a payment at this moment. */
async function look(
  ports: SurrenderPorts,
  jurisdiction: string,
  payment: PaymentId,
): Promise<Result<Looked>> {
  const scope = scopeOfPayment(jurisdiction, payment);
  if (!scope) return refuse(noOpenPayment(payment));
  const policy = await policyOf(ports, scope);
  if (!policy.ok) return policy;
  const attempts = await attemptsOf(ports, scope, payment);
  const [latest] = latestAttempts(attempts);
  const credited = await creditedAfterAll(
    ports,
    attempts.map(({ release }) => release.run),
  );
  return ok({
    scope,
    attempts,
    latest,
    lateSuccess: credited.has(payment),
    cleared: latest !== undefined && (await isCleared(ports, scope, latest)),
    policy: policy.value,
    today: ports.clock.today(),
    record: latest && (await ports.unclaimed.find({ ...scope, payment, attempt: latest.attempt })),
  });
}

/** What the policy of today says: it is a rule about today's act and not about the month that was paid. */
async function policyOf(ports: SurrenderPorts, scope: LedgerScope): Promise<Result<UnclaimedAfter>> {
  const frozen = await ports.policies.freeze();
  if (!frozen.ok) return frozen;
  const today = ports.clock.today();
  const query = { ...scope, knownOn: today, parameter: 'unclaimedAfter', month: today.slice(0, 7) };
  const found = lookupOption(frozen.value.book, query, RUN_PARAMETERS.unclaimedAfter);
  if (!found.ok) return found;
  return found.value
    ? ok(found.value)
    : refuse(
        refusal(
          'policy/no-rule',
          '本地没有规定无人认领款项的上缴期限（unclaimedAfter）：请先导入政策',
          'the policy here does not say when unclaimed money is surrendered (unclaimedAfter): import it first',
        ),
      );
}

/** 告知: once per attempt; the same words again change nothing. */
async function giveNotice(
  ports: SurrenderPorts,
  request: Request<'giveNotice'>,
): Promise<Result<UnclaimedRecord>> {
  const { jurisdiction, payment, on, means, evidence, by } = request;
  const known = await look(ports, jurisdiction, payment);
  if (!known.ok) return known;
  const { latest, scope } = known.value;
  const wrong = notUnclaimed(payment, known.value);
  if (wrong || !latest) return refuse(wrong ?? noOpenPayment(payment));
  const misdated = wrongNoticeDate(on, latest, known.value);
  if (misdated) return refuse(misdated);
  const key = { ...scope, payment, attempt: latest.attempt };
  const notice: Notice = { on, means, evidence, by, at: ports.clock.now() };
  const stands = await ports.unclaimed.notice(key, notice);
  const same = stands.by === by && stands.on === on && stands.means === means && stands.evidence === evidence;
  return same
    ? ok(await ports.unclaimed.find(key))
    : refuse(
        refusal('conflict/notice-given', '该笔已登记告知', 'notice of it was already given', {
          on: stands.on,
        }),
      );
}

/** The statement is named after its content: the same again is the same. Nothing moves before another person confirms. */
async function propose(
  ports: SurrenderPorts,
  request: Request<'proposeSurrender'>,
): Promise<Result<StoredSurrender>> {
  const { jurisdiction, payment, voucher, paidInOn, evidence, reason, by } = request;
  const content = await possibleEntry(ports, jurisdiction, request);
  if (!content.ok) return content;
  const { scope, entry } = content.value;
  const { attempt, fen, run: runId } = entry;
  const name = [payment, attempt, voucher, paidInOn, evidence, reason, by].join('\n');
  const surrenderId = `surrender-${sha256Hex(name).slice(0, 20)}`;
  const what = { payment, attempt, runId, fen, voucher, paidInOn, evidence, reason, by };
  const stated: StatedSurrender = { ...what, at: ports.clock.now() };
  await ports.unclaimed.propose(scope, surrenderId, stated);
  return found(await ports.unclaimed.find({ ...scope, payment, attempt }), surrenderId);
}

async function possibleEntry(
  ports: SurrenderPorts,
  jurisdiction: string,
  stated: Parameters<typeof surrenderEntry>[0],
) {
  const known = await look(ports, jurisdiction, stated.payment);
  if (!known.ok) return known;
  const { attempts, record, scope } = known.value;
  const fundedBy = await fundingOf(ports, attempts);
  const entry = surrenderEntry(stated, { ...known.value, notice: record?.notice, fundedBy });
  return entry.ok ? ok({ scope, entry: entry.value }) : entry;
}

function found(record: UnclaimedRecord, surrenderId: string): Result<StoredSurrender> {
  const stored = record.surrenders.find((one) => one.surrenderId === surrenderId);
  return stored
    ? ok(stored)
    : refuse(
        refusal('missing/surrender', '没有这条上缴登记', 'there is no such surrender', {
          surrenderId: surrenderId.slice(0, 80),
        }),
      );
}

/**
 * Confirms or rejects, by somebody else than who stated it. To confirm: look, claim the next attempt so that there is none, look again
 * (the claim may have come after somebody else's entry), decide, write the entry. Whoever asks again finishes what was interrupted.
 */
async function decide(
  ports: SurrenderPorts,
  request: Request<'decideSurrender'>,
): Promise<Result<StoredSurrender>> {
  const { jurisdiction, payment, surrenderId, decision, reason, by } = request;
  const scope = scopeOfPayment(jurisdiction, payment);
  if (!scope) return refuse(noOpenPayment(payment));
  const records = await ports.unclaimed.records(scope);
  const record = records.find(
    (one) => one.payment === payment && one.surrenders.some((each) => each.surrenderId === surrenderId),
  );
  const stored = record
    ? found(record, surrenderId)
    : found({ payment, attempt: 1, surrenders: [] }, surrenderId);
  if (!stored.ok || stored.value.decision) return decidedBefore(ports, scope, stored, request);
  if (stored.value.by === by) {
    return refuse(
      refusal(
        'forbidden/same-person',
        '登记上缴的人不能自己确认',
        'whoever stated a surrender does not confirm it',
        {
          surrenderId,
        },
      ),
    );
  }
  if (decision === 'confirmed') {
    const mine = await claimed(ports, scope, stored.value);
    if (!mine.ok) return mine;
  }
  const key = { ...scope, payment, attempt: stored.value.attempt };
  const made = { decision, reason, by, at: ports.clock.now() };
  if ((await ports.unclaimed.decide(key, surrenderId, made)) === 'exists') {
    return decidedBefore(ports, scope, found(await ports.unclaimed.find(key), surrenderId), request);
  }
  return postSurrender(ports, scope, { ...stored.value, decision: made });
}

async function claimed(
  ports: SurrenderPorts,
  scope: LedgerScope,
  stored: StoredSurrender,
): Promise<Result<true>> {
  const before = await possibleEntry(ports, scope.jurisdiction, stored);
  if (!before.ok) return before;
  const { payment, attempt, runId, surrenderId } = stored;
  const claimant = { by: 'surrender', runId, surrenderId } as const;
  const other = await claimAttempt(ports, { ...scope, payment, attempt: attempt + 1 }, claimant);
  if (other) return refuse(takenBy(other));
  const after = await possibleEntry(ports, scope.jurisdiction, stored);
  return after.ok ? ok(true) : after;
}

const takenBy = (other: { readonly by: string; readonly runId: string }): Refusal =>
  other.by === 'run'
    ? refusal(
        'conflict/being-sent',
        '补充批次正在重发该笔',
        'a supplementary run is sending it again right now',
        {
          run: other.runId,
        },
      )
    : refusal(
        'conflict/being-settled',
        '该笔另有系统外发放或上缴正在确认或已确认',
        'another payment by hand or surrender of it is being confirmed, or was',
      );

/** The same person saying the same again, because the answer was lost, is told what came of it; anybody else that it is decided. */
async function decidedBefore(
  ports: SurrenderPorts,
  scope: LedgerScope,
  stored: Result<StoredSurrender>,
  asked: Pick<Request<'decideSurrender'>, 'decision' | 'reason' | 'by'>,
): Promise<Result<StoredSurrender>> {
  if (!stored.ok) return stored;
  const made = stored.value.decision;
  invariant(made, 'a surrender without a decision');
  if (made.decision === asked.decision && made.reason === asked.reason && made.by === asked.by)
    return postSurrender(ports, scope, stored.value);
  return refuse(
    refusal('conflict/surrender-decided', '该上缴登记已处理', 'this surrender is already decided', {
      decision: made.decision,
      at: made.at,
    }),
  );
}

/** 认领: only what is in the ledger as surrendered can be claimed, once; the next run pays its months again, as far as they are owed. */
async function claim(
  ports: SurrenderPorts,
  request: Request<'claimSurrendered'>,
): Promise<Result<UnclaimedRecord>> {
  const { jurisdiction, payment, evidence, reason, by } = request;
  const scope = scopeOfPayment(jurisdiction, payment);
  const known = scope && programmeById(scope.programme).ok;
  const [latest] = scope && known ? latestAttempts(await attemptsOf(ports, scope, payment)) : [];
  if (!scope || !latest) return refuse(noOpenPayment(payment));
  if (!latest.surrendered) {
    return refuse(
      refusal(
        'conflict/not-surrendered',
        '该笔没有上缴财政，无须认领：更正账户后由补充批次重发',
        'it was not surrendered: correct the account, and a supplementary run sends it again',
        { payment },
      ),
    );
  }
  const key = { ...scope, payment, attempt: latest.attempt };
  const wanted: Claim = { evidence, reason, by, at: ports.clock.now() };
  const stands = await ports.unclaimed.claim(key, wanted);
  if (stands.by === by && stands.reason === reason && stands.evidence === evidence)
    return ok(await ports.unclaimed.find(key));
  return refuse(
    refusal('conflict/claimed', '该笔已由他人登记认领', 'somebody else has recorded a claim of it', {
      at: stands.at,
    }),
  );
}
