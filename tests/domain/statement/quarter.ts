import { existsSync } from 'node:fs';
import type { Month } from '../../../domain/calendar.ts';
import { foldAttempts } from '../../../domain/ledger/attempts.ts';
import { type Entry, firstRelease, makeEntry, settled } from '../../../domain/ledger/entry.ts';
import { recoveryEntry } from '../../../domain/ledger/recovery-entry.ts';
import { fen, sumFen } from '../../../domain/money.ts';
import { type PolicyBook, policyBook } from '../../../domain/policy/book.ts';
import { parsePolicyPack } from '../../../domain/policy/parse-pack.ts';
import { RUN_RULES } from '../../../domain/programmes/run-rules.ts';
import { allocate } from '../../../domain/recovery/allocate.ts';
import { decideOrder, proposeOrder, RUN_PROPOSALS, receive } from '../../../domain/recovery/commands.ts';
import { postedBy } from '../../../domain/recovery/posted-by.ts';
import { ENROLMENT_FACT_KINDS, type Fact, type FactKind, knownBy } from '../../../domain/register/facts.ts';
import { accrualsOf } from '../../../domain/run/accruals.ts';
import { assessPayment } from '../../../domain/run/assess-payment.ts';
import type { RecoveryProposal } from '../../../domain/run/draft.ts';
import { runIdOf } from '../../../domain/run/manifest.ts';
import type { SignedDraft, StatementSource } from '../../../domain/statement/statement.ts';
import { type PolicyFile, policyFile } from '../../policy-files.ts';
import { sha256 } from '../ledger/samples.ts';
import { Journal } from '../recovery/samples.ts';
import { PAYEE } from '../run/cases.ts';
import { manifestOf, must } from '../run/samples.ts';

const PLACE = '110199';
const PERSON = '7Z3K9QX2M4BT';
/** When the run looked at the books that proposes recoveries: before anything was ordered. */
const LOOKED_AT = '2000-01-01T00:00:00.000Z';
export const FIVE = [
  'disability-living',
  'disability-nursing',
  'high-age',
  'elderly-service',
  'price-subsidy',
] as const;

const MONTHLY = FIVE.filter((programme) => programme !== 'price-subsidy');

const filesOf = (programme: string): PolicyFile[] =>
  ['000000', '110000', PLACE]
    .filter((place) =>
      existsSync(new URL(`../../../domain/policy-book/${place}/${programme}.json`, import.meta.url)),
    )
    .map((place) => policyFile(place, programme));

/** The book of the sample district; one who receives 困难残疾人生活补贴 gets no 养老服务补贴 here; the amounts of old age rise late. */
export function quarterBook(): PolicyBook {
  const files = [...FIVE, 'dibao'].flatMap(filesOf);
  const own = (programme: string) =>
    files.find((file) => file.jurisdiction === PLACE && file.programme === programme);
  const service = own('elderly-service');
  for (const row of service?.values ?? []) {
    if (row.parameter === 'stacking')
      row.value = [{ with: 'disability-living', of: 'person', action: 'excluded' }];
    if (row.parameter === 'serviceAmounts')
      row.value = [{ component: 'service', classes: ['dibao'], amount: '300.00' }];
  }
  for (const row of files.find((file) => file.jurisdiction === '000000' && file.programme === 'price-subsidy')
    ?.values ?? [])
    if (row.parameter === 'rolls') row.value = [{ class: 'dibao' }];
  const bands = policyFile('110000', 'high-age').values.find(({ parameter }) => parameter === 'bands');
  if (!bands) throw new Error('no bands');
  own('high-age')?.values.push({
    ...bands,
    value: [{ fromAge: 80, amount: '150.00' }],
    inForceFrom: '2026-10',
    decidedOn: '2026-11-25',
    citation: {
      document: '滨民发〔2026〕30号',
      title: '关于提高高龄津贴标准的通知（样例）',
      article: '第一条',
    },
    sample: true,
  });
  return must(policyBook(files.map((file) => must(parsePolicyPack(file)).pack)));
}

export function fact(kind: FactKind, validFrom: string, value: string, recordedOn = '2026-09-01'): Fact {
  const recordedAt = `${recordedOn}T01:00:00.000Z`;
  return { kind, value, validFrom, recordedAt, source: 'register', by: 'import-1' };
}

/** One person in five programmes: what runs signed, what the ledger holds, what was ordered back. */
export class Quarter {
  readonly book = quarterBook();
  readonly facts: Fact[] = [];
  readonly entries = new Map<string, Entry[]>(FIVE.map((programme) => [programme, []]));
  readonly drafts = new Map<string, SignedDraft[]>(FIVE.map((programme) => [programme, []]));
  readonly proposals = new Map<string, RecoveryProposal[]>();
  readonly journals = new Map<string, Journal>(FIVE.map((programme) => [programme, new Journal()]));

  enrolmentOf = (programme: string): string => `${RUN_RULES[programme]?.code}-${PERSON}-1`;

