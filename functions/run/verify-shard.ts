import { LAST_INSTANT, monthOf } from '../../domain/calendar.ts';
import { earliestDeath, lastMonth, paysAfterDeath } from '../../domain/controls/control.ts';
import { publicityOpen } from '../../domain/controls/entry-papers.ts';
import { heirPayee } from '../../domain/controls/heir-payee.ts';
import { membersOn } from '../../domain/household/membership.ts';
import { type EnrolmentId, type HouseholdKey, type PersonKey, subjectOf } from '../../domain/ids.ts';
import { fen, sumFen } from '../../domain/money.ts';
import { currentAccount } from '../../domain/register/account.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import type { Fact } from '../../domain/register/facts.ts';
import type { PersonDocument } from '../../domain/register/person.ts';
import type { Credited } from '../../domain/run/accruals.ts';
import type { LateFinding } from '../../domain/run/act.ts';
import { type Draft, draftsHash, keptBackOf } from '../../domain/run/draft.ts';
import { postsImprest, type RunManifest, type Shard } from '../../domain/run/manifest.ts';
import { FINDINGS_MAX, type ShardCheck } from '../../domain/run/money-commands.ts';
import { isPayable, type Run } from '../../domain/run/run.ts';
import { objectedSince } from '../../domain/street/publicity-objection.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { PolicyStore } from '../adapters/policy-store.ts';
import type { RecoveryStore } from '../adapters/recovery-store.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import { mapBounded } from '../concurrency.ts';
import { claimedSetOffs } from '../recovery/set-offs.ts';
import { type HouseholdRead, headKnownBy, loadHouseholds } from '../register/load-households.ts';
import { bucketOfEnrolment } from './buckets.ts';
import { claimAttempt } from './claim-attempt.ts';
import { claimsCredited } from './credited-claims.ts';
import { creditedAfterAll } from './load-reissues.ts';
import { payeeKeyOf, payeeOfPeriod } from './load-subjects.ts';
import { DETERMINED_SINCE, loweredSince, withdrawnSince } from './lowered-since.ts';
import type { RunStores } from './ports.ts';
import { readDrafts } from './read-drafts.ts';
import type { relatedSince } from './related-since.ts';
import { REVOKED_SINCE, revokedSince } from './revoked-since.ts';

/**
 * Checks one shard against what was signed, before a single entry is written: the drafts are those that were hashed, each account is still
 * the one on record, and since the cut-off nothing became known that would have left a payment out, or sent it elsewhere.
 */
