import { readFileSync } from 'node:fs';
import { type PolicyBook, policyBook } from '../../domain/policy/book.ts';
import { parsePolicyPack } from '../../domain/policy/parse-pack.ts';
import { assess } from '../../domain/programmes/assess.ts';
import type { Entitlement } from '../../domain/programmes/programme.ts';
import { type Elder, elders, KNOWN_ON, MONTH } from './elders.ts';
import { amountByEngine, beijingEngine, numbersOf } from './json-rules.ts';
import { samplesOf, shown, timed } from './samples.ts';
import { printHeading, printNote, printTable, whole } from './table.ts';
import { value } from './value.ts';

/** Explained entitlements per second on one core, json-rules-engine on the same rule and people beside it. */
export async function benchEntitlements(options: { people: number; rounds: number }): Promise<void> {
  printHeading(
    '一、每秒测算并说明理由的享受对象（单核）',
    '1. Explained entitlements per second, on one core',
  );
  const book = beijingBook();
  const people = elders(options.people);
  const numbers = people.map(numbersOf);
  const engine = beijingEngine();
  const { due, steps } = await compareAmounts(book, people);
  const ours = async () => {
    for (const person of people) assessOne(book, person);
  };
  const theirs = async () => {
    for (const each of numbers) await amountByEngine(engine, each);
  };
  const [mine, other, ratio]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < options.rounds; round += 1) {
    const mineRate = (people.length / (await timed(ours))) * 1000;
    const otherRate = (people.length / (await timed(theirs))) * 1000;
    mine.push(mineRate);
    other.push(otherRate);
    ratio.push(mineRate / otherRate);
  }
  printTable({
    headings: ['引擎 / engine', '每秒 / per second, median (range)', '含理由 / explained'],
    rows: [
      [
        '发放 Fafang assess()',
        shown(samplesOf(mine)),
        `${(steps / people.length).toFixed(1)} 步/人 steps each`,
      ],
      ['json-rules-engine 7.3.1', shown(samplesOf(other)), '否 / no'],
      ['比值 / ratio', shown(samplesOf(ratio), 2), ''],
    ],
  });
  printNote(
    `${whole(people.length)} 人，其中 ${whole(due)} 人当月应发；两边金额逐人一致；${options.rounds} 轮交替测量。规则引擎用的月份数事先算好，不计时。`,
    `${whole(people.length)} people, ${whole(due)} of them due; the same amount on both sides for every one; ${options.rounds} rounds in turn. The numbers that the rule engine compares are prepared beforehand and not timed.`,
  );
}

function beijingBook(): PolicyBook {
  const file = new URL('../../domain/policy-book/110000/high-age.json', import.meta.url);
  const { pack } = value(parsePolicyPack(JSON.parse(readFileSync(file, 'utf8'))));
  return value(policyBook([pack]));
}

function assessOne(book: PolicyBook, { situation }: Elder): Entitlement {
  const [mine] = assess(situation, book, { month: MONTH, knownOn: KNOWN_ON }).enrolments;
  if (!mine) throw new Error('a person without an enrolment');
  return value(mine.result);
}

/** Both engines for every person. @throws when they do not agree: then their speeds are of different things. */
async function compareAmounts(
  book: PolicyBook,
  people: readonly Elder[],
): Promise<{ due: number; steps: number }> {
  const engine = beijingEngine();
  let [due, steps] = [0, 0];
  for (const person of people) {
    const mine = assessOne(book, person);
    const theirs = await amountByEngine(engine, numbersOf(person));
    if (mine.fen !== theirs) {
      throw new Error(
        `${person.enrolment.id}: ${mine.fen} fen here (${mine.derivation.at(-1)?.code}), ${theirs} fen there`,
      );
    }
    if (mine.fen > 0) due += 1;
    steps += mine.derivation.length;
  }
  return { due, steps };
}
