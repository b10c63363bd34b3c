import { type Month, monthOf } from '../../domain/calendar.ts';
import type { PersonKey } from '../../domain/ids.ts';
import { actionFor, concerns, detailCode } from '../../domain/matching/list-kinds.ts';
import { sameName } from '../../domain/person-name.ts';
import type { PolicyBook } from '../../domain/policy/book.ts';
import { matchingPolicy } from '../../domain/policy/matching-parameters.ts';
import { PROGRAMMES } from '../../domain/programmes/index.ts';
import { currentPayee, type EnrolmentDocument } from '../../domain/register/enrolment.ts';
import { latestFact } from '../../domain/register/facts.ts';
import type { PersonDocument } from '../../domain/register/person.ts';
import type { RowFault, RowValues } from '../../domain/register/sheets.ts';
import { invariant, ok, type Result, refuse } from '../../domain/result.ts';
import { keeperOn } from '../../domain/street/kept-street.ts';
import type { StreetChange } from '../../domain/street/street-history.ts';
import type { CaseStore } from '../adapters/case-store.ts';
import type { Match, MatchingList, MatchStore } from '../adapters/match-store.ts';
import { wardsOf } from '../adapters/payee-wards.ts';
import type { PolicyStore } from '../adapters/policy-store.ts';
import type { StreetStore } from '../adapters/street-store.ts';
import type { RecorderServices, RowRecorded } from '../register/propose-from-sheet.ts';
import { type ImportOrigin, RowRecorder } from '../register/record-row.ts';
import { enrolmentsOf } from './enrolments-of.ts';

type Services = RecorderServices & {
  readonly matches: MatchStore;
  readonly cases: CaseStore;
  readonly policies: Pick<PolicyStore, 'current'>;
  readonly streets: Pick<StreetStore, 'changes'>;
};
type Recorded = Result<RowRecorded, readonly RowFault[]>;
/** What all rows of a chunk are held against. */
type Ground = {
  readonly list: MatchingList;
  readonly book: PolicyBook;
  readonly changes: readonly StreetChange[];
  readonly people: ReadonlyMap<string, PersonDocument>;
};

/**
 * Holds the rows of one chunk of a matching list against the register. Of a row whose person is in it: the death, if that is what the
 * list is of; a case for each enrolment that it concerns; and last the match itself. Each step is done once, so that a chunk that
 * was interrupted is done again. Of other rows nothing is kept.
 */
export class MatchRecorder {
  readonly #services: Services;
  readonly #origin: ImportOrigin;
  readonly #deaths: RowRecorder;
  #ground: Ground | undefined;

  constructor(services: Services, origin: ImportOrigin) {
    this.#services = services;
    this.#origin = origin;
    this.#deaths = new RowRecorder(services, origin);
  }

  /** Persons of whom a row said something new, and their households. */
  get subjects(): ReadonlySet<PersonKey> {
    return this.#deaths.subjects;
  }

  async prepare(rows: readonly RowValues[]): Promise<void> {
    const { matches, policies, streets, register } = this.#services;
    const { jurisdiction, importId } = this.#origin;
    const list = await matches.list(jurisdiction, importId);
    invariant(list, `import ${importId} is no matching list`);
    const book = await policies.current();
    invariant(book.ok, 'packs that were imported make a book');
    const numbers = [...new Set(rows.flatMap(({ idNumber }) => idNumber ?? []))];
    const keys = await register.personKeysByIdNumber(numbers);
    const documents = await register.persons(keys.filter((key) => key !== undefined));
    const people = new Map(
      numbers.flatMap((number, index): [string, PersonDocument][] => {
        const document = documents.get(keys[index] ?? '');
        return document ? [[number, document]] : [];
      }),
    );
    this.#ground = { list, book: book.value, changes: await streets.changes(jurisdiction), people };
    if (list.kind === 'deaths') await this.#deaths.prepare(rows);
  }