export async function checkShard(
  ports: Pick<
    RunStores,
    'drafts' | 'ledger' | 'results' | 'runs' | 'outside' | 'unclaimed' | 'cases' | 'clock'
  > & {
    register: RegisterStore;
    recoveries: RecoveryStore;
    policies: Pick<PolicyStore, 'book'>;
  },
  run: Run,
  shard: Shard,
): Promise<ShardCheck> {
  const drafts = await readDrafts(ports, run, shard);
  const signed = run.shards.find((candidate) => candidate.shard === shard.shard);
  const tampered = signed?.hash !== draftsHash(sha256Hex, drafts);
  if (run.manifest.opening) return { ...everything(shard, drafts), tampered };
  if (postsImprest(run.manifest)) return { ...(await withdrawnSince(ports, run, shard, drafts)), tampered };
  const payable = drafts.filter((draft) => isPayable(run, draft));
  const persons = await ports.register.persons(
    payable.flatMap((draft) => [subjectOf(draft.enrolment), draft.account?.payee ?? '']),
  );
  // A household's key is no person's: for a programme for persons there is none to load.
  const households = await loadHouseholds(
    ports.register,
    payable.map(({ enrolment }) => subjectOf(enrolment)).filter((subject) => !persons.has(subject)),
  );
  const enrolments = await enrolmentsOf(ports.register, run.manifest, payable);
  const lowered = await loweredSince(ports.register, run.manifest, payable, households);
  const related = await takenSince(ports, run.manifest, payable, persons, households);
  const revoked = await revokedSince(ports, run.manifest, payable);
  const credited = await creditedBefore(ports, run.manifest, payable);
  const claimed = await claimsCredited(ports, run.manifest, payable);
  const suspected = await casesSince(ports, run.manifest, payable);
  const findings: LateFinding[] = [];
  for (const draft of payable) {
    const words =
      (credited.has(draft.payment) || claimed.has(draft) ? CREDITED_BEFORE : undefined) ??
      deathSince(run.manifest, draft, persons) ??
      deathInHousehold(run.manifest, draft, households) ??
      enrolmentSince(run.manifest, draft, enrolments.get(draft.enrolment), households) ??
      (lowered.has(draft.enrolment) ? DETERMINED_SINCE : undefined) ??
      (related.has(draft.enrolment) ? RELATED_SINCE : undefined) ??
      (revoked.has(draft.enrolment) ? REVOKED_SINCE : undefined) ??
      (suspected.has(draft.enrolment) ? CASE_SINCE : undefined) ??
      (await accountSince(ports.register, draft, persons)) ??
      (await paidByHand(ports, run, draft)) ??
      (await claimedSetOffs(ports, run, draft));
    if (!words) continue;
    findings.push({
      payment: draft.payment,
      street: draft.street,
      fen: draft.fen,
      reissue: draft.kind === 'reissue',
      ...keptBackOf(draft),
      ...words,
    });
  }
  return {
    shard: shard.shard,
    count: payable.length,
    fen: sumFen(payable.map((draft) => draft.fen)),
    reissuedFen: sumFen(payable.map((draft) => (draft.kind === 'reissue' ? draft.fen : fen(0)))),
    // One more than are held one by one is enough to know that there are too many.
    findings: findings.slice(0, FINDINGS_MAX + 1),
    tampered,
  };
}

/** An opening sends nothing: what was signed is posted as it is. */
const everything = ({ shard }: Shard, drafts: readonly Draft[]): Omit<ShardCheck, 'tampered'> => ({
  shard,
  count: drafts.length,
  fen: sumFen(drafts.map((draft) => draft.fen)),
  reissuedFen: fen(0),
  findings: [],
});

/** What other programmes took since the run was computed: neither read nor loaded where policy lets none bear on this one. */
async function takenSince(
  ...[ports, manifest, payable, persons, households]: Parameters<typeof relatedSince>
): Promise<ReadonlySet<EnrolmentId>> {
  if (!manifest.related || payable.length === 0) return new Set();
  const found = await import('./related-since.ts');
  return found.relatedSince(ports, manifest, payable, persons, households);
}

const RELATED_SINCE: Pick<LateFinding, 'control' | 'zh' | 'en'> = {
  control: 'related-since',
  zh: '核算之后其他项目的登记或核定有变化，按叠加规定本项应发减少或无法确定，发放前已暂缓：请重新核算',
  en: 'what was recorded or decided in another programme since the run was computed leaves less of this one, or leaves it unknown: held before release; recompute',
};

const READ_AT_ONCE = 16;

type Words = Pick<LateFinding, 'control' | 'zh' | 'en'>;

const CREDITED_BEFORE: Words = {
  control: 'late-success',
  zh: '核算之后银行称先前一次已入账，发放前已暂缓：请先裁定差异，再重新核算',
  en: 'the bank has said since that an earlier attempt was credited: held before release; decide the exception, then recompute',
};

/** Payments that are sent again, and that the bank calls credited in an answer to an earlier attempt. */
async function creditedBefore(
  ports: Pick<RunStores, 'ledger' | 'results'>,
  { jurisdiction, programme }: RunManifest,
  payable: readonly Draft[],
): Promise<Credited> {
  const earlier = payable
    .filter((draft) => draft.kind === 'reissue')
    .flatMap(({ payment, attempt }) =>
      Array.from({ length: attempt - 1 }, (_, index) => ({
        jurisdiction,
        programme,
        payment,
        attempt: index + 1,
      })),
    );
  const releases = (await ports.ledger.slots(earlier, ['release'])).flat();
  return creditedAfterAll(
    ports,
    releases.map((entry) => entry.run),
  );
}