  #append(programme: string, content: Parameters<typeof makeEntry>[1], at: string, previous?: Entry): Entry {
    const entry = makeEntry(sha256, content, { at, by: 'x', ...(previous && { previous }) });
    this.entries.get(programme)?.push(entry);
    return entry;
  }

  /** A regular run of those that pay in advance, or of others, settled by the bank some days later. @param on day of the cut-off */
  run(month: Month, on: string, programmes: readonly string[] = MONTHLY): void {
    for (const programme of programmes) this.#runOf(programme, month, on);
  }

  #runOf(programme: string, month: Month, on: string): void {
    const identity = { jurisdiction: PLACE, programme, period: month, round: 'R' };
    const cutOff = `${on}T02:00:00.000Z`;
    const runId = runIdOf(identity, 1);
    const manifest = {
      ...manifestOf({ period: month, months: [month], knownOn: on, cutOff, historyFrom: '2026-10' }),
      programme,
      runId,
      fiscalYear: month.slice(0, 4),
    };
    const known = knownBy(this.facts, cutOff);
    const isOwn = ({ kind }: Fact) => ENROLMENT_FACT_KINDS.some((own) => own === kind);
    const enrolments = FIVE.map((each) => ({
      id: this.enrolmentOf(each),
      programme: each,
      jurisdiction: PLACE,
      subject: PERSON,
      facts: known.filter(isOwn),
    }));
    const enrolment = enrolments.find((one) => one.programme === programme);
    if (!enrolment) throw new Error(programme);
    const attempts = foldAttempts(this.entries.get(programme) ?? []);
    const persons = { [PERSON]: known.filter((one) => !isOwn(one)) };
    const { drafts, proposals } = must(
      assessPayment(this.book, manifest, {
        enrolment,
        situation: { persons, enrolments },
        payee: { ...PAYEE, facts: persons[PERSON] ?? [] },
        accrued: accrualsOf(attempts, new Map()),
        previousFen: fen(0),
        heldMonths: new Set(),
        releasedMonths: [],
        policyChanged: programme === 'high-age' && on >= '2026-11-25',
        open: [],
        proposed: [],
      }),
    );
    this.proposals.set(programme, [...proposals]);
    for (const draft of drafts) {
      this.drafts.get(programme)?.push({ runId, at: cutOff, draft });
      if (draft.fen === 0) continue;
      const { payment, enrolment: id, fen: amount, street, lines } = draft;
      const file = `DF_${programme}_${month}`;
      const release = this.#append(
        programme,
        firstRelease({
          jurisdiction: PLACE,
          programme,
          payment,
          enrolment: id,
          attempt: 1,
          run: runId,
          fen: amount,
          file,
          line: 1,
          lines,
          street,
          paidTo: `${PERSON}.0`,
        }),
        `${on}T06:00:00.000Z`,
      );
      const bankDate = `${on.slice(0, 8)}10`;
      this.#append(programme, settled(release, { bankDate }), `${bankDate}T06:00:00.000Z`, release);
    }
  }

  /** Orders back what the last run found overpaid, and takes some of it in. */
  orderBack(programme: string, document: string, paidIn: number): void {
    const journal = this.journals.get(programme);
    const found = (this.proposals.get(programme) ?? []).filter((one) => one.fen > 0);
    if (!journal || found.length === 0) throw new Error(`nothing overpaid of ${programme}`);
    const lines = found.map(({ month, component, fen: amount }) => ({ month, component, fen: amount }));
    const amount = sumFen(lines.map((line) => line.fen));
    const wish = { basis: RUN_PROPOSALS, fen: amount, lines, reason: '死亡后多发', dueOn: '2027-03-31' };
    journal.act(proposeOrder(journal.recoveries, wish), 'ann');
    const attempts = foldAttempts(this.entries.get(programme) ?? []);
    const parts = must(allocate(attempts, { fen: amount, lines }, () => ({ fiscalYear: '2026' })));
    journal.act(
      decideOrder(journal.order(), { document, decidedOn: '2027-01-12' }, parts, 'bob', '2027-01-12'),
      'bob',
    );
    const receipt = {
      fen: fen(paidIn),
      means: 'treasury',
      voucher: 'JK-1',
      on: '2027-01-20',
      evidence: 'e',
    } as const;
    journal.act(receive(journal.order(), receipt, '2027-01-20'), 'cay');
    for (const act of journal.acts)
      for (const { part, fact: moved, fen: sum, on, note } of postedBy(act, journal.order())) {
        const opened = attempts.find(({ payment }) => payment === part.payment)?.release;
        if (!opened) throw new Error('never paid');
        this.#append(programme, recoveryEntry(opened, moved, sum, on, note), `${on}T08:00:00.000Z`, opened);
      }
  }

  sources(): StatementSource[] {
    return FIVE.map((programme) => ({
      enrolment: this.enrolmentOf(programme),
      programme,
      entries: this.entries.get(programme) ?? [],
      drafts: this.drafts.get(programme) ?? [],
      recoveries: this.journals.get(programme)?.recoveries ?? { sequence: 0, orders: [] },
      proposals: (this.proposals.get(programme) ?? []).map((one) => ({
        ...one,
        runId: 'r',
        lookedAt: LOOKED_AT,
      })),
    }));
  }
}
