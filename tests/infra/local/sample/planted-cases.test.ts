import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditFinding } from '../../../../domain/controls/control.ts';
import { CONTROLS, controlByCode } from '../../../../domain/controls/index.ts';
import { RUN_CONTROLS } from '../../../../domain/controls/run-controls.ts';
import { membershipText } from '../../../../domain/household/membership.ts';
import { identityCheckDigit } from '../../../../domain/identity-number.ts';
import { BUCKET_COUNT, bucketName } from '../../../../domain/ids.ts';
import type { EnrolmentDocument } from '../../../../domain/register/enrolment.ts';
import type { Draft } from '../../../../domain/run/draft.ts';
import type { Run } from '../../../../domain/run/run.ts';
import { HouseholdStore } from '../../../../functions/adapters/household-store.ts';
import { mapBounded } from '../../../../functions/concurrency.ts';
import { generateDistrict } from '../../../../infra/local/sample/district.ts';
import { request } from '../../../functions/register/sheet-fixture.ts';
import {
  DISTRICT,
  type Office,
  openOffice,
  pack,
  REGULAR,
  SCOPE,
  value,
} from '../../../functions/run/office.ts';
import { accountOf, fact, packWith, plantDetermination, plantEnrolment, plantPerson } from './planting.ts';

/**
 * A sample district of which most people are as they should be, and in which somebody is planted for each audit finding that a
 * payment can show. One run is computed over all of them, with the district's own policy.
 */
const PEOPLE = 200;
const district = generateDistrict({ seed: 'planted', people: PEOPLE, month: '2026-12' });

type Planted = { readonly finding: AuditFinding; readonly control: string; readonly enrolment: string };

let bureau: Office;
let run: Run;
let drafts: ReadonlyMap<string, Draft>;
let planted: readonly Planted[];
/** Enrolments of the sample's cast that have something about them, too. */
let special: ReadonlySet<string>;

beforeAll(async () => {
  bureau = await openOffice({
    people: 0,
    quickReads: true,
    packs: [
      pack('110000'),
      packWith({
        controlsOn: CONTROLS.filter(({ parameter }) => parameter === 'controlsOn').map(({ code }) => code),
        controlSeverities: { 'shared-phone': 'hold', 'departed-amount': 'hold' },
        exclusiveWith: ['dibao'],
        entryPapers: { since: '2026-11-15', papers: ['publicity', 'check-report'] },
        checkReportValid: 6,
        accountCoolingOff: { days: 2 },
        serviceHoursMinimum: 90,
        runControls: { accountChanges: { days: 7, max: 2 } },
      }),
    ],
  });
  await imported('register', district.registerCsv);
  await imported('deaths', district.deathsCsv);
  planted = await plantAll(bureau);
  bureau.clock.moveTo('2026-11-25');
  run = value(await bureau.actions.startRun(REGULAR, 'staff-preparer'));
  await bureau.deliver();
  run = value(await bureau.views.getRun(run.runId));
  const { runId, draftRevision } = run;
  const buckets = Array.from({ length: BUCKET_COUNT }, (_, index) => bucketName(index));
  const found = await mapBounded(buckets, 16, (bucket) =>
    bureau.ports.drafts.ofBucket(runId, draftRevision, bucket),
  );
  drafts = new Map(found.flat().map((draft) => [draft.enrolment, draft]));
  special = new Set(await enrolmentsOf(specialNumbers()));
}, 120_000);
afterAll(() => bureau.stop());

async function imported(kind: 'register' | 'deaths', csv: string): Promise<void> {
  const message = request(`sample-${kind}`, { kind, requestedAt: bureau.clock.now() });
  await bureau.engines.files.put(message.objectKey, Buffer.from(csv, 'utf8'));
  bureau.engines.send('imports', JSON.stringify(message));
  await bureau.deliver();
}

function specialNumbers(): string[] {
  const { cast } = district.planted;
  return [...cast.sharedAccounts.flat(), ...cast.reportedDead, ...cast.payeeReportedDead, ...cast.wrongDot];
}

async function enrolmentsOf(numbers: readonly string[]): Promise<string[]> {
  const keys = await bureau.register.personKeysByIdNumber(numbers);
  const found = await Promise.all(keys.map((key) => bureau.register.enrolmentsOfPerson(key ?? '')));
  return found.flat().map(({ id }) => id);
}

const ORGANISATION_CODE = '54330203MJ90100200';
const KEEPS_CARDS = '13900000001';
const old = [fact('birth-date', '1940-02-20', '1940-02-20')];

