import { type Fen, fen, sumFen, toYuan } from '../../../../domain/money.ts';
import { type PolicyBook, policyBook } from '../../../../domain/policy/book.ts';
import { parsePolicyPack } from '../../../../domain/policy/parse-pack.ts';
import type { EarlierGrant, GrantProposal } from '../../../../domain/programmes/programme.ts';
import type { TemporaryAidFacts } from '../../../../domain/programmes/temporary-aid/facts.ts';
import { workOut } from '../../../../domain/programmes/temporary-aid/work-out.ts';
import type { Result } from '../../../../domain/result.ts';
import { policyFile } from '../../../policy-files.ts';
import { must, type PackFile } from '../samples.ts';

export const PLACES = ['110000', '110199', '310000', '321281', '440100'];
export const aidFile = (place: string): PackFile => policyFile(place, 'temporary-aid');

/** The packs of a place and of Beijing, above its sample district, with some parameters of 临时救助 set to something else. */
export function aidBook(place: string, changes: Record<string, unknown> = {}): PolicyBook {
  const places = place === '110199' ? ['110000', '110199'] : [place];
  const files = places.flatMap((one) => [policyFile(one, 'dibao'), aidFile(one)]);
  for (const file of files.filter(({ programme }) => programme === 'temporary-aid'))
    for (const row of file.values) if (row.parameter in changes) row.value = changes[row.parameter];
  return must(policyBook(files.map((file) => must(parsePolicyPack(file)).pack)));
}

export type Asked = {
  readonly place?: string;
  readonly book?: PolicyBook;
  readonly appliedOn?: string;
  readonly decidedOn?: string;
  readonly earlier?: readonly EarlierGrant[];
};

const BOOKS = new Map<string, PolicyBook>();
function bookOf(place: string): PolicyBook {
  const book = BOOKS.get(place) ?? aidBook(place);
  BOOKS.set(place, book);
  return book;
}

const URGENT: TemporaryAidFacts = {
  kind: 'urgent',
  persons: 1,
  residence: 'urban',
  registration: 'local',
  family: 'other',
  cause: 'fire',
  eventOn: '2025-06-01',
};

/** What a place works out for an application of 10 June 2025, decided a week later, if nothing else is said. */
export function worked(facts: Partial<TemporaryAidFacts>, asked: Asked = {}): Result<GrantProposal> {
  const { place = '440100', appliedOn = '2025-06-10', decidedOn = '2025-06-17', earlier = [] } = asked;
  const scope = { jurisdiction: place, programme: 'temporary-aid', knownOn: decidedOn };
  const view = { book: asked.book ?? bookOf(place), scope };
  const base = facts.kind === 'spending' ? { ...URGENT, cause: 'illness' as const } : URGENT;
  return workOut({ facts: { ...base, ...facts }, appliedOn, decidedOn, view, earlier });
}

/** Yuan of all months together, or the code of the refusal. */
export function due(facts: Partial<TemporaryAidFacts>, asked: Asked = {}): string {
  const answer = worked(facts, asked);
  return answer.ok ? toYuan(totalOf(answer.value)) : answer.error.code;
}
export const totalOf = ({ parts }: GrantProposal): Fen =>
  sumFen(parts.flatMap(({ components }) => components.map((one) => one.fen)));

export const before = (
  decidedOn: string,
  yuan: number,
  changes: Partial<EarlierGrant> = {},
): EarlierGrant => ({
  programme: 'temporary-aid',
  decidedOn,
  fen: fen(yuan * 100),
  ...changes,
});
