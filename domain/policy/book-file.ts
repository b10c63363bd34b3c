import { canonicalJson, contentHash, type Json, type Sha256 } from '../canonical.ts';
import type { JurisdictionCode } from '../ids.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import type { DatedValue, PolicyBook } from './book.ts';
import { liesWithin } from './jurisdiction.ts';
import type { PolicyPack } from './pack.ts';

const BOOK_FORMAT = 'policy-book.v1';

/** The policy book of a place and those inside it, as it is written to a file: one spelling for one content. */
export type PolicyBookFile = {
  readonly format: string;
  readonly jurisdiction: JurisdictionCode;
  /** Of the packs in canonical JSON. */
  readonly hash: string;
  readonly packs: readonly PolicyPackContent[];
};
export type PolicyPackContent = Pick<PolicyPack, 'jurisdiction' | 'programme' | 'values'>;

/**
 * The packs that a book is made of: one for each place and programme, in order, each value once, however many packs they came
 * in. Of places inside `within` where it is given.
 */
export function packsOf(book: PolicyBook, within?: JurisdictionCode): PolicyPack[] {
  const packs = new Map<string, { jurisdiction: string; programme: string; rows: DatedValue[] }>();
  for (const row of [...book.rows.values()].flat()) {
    const { jurisdiction, programme } = row;
    if (within !== undefined && !liesWithin(jurisdiction, within)) continue;
    const key = `${jurisdiction}/${programme}`;
    const pack = packs.get(key) ?? { jurisdiction, programme, rows: [] };
    pack.rows.push(row);
    packs.set(key, pack);
  }
  return [...packs.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { jurisdiction, programme, rows }]) => {
      const keyed = rows.map(({ jurisdiction: _place, programme: _id, ...value }) => ({
        key: `${value.parameter}/${value.inForceFrom}/${value.decidedOn}/${canonicalJson(value as unknown as Json)}`,
        value,
      }));
      keyed.sort(({ key: a }, { key: b }) => (a < b ? -1 : a > b ? 1 : 0));
      // What is in a book was checked when its pack was parsed.
      return { jurisdiction, programme, values: keyed.map(({ value }) => value) } as unknown as PolicyPack;
    });
}

/** The file, its members in the order of canonical JSON: exported twice, or imported elsewhere and exported there, it is the same bytes. */
export function bookFile(sha256: Sha256, book: PolicyBook, jurisdiction: JurisdictionCode): PolicyBookFile {
  const packs = packsOf(book, jurisdiction);
  const hash = hashOf(sha256, packs);
  const spelled = canonicalJson({ format: BOOK_FORMAT, jurisdiction, hash, packs });
  return JSON.parse(spelled) as PolicyBookFile;
}

const hashOf = (sha256: Sha256, packs: readonly unknown[]): string =>
  contentHash(sha256, BOOK_FORMAT, packs as Json);

/** The packs of a file that is what its hash says. Refusals: `invalid/policy-book` (another format), `conflict/policy-book-hash`. */
export function packsOfFile(
  sha256: Sha256,
  file: Pick<PolicyBookFile, 'format' | 'hash'> & { readonly packs: readonly PolicyPackContent[] },
): Result<readonly PolicyPackContent[]> {
  if (file.format !== BOOK_FORMAT) {
    return refuse(
      refusal(
        'invalid/policy-book',
        `政策库文件的格式“${file.format.slice(0, 40)}”无法识别，应为 ${BOOK_FORMAT}：请重新导出`,
        `the format "${file.format.slice(0, 40)}" of the policy book is not known, ${BOOK_FORMAT} is: export it again`,
        { format: BOOK_FORMAT },
      ),
    );
  }
  return hashOf(sha256, file.packs) === file.hash ? ok(file.packs) : refuse(changedOnTheWay());
}

const changedOnTheWay = () =>
  refusal(
    'conflict/policy-book-hash',
    '政策库文件的内容与其摘要不符：导出后被改动过，请重新导出；要改动政策请直接提出',
    'the policy book is not what its hash says: it was changed after it was exported; export it again, and propose changes as such',
  );