/** Somebody for each finding, one after the other: whose control is to find them. */
async function plantAll(office: Office): Promise<Planted[]> {
  const all: Planted[] = [];
  const plant = (finding: AuditFinding, control: string, { enrolment }: { enrolment: string }) =>
    all.push({ finding, control, enrolment });
  const person = (n: number, changes?: Parameters<typeof plantPerson>[2]) => plantPerson(office, n, changes);
  const enrol = (key: string, more?: Parameters<typeof plantEnrolment>[2]) =>
    plantEnrolment(office, key, more);

  const dead = fact('death-reported', '2026-10-03', '2026-10-03');
  plant('C1', 'deceased', await enrol(await person(1, { facts: [...old, dead] })));
  const certified = fact('death-reported', '2026-09-20', '2026-09-20');
  plant('C2', 'deceased', await enrol(await person(2, { facts: [...old, dead, certified] })));

  const twice = { legalName: '重复' };
  plant('C4', 'possible-duplicate', await enrol(await person(3, twice)));
  plant(
    'C4',
    'possible-duplicate',
    await enrol(await person(4, { ...twice, accounts: [accountOf(4, '重复')] })),
  );

  const both = await person(5);
  await onDibao(office, both);
  plant('C5', 'exclusive-programme', await enrol(both));

  const departed = await enrol(await person(6));
  await plantDetermination(office, departed.enrolment, 'high-age', true);
  plant('C7', 'departed-amount', departed);

  const unpapered = { facts: [fact('application', '2026-11-16', '2026-11-16')] };
  const newcomer = await enrol(await person(7), unpapered);
  plant('C8', 'check-report-missing', newcomer);
  plant('C15', 'publicity-open', newcomer);
  const driver = await enrol(await person(8));
  await openCase(office, driver.enrolment);
  plant('C8', 'open-case', driver);

  const cadre = await person(9);
  const forOther = {
    payee: { payee: cadre, kind: 'representative', relation: 'village-or-community' } as const,
  };
  plant('C9', 'staff-payee', await enrol(await person(10), forOther));
  const kept = accountOf(11, '植丐');
  plant(
    'C9',
    'account-holder',
    await enrol(await person(12, { accounts: [{ ...kept, holderName: '他人' }] })),
  );

  const village = await person(13, {
    organisation: true,
    legalName: '示例村民委员会',
    idNumber: ORGANISATION_CODE,
    facts: [],
    accounts: [accountOf(13, '示例村民委员会')],
  });
  plant(
    'C10',
    'village-payee',
    await enrol(await person(14), { payee: { payee: village, kind: 'organisation' } }),
  );

  const own = accountOf(15, '植丏', { account: '11019900000000000001' });
  plant('C11', 'own-account', await enrol(await person(15, { legalName: '植丏', accounts: [own] })));

  const behind = { facts: [fact('service-hours', '2026-10-31', '107/120')] };
  plant('C13', 'service-hours', await enrol(await person(34), behind));

  plant('C14', 'identity-conflict', await enrol(await person(16, { idNumber: '110199400220016' })));
  const later = [fact('birth-date', '1940-02-20', '1930-02-20')];
  plant('C20', 'identity-conflict', await enrol(await person(17, { facts: later })));

  const unreviewed = { facts: [fact('next-review', '2026-07-01', '2026-10-31')] };
  plant('C16', 'review-overdue', await enrol(await person(18), unreviewed));

  const minor = await person(19, {
    idNumber: numberOf('20150601', 19),
    facts: [fact('birth-date', '2015-06-01', '2015-06-01')],
  });
  plant(
    'C20',
    'minor-payee',
    await enrol(await person(20), { payee: { payee: minor, kind: 'representative' } }),
  );
  for (let n = 21; n <= 26; n += 1)
    plant('C20', 'shared-phone', await enrol(await person(n, { phone: KEEPS_CARDS })));

  // On the eve of the cut-off.
  const hasty = accountOf(927, '植丑', {
    recordedAt: '2026-11-24T01:00:00.000Z',
    source: 'account-change',
    confirmedBy: 'b',
  });
  const hastily = { legalName: '植丑', accounts: [accountOf(27, '植丑'), hasty] };
  plant('C18', 'account-cooling-off', await enrol(await person(27, hastily)));

  // C12: moved away is for the rules, and pays nothing. C19: accounts changed right before the cut-off.
  const left = fact('household-registration', '2026-09-10', '440103');
  all.push({
    finding: 'C12',
    control: 'nothing due',
    ...(await enrol(await person(30, { facts: [...old, left] }))),
  });
  for (let n = 31; n <= 33; n += 1) {
    const name = `植${String.fromCodePoint(0x4e00 + n)}`;
    const changed = accountOf(n + 900, name, {
      recordedAt: '2026-11-20T01:00:00.000Z',
      source: 'account-change',
    });
    await enrol(await person(n, { accounts: [accountOf(n, name), changed] }));
  }
  return all;
}

const numberOf = (born: string, sequence: number): string => {
  const first = `110199${born}${String(sequence).padStart(3, '0')}`;
  return first + identityCheckDigit(first);
};

