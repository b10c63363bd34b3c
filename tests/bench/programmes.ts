import { readdirSync, readFileSync } from 'node:fs';
import { assessment } from '../../domain/assessments/assessment.ts';
import { exampleOf } from '../../domain/assessments/examples.ts';
import { parsePolicyPack } from '../../domain/policy/parse-pack.ts';
import { PROGRAMMES } from '../../domain/programmes/index.ts';
import { samplesOf, shown, timed } from './samples.ts';
import { printHeading, printNote, printTable, whole } from './table.ts';
import { value } from './value.ts';

const BOOK = new URL('../../domain/policy-book/', import.meta.url);

/** Every programme's own example as a whole case: read, worked out with everything that stands around it, and said in both languages. */
export function benchProgrammes(options: { cases: number; rounds: number }): Promise<void> {
  printHeading('十、每秒试算的案例：各发放项目', '10. Cases answered per second, programme by programme');
  return measure(options);
}

async function measure({ cases, rounds }: { cases: number; rounds: number }): Promise<void> {
  const packs = readdirSync(BOOK).flatMap((place) =>
    readdirSync(new URL(`${place}/`, BOOK)).map(
      (file) =>
        value(parsePolicyPack(JSON.parse(readFileSync(new URL(`${place}/${file}`, BOOK), 'utf8')))).pack,
    ),
  );
  const rows: string[][] = [];
  for (const [id, programme] of Object.entries(PROGRAMMES)) {
    const example = exampleOf(id);
    if (!programme || !example) continue;
    const { amount, ...request } = example;
    const answer = () => {
      const found = assessment(request, packs);
      if (!found.ok) throw new Error(`${id}: ${found.error[0]?.en}`);
    };
    const rates: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const milliseconds = await timed(() => {
        for (let count = 0; count < cases; count += 1) answer();
      });
      rates.push((cases / milliseconds) * 1000);
    }
    rows.push([`${programme.names.zh} / ${id}`, shown(samplesOf(rates)), amount]);
  }
  printTable({ headings: ['发放项目 / programme', '每秒 / per second', '元 / yuan'], rows });
  printNote(
    `每个项目一个示例案例，各 ${whole(cases)} 次、${rounds} 轮；含读入案例、按该地政策建库、测算和中英文说明。`,
    `one example for each programme, ${whole(cases)} times in ${rounds} rounds; reading the case, the book of the place, the amount and the sentences in both languages included.`,
  );
}