  async record(values: RowValues, row: number): Promise<Recorded> {
    const ground = this.#ground;
    invariant(ground, 'rows are recorded after they were prepared');
    const document = ground.people.get(values['idNumber'] ?? '');
    if (!document) return ok(UNMATCHED);
    const enrolments = await enrolmentsOf(this.#services.register, document, this.#origin.jurisdiction);
    const ofDeaths = ground.list.kind === 'deaths';
    // Who only receives for another is dead to the next run as well.
    const concerned = enrolments.length > 0 || (ofDeaths && (await this.#receivesHere(document)));
    if (!concerned) return ok(UNMATCHED);
    const wrong = faultOf(ground.list, document, values);
    if (wrong) return refuse([wrong]);
    const death = ofDeaths ? await this.#recordDeath(ground.list, document, values) : undefined;
    if (death?.ok === false) return death;
    if (death && enrolments.length === 0) return death;
    const heard = await this.#hear(ground, document, enrolments, values);
    await this.#services.matches.keep(this.#origin.importId, {
      person: document.record.personKey,
      row,
      at: this.#services.clock.now(),
      ...(values['since'] !== undefined && { since: values['since'] }),
      detail: detailCode(ground.list.kind, values['detail']),
      enrolments: heard,
    });
    const made = heard.some(({ caseId }) => caseId !== undefined);
    return ok({ outcome: made ? 'changed' : 'unchanged', accountChange: false });
  }

  async #receivesHere({ record }: PersonDocument): Promise<boolean> {
    const { register } = this.#services;
    const wards = (await wardsOf(register.table, [record.personKey])).get(record.personKey) ?? [];
    const own = wards.filter(({ jurisdiction }) => jurisdiction === this.#origin.jurisdiction);
    const named = await register.enrolments(own);
    return named.some((enrolment) => enrolment && currentPayee(enrolment) === record.personKey);
  }

  async #recordDeath(list: MatchingList, { record }: PersonDocument, values: RowValues): Promise<Recorded> {
    return this.#deaths.recordDeathRow({
      idNumber: values['idNumber'],
      name: values['name'] ?? record.legalName,
      diedOn: values['since'],
      kind: 'death-reported',
      list: list.source,
    });
  }

  /** The case of each enrolment that the list concerns; none where policy only informs, grants are paid, or the enrolment has ended. */
  async #hear(
    { list, book, changes }: Ground,
    { record }: PersonDocument,
    enrolments: readonly EnrolmentDocument[],
    values: RowValues,
  ): Promise<Match['enrolments']> {
    const finding = await this.#findingOf(list, record.personKey, values);
    const { jurisdiction, importId, by, requestedOn } = this.#origin;
    const heard: Match['enrolments'][number][] = [];
    for (const { id: enrolment, programme, facts } of enrolments) {
      const known = PROGRAMMES[programme];
      if (!known || !concerns(list.kind, known)) continue;
      const month = monthOf(requestedOn);
      const policy = matchingPolicy(book, { jurisdiction, programme, knownOn: requestedOn }, month);
      const action = actionFor(list.kind, policy.actions);
      // Most grants were paid long ago; what is still to be paid, a control looks at.
      if (action === 'inform' || known.paidBy || hasEnded(facts, monthOf(list.listDate))) {
        heard.push({ enrolment, programme });
        continue;
      }
      const street = keeperOn(facts, changes, requestedOn);
      const { found } = await this.#services.cases.hear(
        { jurisdiction, programme },
        {
          jurisdiction,
          programme,
          enrolment,
          about: list.kind,
          ...(street !== undefined && { street }),
        },
        {
          hold: action === 'hold',
          source: { type: 'match', list: importId, source: list.source, listDate: list.listDate, finding },
        },
        { now: this.#services.clock.now, by },
      );
      heard.push({ enrolment, programme, caseId: found.caseId });
    }
    return heard;
  }

  /** The same for the same said of the same person, whichever list says it, and telling nothing. */
  #findingOf(list: MatchingList, person: PersonKey, values: RowValues): Promise<string> {
    const { personalData } = this.#services.register;
    const said = [list.kind, person, values['since'] ?? '', detailCode(list.kind, values['detail'])];
    return personalData.opaqueId('matching-finding', said);
  }
}

const UNMATCHED: RowRecorded = { outcome: 'unmatched', accountChange: false };

const hasEnded = (facts: EnrolmentDocument['facts'], month: Month): boolean => {
  const stop = latestFact(facts, 'stop')?.value ?? '';
  return stop !== '' && stop < month;
};

function faultOf(list: MatchingList, { record }: PersonDocument, values: RowValues): RowFault | undefined {
  const { name, since } = values;
  if (list.kind === 'deaths' && since === undefined)
    return {
      column: '发生日期',
      zh: '死亡名单须填死亡日期',
      en: 'Since: a list of deaths needs the date of death',
    };
  // That a name differs is what an identity check is about.
  if (name === undefined || list.kind === 'identity' || sameName(record.legalName, name)) return undefined;
  return {
    column: '姓名',
    zh: '该身份证号在对象信息库中登记的是另一个姓名：请与来源单位核对，本行未作比对',
    en: 'Name: this identity number is registered under another name; check with the source, the row was not matched',
  };
}