/** A household of one person with an amount in force. */
async function onDibao(office: Office, person: string): Promise<void> {
  const { register } = office;
  const household = 'H00000000001';
  const before = await register.person(person);
  const membership = membershipText({ household, relation: 'head', covered: true });
  const record = before?.record;
  if (!record) throw new Error('not planted');
  const member = fact('household', '2026-08-01', membership);
  await register.savePerson({ ...record, facts: [...record.facts, member] }, before, member.recordedAt);
  const id = `DB-${household}-1`;
  const stamp = { recordedAt: member.recordedAt, source: 'register', by: 'import-1' };
  const enrolment: EnrolmentDocument = {
    id,
    jurisdiction: DISTRICT,
    programme: 'dibao',
    subject: household,
    payees: [{ payee: household, ...stamp }],
    facts: [fact('application', '2026-08-01', '2026-08-01'), fact('street', '2026-08-01', '110199001')],
    version: 1,
    changedAt: member.recordedAt,
  };
  await register.saveEnrolment(enrolment, undefined);
  await new HouseholdStore(register).savePointers(household, person, [enrolment]);
  await plantDetermination(office, id, 'dibao');
}

const openCase = (office: Office, enrolment: string) =>
  office.ports.cases.hear(
    SCOPE,
    { ...SCOPE, enrolment, about: 'vehicle', street: '110199001' },
    { source: { type: 'staff-doubt', reason: '名下车辆待核' }, hold: true },
    { now: () => '2026-11-10T01:00:00.000Z', by: 'staff-preparer' },
  );

const found = (enrolment: string): string[] =>
  (drafts.get(enrolment)?.findings ?? []).map(({ control }) => control);
const isStopped = (draft: Draft): boolean => draft.findings.some(({ severity }) => severity !== 'warn');

describe('a planted case of each audit finding', () => {
  it('is found: all of them, each by its control', () => {
    const missed = planted.filter(({ control, enrolment }) =>
      control === 'nothing due'
        ? (drafts.get(enrolment)?.fen ?? 0) !== 0
        : !found(enrolment).includes(control),
    );
    const table = planted.map(({ finding, control }) => `${finding} → ${control}`);
    console.log(
      `planted cases: ${planted.length}, recall ${planted.length - missed.length}/${planted.length}\n${[...new Set(table)].join('\n')}`,
    );
    expect(missed).toEqual([]);
  });

  it('answers the finding that the control says it answers', () => {
    const strangers = planted.filter(
      ({ finding, control }) =>
        control !== 'nothing due' && !controlByCode(control)?.findings.includes(finding),
    );
    expect(strangers).toEqual([]);
  });

  it('holds nobody who is as they should be: at most one in a hundred', () => {
    const own = new Set(planted.map(({ enrolment }) => enrolment));
    const clean = [...drafts.values()].filter(
      ({ enrolment, fen }) => fen > 0 && !own.has(enrolment) && !special.has(enrolment),
    );
    const stopped = clean.filter(isStopped);
    console.log(`false stops: ${stopped.length} of ${clean.length}`);
    expect(clean.length).toBeGreaterThan(PEOPLE * 0.85);
    expect(stopped.map(({ findings }) => findings.map(({ control }) => control))).toEqual([]);
  });

  it('of the run as a whole is shown, and keeps it from being submitted without a reason', async () => {
    const findings = await bureau.views.runFindings(run);
    expect(findings.map(({ control }) => control)).toEqual(['many-account-changes']);
    const seen = {
      runId: run.runId,
      revision: run.revision,
      hash: bureau.views.runHashOf(run),
      by: 'staff-preparer',
    };
    expect(await bureau.actions.submit(seen)).toMatchObject({ error: { code: 'conflict/unacknowledged' } });
    const acknowledged = [{ control: 'many-account-changes', reason: '银行统一换卡，已核对' }];
    const after = value(await bureau.actions.submit({ ...seen, acknowledged }));
    expect(after.submission?.acknowledged).toMatchObject(acknowledged);
  });
});

/** What no payment shows: where it is found instead. */
const ELSEWHERE: Partial<Record<AuditFinding, string>> = {
  C3: 'list of open payments, by age',
  C6: 'alarm of money that stands still',
  C12: 'rules of the programmes: nothing is due',
};

describe('the catalogue', () => {
  const FINDINGS = Array.from({ length: 20 }, (_, index) => `C${index + 1}` as AuditFinding);
  const answering = (
    controls: readonly { code: string; findings: readonly AuditFinding[] }[],
    finding: string,
  ) => controls.filter(({ findings }) => findings.some((one) => one === finding)).map(({ code }) => code);

  it('has a control for every finding that payments and runs can show, and says where the others are found', () => {
    const table = FINDINGS.map((finding) => ({
      finding,
      control: answering(
        CONTROLS.filter(({ code }) => code !== 'open-case'),
        finding,
      ).join(' '),
      run: answering(RUN_CONTROLS, finding).join(' '),
      case: answering(
        CONTROLS.filter(({ code }) => code === 'open-case'),
        finding,
      ).join(' '),
      elsewhere: ELSEWHERE[finding] ?? '',
    }));
    console.table(table);
    const unanswered = table.filter((row) => !row.control && !row.run && !row.elsewhere);
    expect(unanswered).toEqual([]);
  });

  it('has somebody planted for every finding that a payment can show', () => {
    const shown = new Set(CONTROLS.flatMap(({ findings }) => findings));
    const here = new Set(planted.map(({ finding }) => finding));
    expect([...shown].filter((finding) => !here.has(finding))).toEqual([]);
  });
});
