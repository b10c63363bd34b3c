import { birthday, monthOf, type PlainDate } from '../../calendar.ts';
import { flatAmount, payAtOnce } from '../../grants/amounts.ts';
import { type GrantValues, readValues } from '../../grants/read-values.ts';
import { lookupParameter } from '../../policy/lookup.ts';
import type { Fact } from '../../register/facts.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../../result.ts';
import type { GrantInput, GrantProposal, Step } from '../programme.ts';
import type { PolicyView } from '../schedule.ts';
import { GREEN_BURIAL_AGREEMENT_PARAMETERS, type GreenBurialAgreementFacts } from './parameters.ts';

export const IN_LIFE_AWARD = 'in-life-award';
const PROGRAMME = 'green-burial-agreement';

/** The payment is for a year, or once for the agreement: `once` has no year in it. */
export const inLifeOccasion = (facts: GreenBurialAgreementFacts): string => `year ${facts.year}`;

/**
 * 生前享有: a flat award to a living signatory, once or for a year, by the policy of the month of decision. A death or a withdrawal
 * before the year ends it; one within the year leaves that year. Refusals: `conflict/deceased`, `conflict/agreement-withdrawn`,
 * `conflict/already-granted`, `policy/agreement-age`, `invalid/agreement-year`, those of `lookup`.
 */
export function workOutInLife(input: GrantInput): Result<GrantProposal> {
  const facts = input.facts as GreenBurialAgreementFacts;
  const read = readValues(input.view, monthOf(input.decidedOn), GREEN_BURIAL_AGREEMENT_PARAMETERS);
  if (!read.ok) return read;
  const { inLifeAward, withdrawal, decidedAt } = read.value;
  const no = refusedFor(input, facts, read.value);
  if (no) return refuse(no);
  const award = flatAmount('in-life-award', inLifeAward.value.amount, inLifeAward.citation);
  const about: Step = {
    code: inLifeAward.value.mode === 'once' ? 'agreement-once' : 'agreement-year',
    inputs: { agreement: facts.agreement, signedOn: facts.signedOn, withdrawal: withdrawal.value },
    result: String(facts.year),
    citation: withdrawal.citation,
  };
  return payAtOnce({
    components: [{ component: IN_LIFE_AWARD, fen: award.fen }],
    decidedAt: decidedAt.value,
    persons: 1,
    derivation: [about, ...award.steps],
    sample: inLifeAward.sample === true,
  });
}

function refusedFor(
  { decidedOn, subject = [], earlier }: GrantInput,
  { signedOn, year, withdrawnOn }: GreenBurialAgreementFacts,
  { inLifeAward, agreementAge }: GrantValues<typeof GREEN_BURIAL_AGREEMENT_PARAMETERS>,
): Refusal | undefined {
  const firstDay = `${year}-01-01`;
  if (signedOn > decidedOn || signedOn.slice(0, 4) > String(year) || String(year) > decidedOn.slice(0, 4))
    return NOT_THAT_YEAR;
  const died = deathOf(subject);
  // Of two beginnings the later: nobody had the year before the agreement was signed.
  const begins = signedOn > firstDay ? signedOn : firstDay;
  if (died !== undefined && died < begins) return DECEASED;
  if (withdrawnOn !== undefined && withdrawnOn < begins) return WITHDRAWN;
  const mine = earlier.filter(({ programme, fen }) => programme === PROGRAMME && fen > 0);
  if (inLifeAward.value.mode === 'once' && mine.length > 0) return ALREADY;
  const born = subject.findLast(({ kind }) => kind === 'birth-date')?.value;
  const { from, leapDay } = agreementAge.value;
  return born !== undefined && birthday(born, from, leapDay) > signedOn ? tooYoung(from) : undefined;
}

/**
 * 退出协议: what policy does with an award for a year, as it governs the month of the withdrawal. One for a year that began later was never
 * due; of the others policy keeps or recovers all. Refusals: `invalid/withdrawn-on`, `policy/withdrawal-keeps`, those of `lookup`.
 */
export function agreementWithdrawn(
  { agreement, signedOn, year }: GreenBurialAgreementFacts,
  on: PlainDate,
  { book, scope }: PolicyView,
): Result<readonly Step[]> {
  if (on < signedOn) return refuse(BEFORE_SIGNED);
  const { withdrawal: spec } = GREEN_BURIAL_AGREEMENT_PARAMETERS;
  const query = { ...scope, parameter: 'withdrawal', month: monthOf(on) };
  const found = lookupParameter(book, query, spec);
  if (!found.ok) return found;
  const { value, citation } = found.value;
  const begins = signedOn > `${year}-01-01` ? signedOn : `${year}-01-01`;
  if (value === 'keep' && on >= begins) return refuse(keeps(citation.document));
  const inputs = { agreement, withdrawnOn: on, withdrawal: value };
  return ok([{ code: 'agreement-withdrawn', inputs, result: String(year), citation }]);
}

/** The earliest death that is certified or reported, and not taken back. */
function deathOf(facts: readonly Fact[]): PlainDate | undefined {
  const said = (['death-certified', 'death-reported'] as const).flatMap((kind) => {
    const value = facts.findLast((fact) => fact.kind === kind)?.value ?? '';
    return value === '' ? [] : [value];
  });
  return said.sort()[0];
}

const BEFORE_SIGNED = refusal(
  'invalid/withdrawn-on',
  '退出日期早于签约日期：请核对',
  'the withdrawal lies before the agreement: check the day',
);
const keeps = (document: string): Refusal =>
  refusal(
    'policy/withdrawal-keeps',
    `按${document}，退出协议的，已享有的年度不追回：自次年起不再给付即可`,
    `by ${document} what was awarded before a withdrawal is kept: it only ends from the next year on`,
    { document },
  );
const DECEASED = refusal(
  'conflict/deceased',
  '签约人在该年度之前已去世：自次年起终止，可由经办人申请逝后奖补',
  'the signatory died before that year: it ended; the handler may apply for the award after death',
);
const WITHDRAWN = refusal(
  'conflict/agreement-withdrawn',
  '签约人在该年度之前已退出协议：自次年起终止',
  'the agreement was withdrawn from before that year: it ended',
);
const ALREADY = refusal(
  'conflict/already-granted',
  '生前奖补为一次性，该签约人已享有',
  'the award in life is paid once, and this signatory has had it',
);
const NOT_THAT_YEAR = refusal(
  'invalid/agreement-year',
  '享有年度应在签约年度与决定年度之间：请核对签约日期和年度',
  'the year lies between those of the agreement and of the decision: check both',
);
const tooYoung = (age: number): Refusal =>
  refusal(
    'policy/agreement-age',
    `签约时未满 ${age} 周岁，不符合签约年龄`,
    `younger than ${age} when the agreement was signed`,
    { age },
  );