/**
 * The next attempt of a payment is claimed now, while what goes into the files can still change. Last of all checks, and only here: what
 * another finding keeps out is not claimed.
 */
async function paidByHand(
  ports: Pick<RunStores, 'runs' | 'outside' | 'unclaimed'>,
  { runId, sequence, manifest }: Run,
  { kind, payment, attempt }: Draft,
): Promise<Words | undefined> {
  if (kind !== 'reissue') return undefined;
  const { jurisdiction, programme } = manifest;
  const key = { jurisdiction, programme, payment, attempt };
  const other = await claimAttempt(ports, key, { by: 'run', runId, sequence });
  if (other?.by === 'surrender') return SURRENDERED;
  return other && PAID_OUTSIDE;
}

const SURRENDERED: Words = {
  control: 'surrendered',
  zh: '核算之后该笔作为无人认领款项上缴财政（或正在确认），本批次不再重发：请重新核算',
  en: 'it was surrendered to the treasury as unclaimed since the run was computed, or that is being confirmed: not sent again; recompute',
};

const PAID_OUTSIDE: Words = {
  control: 'paid-outside',
  zh: '核算之后该笔已在系统外发放（或正在确认），本批次不再重发：请重新核算',
  en: 'it was paid outside the system since the run was computed, or that is being confirmed: not sent again; recompute',
};

function deathSince(
  manifest: RunManifest,
  draft: Draft,
  persons: ReadonlyMap<PersonKey, PersonDocument>,
): Words | undefined {
  const subject = subjectOf(draft.enrolment);
  const since = (key: PersonKey): readonly Fact[] =>
    (persons.get(key)?.record.facts ?? []).filter((fact) => fact.recordedAt > manifest.cutOff);
  // Funerals and burials are paid for because of it.
  const death = manifest.paysBy?.afterDeath ? undefined : earliestDeath(since(subject));
  const payee = draft.account?.payee ?? subject;
  const stops = death !== undefined && paysAfterDeath(draft.lines, death, manifest.deathMonthStops ?? false);
  if (stops || (payee !== subject && earliestDeath(since(payee)))) return DIED_SINCE;
  const own = payee === subject && death !== undefined;
  return own && manifest.controls?.heirs !== undefined ? HEIR_SINCE : undefined;
}

/** Where the place has a rule for months due before a death: they no longer go into the account of the dead. */
const HEIR_SINCE: Words = {
  control: heirPayee.code,
  zh: '核算之后收到对象死亡信息，死亡前应发的月份不再发入其本人账户，发放前已暂缓：请核实并按本地规定办理后重新核算',
  en: 'the death of the beneficiary was reported after the run was computed: months due before it are not paid into their own account; verify, proceed by the rule of the place, then recompute',
};

const DIED_SINCE: Words = {
  control: 'deceased',
  zh: '核算之后收到死亡信息，发放前已暂缓：请核实后重新核算',
  en: 'a death was reported after the run was computed: held before release; verify and recompute',
};

/** The head or a covered member, dead before a month that is paid, of which the register learned after the cut-off. */
function deathInHousehold(
  manifest: RunManifest,
  draft: Draft,
  households: ReadonlyMap<HouseholdKey, HouseholdRead>,
): Words | undefined {
  const household = subjectOf(draft.enrolment);
  const read = households.get(household);
  if (!read) return undefined;
  const through = lastMonth(draft.lines);
  const persons = Object.fromEntries([...read.persons].map(([key, { record }]) => [key, record.facts]));
  const died = membersOn(persons, household, `${through}-31`).some(({ relation, covered, facts }) => {
    const death = earliestDeath(facts.filter((fact) => fact.recordedAt > manifest.cutOff));
    return (covered || relation === 'head') && death !== undefined && through > monthOf(death);
  });
  return died ? DIED_SINCE : undefined;
}

