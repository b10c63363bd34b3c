/**
 * What `npm start` gives a new data folder, through the API and with the sign-ins that people use: staff, policy packs,
 * budgets, and the register of the sample district. Every start runs it; what is there already stays as it is.
 */
import { ApiClient } from './demo/api-client.ts';
import { csvSheet, importSheet, linkBeneficiary, PROGRAMME, prepareBureau } from './demo/prepare.ts';
import type { Host } from './host.ts';
import { generateDistrict } from './sample/district.ts';

const SEED = 'fafang';
const MONTH = '2026-12';

/** @param people size of the sample district; left out, the whole of it */
export async function seed(
  host: Pick<Host, 'address' | 'tokenFor'>,
  options: { readonly people?: number; readonly print?: (line: string) => void } = {},
): Promise<void> {
  const print = options.print ?? ((line: string) => console.log(line));
  const api = new ApiClient(host);
  const thisYear = new Date().getFullYear();
  await prepareBureau(api, [...new Set([MONTH.slice(0, 4), `${thisYear}`, `${thisYear + 1}`])]);
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
    `示例区：对象信息库 ${counts?.accepted ?? 0} 行已导入，${counts?.rejected ?? 0} 行有误 / sample district: ${counts?.accepted ?? 0} rows imported, ${counts?.rejected ?? 0} refused`,
  );
}
