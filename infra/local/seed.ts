/**
 * What `npm start` gives a new data folder, through the API and with the sign-ins that people use: staff, policy packs,
 * budgets (also of what is paid by single grants), the register of the sample district, a few people in every other programme, the households of its two smallest streets with their decisions, and a few matching lists. Every
 * start runs it; what is there already stays as it is.
 */
import { RUN_RULES } from '../../domain/programmes/run-rules.ts';
import { ApiClient, waitFor } from './demo/api-client.ts';
import { fewPeople } from './demo/few-people.ts';
import { decideFirst, importHouseholds } from './demo/household-register.ts';
import type { Desk } from './demo/payment-run.ts';
import {
  csvSheet,
  HOUSEHOLD_PROGRAMME,
  importSheet,
  linkBeneficiary,
  PROGRAMME,
  prepareBureau,
} from './demo/prepare.ts';
import type { Host } from './host.ts';
import { type District, generateDistrict } from './sample/district.ts';
import { DISTRICT_HOUSEHOLDS, generateHouseholds } from './sample/households.ts';
import { matchingLists } from './sample/matching-lists.ts';

const SEED = 'fafang';
const MONTH = '2026-12';
/** The households of all streets would take minutes. */
const STREETS_WITH_HOUSEHOLDS = 2;

/** What is paid by single grants, each with a budget line of its own: without one nobody could approve a run of it. */
const GRANT_PROGRAMMES = Object.entries(RUN_RULES).flatMap(([id, rules]) =>
  rules?.paidBy === 'grants' ? [id] : [],
);

export type SeedOptions = {
  /** Size of the sample district; left out, the whole of it. */
  readonly people?: number;
  /** Households of the whole district, of which those of two streets are seeded; left out, all 1,100. */
  readonly households?: number;
  readonly print?: (line: string) => void;
};

export async function seed(
  host: Pick<Host, 'address' | 'tokenFor'>,
  options: SeedOptions = {},
): Promise<void> {
  const print = options.print ?? ((line: string) => console.log(line));
  const api = new ApiClient(host);
  const thisYear = new Date().getFullYear();
  const fiscalYears = [...new Set([MONTH.slice(0, 4), `${thisYear}`, `${thisYear + 1}`])];
  await prepareBureau(api, fiscalYears);
  await seedGrantBudgets(api, fiscalYears);
  print('示例区：人员、政策包、预算指标已就绪 / sample district: staff, policy packs and budgets are there');
  const people = options.people === undefined ? {} : { people: options.people };
  const district = generateDistrict({ seed: SEED, month: MONTH, ...people });
  const key = `seed-${SEED}-${district.people.length}`;
  const { counts } = await importSheet(
    api,
    PROGRAMME,
    csvSheet('register', district.registerCsv),
    `${key}-register`,
  );
  await linkBeneficiary(api, 'beneficiary', district.planted.cast.linked, `${key}-link`);
  print(
    `示例区：对象信息库 ${counts?.accepted ?? 0} 行已导入，${counts?.rejected ?? 0} 行有误（示例中有意写错的）/ sample district: ${counts?.accepted ?? 0} rows imported, ${counts?.rejected ?? 0} refused, wrong on purpose`,
  );
  // Before the households, which take a while: a run of the people that was computed without these lists is taken back at dispatch.
  await seedMatchingLists(api, district, key, print);
  await seedFewPeople(api, fiscalYears, print);
  await seedHouseholds(api, options.households ?? DISTRICT_HOUSEHOLDS, print);
}

async function seedGrantBudgets(api: ApiClient, fiscalYears: readonly string[]): Promise<void> {
  for (const fiscalYear of fiscalYears) {
    for (const [index, programme] of GRANT_PROGRAMMES.entries()) {
      const line = {
        line: `${fiscalYear}-0${831 + index}`,
        level: 'district',
        fund: programme === 'venture-fund' ? 'lottery' : 'general',
        appropriated: '3000000.00',
      } as const;
      const key = `seed-${SEED}-budget-${programme}-${fiscalYear}`;
      await api.call('finance', 'setBudget', { body: { programme, fiscalYear, lines: [line] }, key });
    }
  }
}

/** A few people in every other programme that pays by the month, so that a run of each can be started. */
async function seedFewPeople(
  api: ApiClient,
  fiscalYears: readonly string[],
  print: (line: string) => void,
): Promise<void> {
  const desk: Desk = {
    api,
    programme: PROGRAMME,
    seed: SEED,
    key: (name) => `seed-${SEED}-few-${name}`,
    say: () => undefined,
  };
  const rows = await fewPeople(desk, fiscalYears);
  print(
    `示例区：其他各项目 ${rows} 行已导入，特困已核定 / sample district: ${rows} rows of all other programmes imported, tekun decided`,
  );
}

/** Lists of other authorities, brought in and matched: by the district's policy some of their cases hold a payment. */
async function seedMatchingLists(
  api: ApiClient,
  district: District,
  key: string,
  print: (line: string) => void,
): Promise<void> {
  const counts = await Promise.all(
    matchingLists(district).map(async ({ kind, source, listDate, fileName, csv }) => {
      const file = { name: `${fileName}.csv`, bytes: Buffer.from(csv, 'utf8') };
      const uploadId = await api.upload('preparer', 'matching', file, `${key}-${kind}-upload`);
      const body = { uploadId, kind, source, listDate };
      const { listId } = await api.call('preparer', 'createMatchingList', { body, key: `${key}-${kind}` });
      const done = await waitFor(`matching ${kind}`, async () => {
        const list = await api.call('preparer', 'getMatchingList', { params: { listId } });
        return list.import.state === 'done' ? list.import : undefined;
      });
      return done.counts?.changed ?? 0;
    }),
  );
  const matched = counts.reduce((sum, count) => sum + count, 0);
  print(
    `示例区：比对名单已导入，比中 ${matched} 人，疑点见 /v1/cases / sample district: matching lists imported, ${matched} people matched, their cases are under /v1/cases`,
  );
}

/** The household sheets of the smallest streets, and the first decision about every household of theirs. */
async function seedHouseholds(
  api: ApiClient,
  households: number,
  print: (line: string) => void,
): Promise<void> {
  const district = generateHouseholds({ seed: SEED, month: MONTH, households });
  const sheets = district.sheets.slice(-STREETS_WITH_HOUSEHOLDS);
  const streets = sheets.map(({ street }) => street.code);
  const desk: Desk = {
    api,
    programme: HOUSEHOLD_PROGRAMME,
    seed: SEED,
    key: (name) => `seed-${SEED}-${households}-households-${name}`,
    say: () => undefined,
  };
  await importHouseholds(desk, sheets);
  const here = district.households.filter(({ street }) => streets.includes(street.code));
  const enrolled = await decideFirst(desk, here);
  const head = here[0]?.members[0];
  if (head) await linkBeneficiary(api, 'beneficiary-2', head.idNumber, desk.key('link'));
  const names = sheets.map(({ street }) => street.name);
  print(
    `示例区：${names.join('、')}的低保家庭 ${enrolled.length} 户已导入并核定 / sample district: ${enrolled.length} households of two streets imported and decided`,
  );
}