async function enrolmentsOf(
  register: RegisterStore,
  manifest: RunManifest,
  drafts: readonly Draft[],
): Promise<Map<EnrolmentId, EnrolmentDocument>> {
  const { jurisdiction, programme } = manifest;
  const wanted = drafts.map(({ enrolment }) => ({ jurisdiction, programme, id: enrolment }));
  const documents = await register.enrolments(wanted);
  return new Map(documents.flatMap((document) => (document ? [[document.id, document]] : [])));
}

/** Enrolments about which a case was opened since the cut-off that holds payments. */
async function casesSince(
  { cases }: Pick<RunStores, 'cases'>,
  manifest: RunManifest,
  payable: readonly Draft[],
): Promise<ReadonlySet<EnrolmentId>> {
  const buckets = [...new Set(payable.map(({ enrolment }) => bucketOfEnrolment(enrolment)))];
  const holding = await mapBounded(buckets, READ_AT_ONCE, (bucket) =>
    cases.holding(manifest, bucket, LAST_INSTANT, manifest.cutOff),
  );
  return new Set(holding.flatMap((ofBucket) => [...ofBucket.keys()]));
}

const CASE_SINCE: Words = {
  control: 'open-case',
  zh: '核算之后对该对象立了须暂缓的疑点，发放前已暂缓：请办结疑点，下一批次补发',
  en: 'a case that holds was opened since the run was computed: held before release; once it is closed the next run pays',
};

function enrolmentSince(
  manifest: RunManifest,
  draft: Draft,
  enrolment: EnrolmentDocument | undefined,
  households: ReadonlyMap<HouseholdKey, HouseholdRead>,
): Words | undefined {
  const household = enrolment && households.get(enrolment.subject);
  const head = household && headKnownBy(enrolment.subject, household, manifest.period, LAST_INSTANT);
  const record = enrolment && payeeOfPeriod(enrolment, manifest.period, LAST_INSTANT);
  // The same payee on other grounds may have another end date.
  const renamed = record?.evidence !== undefined && record.recordedAt > manifest.cutOff;
  if (enrolment && (renamed || payeeKeyOf(enrolment, record, head) !== draft.account?.payee)) {
    return {
      control: 'payee-changed',
      zh: '核算之后更换了收款人，发放前已暂缓：请核实后重新核算',
      en: 'another payee was named after the run was computed: held before release; verify and recompute',
    };
  }
  if (manifest.controls?.entryPapers && objectedSince(enrolment?.facts ?? [], manifest.cutOff)) {
    return {
      control: publicityOpen.code,
      zh: '核算之后登记了公示异议，发放前已暂缓：请核查处理后重新核算',
      en: 'an objection from the publicity was recorded after the run was computed: held before release; look into it and recompute',
    };
  }
  const stopped = enrolment?.facts.some((fact) => fact.kind === 'stop' && fact.recordedAt > manifest.cutOff);
  if (!stopped) return undefined;
  return {
    control: 'stopped',
    zh: '核算之后登记了停发，发放前已暂缓：请重新核算',
    en: 'a stop was recorded after the run was computed: held before release; recompute',
  };
}

async function accountSince(
  register: RegisterStore,
  draft: Draft,
  persons: ReadonlyMap<PersonKey, PersonDocument>,
): Promise<Words | undefined> {
  const reference = draft.account;
  const person = reference && persons.get(reference.payee)?.record;
  const account = person && currentAccount(person);
  const same =
    reference !== undefined &&
    account !== undefined &&
    person?.accounts.indexOf(account) === reference.index &&
    (await register.personalData.lookupHash('account', account.account)) === reference.hash;
  if (same) return undefined;
  return {
    control: 'account-changed',
    zh: '核算之后收款账户有变更，发放前已暂缓：请核实后重新核算',
    en: 'the account changed after the run was computed: held before release; verify and recompute',
  };
}
