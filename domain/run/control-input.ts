import { type Month, maxMonth, monthOf, monthsOfPeriod } from '../calendar.ts';
import { type ControlInput, lastMonth } from '../controls/control.ts';
import { standardNotApplied } from '../controls/standard-not-applied.ts';
import { membersOn } from '../household/membership.ts';
import { sumFen } from '../money.ts';
import type { PolicyBook } from '../policy/book.ts';
import { lookup, policyChanges } from '../policy/lookup.ts';
import { RUN_RULES } from '../programmes/run-rules.ts';
import { grantedIn } from '../register/determination.ts';
import { type Fact, latestFact } from '../register/facts.ts';
import { verificationDue } from '../street/papers.ts';
import type { EnrolmentCase } from './assess-payment.ts';
import type { PaymentLine } from './draft.ts';
import type { RunManifest } from './manifest.ts';

/** What the controls look at for one payment of a run. */
export function controlInput(
  book: PolicyBook,
  manifest: RunManifest,
  found: EnrolmentCase,
  lines: readonly PaymentLine[],
  sample: boolean,
): ControlInput {
  const { subject, determinations, facts } = found.enrolment;
  const { controls, knownOn, paysBy } = manifest;
  const due = verificationDue(facts, {
    every: controls?.verificationEvery,
    windows: controls?.recheckWindows,
    knownOn,
  });
  const { persons, households } = found.situation;
  const months = monthsOfPeriod(manifest.period);
  const end = maxMonth(lastMonth(lines), months.at(-1) ?? '');
  return {
    lines,
    subject: {
      key: subject,
      facts: paysBy?.afterDeath ? withoutDeath(persons[subject] ?? []) : (persons[subject] ?? []),
      ...(households && { members: membersOn(persons, subject, `${end}-31`) }),
      ...(determinations && paysBy?.paidBy !== 'grants' && { determinations }),
      ...found.about,
    },
    enrolment: { facts, isNew: isNewcomer(found) },
    ...(manifest.round === 'R' && {
      before: { fen: found.previousFen, explained: isExplained(book, manifest, found) },
    }),
    ...(paysBy?.paidBy !== 'grants' && standardOf(book, manifest, found, lastMonth(lines))),
    period: { first: months[0] ?? '', knownOn },
    ...(controls && { policy: controls }),
    payee: {
      ...payeeOf(manifest, found),
      ...(paysEarlierGrant(manifest, found, lines) && { laterThanGrant: true }),
    },
    ...(due !== undefined && { review: { due, knownOn } }),
    sample,
    demoMode: manifest.demoMode,
    ...(manifest.deathMonthStops && { deathMonthStops: true }),
  };
}

/** What is for an organisation or its project goes to an organisation by rights, a village committee too. */
function payeeOf({ programme }: RunManifest, { payee }: EnrolmentCase): ControlInput['payee'] {
  const unit = RUN_RULES[programme]?.unit;
  const own = unit === 'organisation' || unit === 'project';
  return own && payee.organisation ? { ...payee, organisation: { village: false } } : payee;
}

/** Whether something that nobody got yet was granted before the payee was named with a later grant. */
function paysEarlierGrant(
  { paysBy }: RunManifest,
  { payee: { namedAt }, enrolment: { determinations = [] }, accrued = [] }: EnrolmentCase,
  lines: readonly PaymentLine[],
): boolean {
  if (paysBy?.paidBy !== 'grants' || namedAt === undefined) return false;
  const before = determinations.filter(
    ({ kind, recordedAt }) => kind === 'grant-withdrawn' || recordedAt < namedAt,
  );
  const sent = accrued.filter(({ standing }) => standing !== 'open');
  return lines.some((line) => {
    const granted = grantedIn(before, line.month).find(({ component }) => component === line.component);
    const mine = sent.filter(({ month, component }) => month === line.month && component === line.component);
    return granted !== undefined && granted.fen > sumFen(mine.map((one) => one.fen));
  });
}

/** Of who is paid for after death (funeral, burial), the death is no finding. */
const withoutDeath = (facts: readonly Fact[]): readonly Fact[] =>
  facts.filter(({ kind }) => kind !== 'death-certified' && kind !== 'death-reported');

/** Nothing was paid for a month since the application on record; who was stopped and applied anew is new again. */
function isNewcomer({ enrolment, previousFen, accrued = [] }: EnrolmentCase): boolean {
  const applied = latestFact(enrolment.facts, 'application')?.value ?? '';
  return previousFen === 0 && accrued.every(({ month }) => applied !== '' && month < monthOf(applied));
}

/** The newest value by which a decided amount is worked out; read only where the control looks that needs it. */
function standardOf(
  book: PolicyBook,
  { controls, programme, jurisdiction, knownOn }: RunManifest,
  { enrolment }: EnrolmentCase,
  month: Month,
): Pick<ControlInput, 'standard'> {
  if (!enrolment.determinations || !controls?.controlsOn?.includes(standardNotApplied.code)) return {};
  const values = (RUN_RULES[programme]?.parameterNames ?? []).flatMap((parameter) => {
    const found = lookup(book, { jurisdiction, programme, knownOn, parameter, month });
    return found.ok ? [found.value] : [];
  });
  const newest = values.sort((a, b) => (a.decidedOn < b.decidedOn ? -1 : 1)).at(-1);
  return newest ? { standard: { document: newest.citation.document, decidedOn: newest.decidedOn } } : {};
}

/** Whether a decision since the last run, or policy, may be why the amount is another than in the period before. */
function isExplained(book: PolicyBook, manifest: RunManifest, found: EnrolmentCase): boolean {
  const { programme, jurisdiction, knownOn, previous, period } = manifest;
  const decided = (found.enrolment.determinations ?? []).some(
    ({ recordedAt }) => recordedAt > (previous?.cutOff ?? ''),
  );
  if (found.policyChanged || decided || found.previousFen === 0) return true;
  if (manifest.controls?.amountJumpPercent === undefined) return false;
  const parameters = RUN_RULES[programme]?.parameterNames ?? [];
  const changes = policyChanges(book, { jurisdiction, programme, knownOn }, parameters);
  return monthsOfPeriod(period).some((month) => changes.includes(month));
}
