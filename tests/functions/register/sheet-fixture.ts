import { identityCheckDigit } from '../../../domain/identity-number.ts';
import type { ImportRequested } from '../../../events/imports.ts';
import { HouseholdStore } from '../../../functions/adapters/household-store.ts';
import { mapBounded } from '../../../functions/concurrency.ts';
import { importHandler } from '../../../functions/register/import.ts';
import { type ImportServices, importServices } from '../../../functions/register/import-services.ts';
import type { Delivery, Engines } from '../../engines.ts';

const READS_AT_ONCE = 16;

/** Synthetic people, rows and imports for tests of the register. */
export const HEADINGS =
  '姓名,身份证号,手机号,街道代码,街道名称,申请日期,人员类别,收款人姓名,收款人身份证号,收款账号,开户行,停发月份';

export function idNumber(sequence: number, born = '19400115'): string {
  // Sequence numbers have three digits; people beyond a thousand are born on later days of the month.
  const day = String(Number(born.slice(6)) + Math.floor(sequence / 1000)).padStart(2, '0');
  const first = `110199${born.slice(0, 6)}${day}${String(sequence % 1000).padStart(3, '0')}`;
  return first + identityCheckDigit(first);
}

export type RowFields = Partial<
  Record<
    | 'name'
    | 'id'
    | 'phone'
    | 'street'
    | 'streetName'
    | 'applied'
    | 'class'
    | 'payee'
    | 'payeeId'
    | 'account'
    | 'bank'
    | 'stop',
    string
  >
>;

const SURNAMES = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨';
/** A good row of the n-th person; fields given replace those of the row. */
export function row(n: number, fields: RowFields = {}): string {
  const all = {
    name: `${SURNAMES[n % 16]}老${String.fromCharCode(0x4e00 + n)}`,
    id: idNumber(n),
    phone: `138${String(n).padStart(8, '0')}`,
    street: '110199001',
    streetName: '示例街道',
    applied: '2026-09-01',
    class: '其他',
    payee: '',
    payeeId: '',
    account: `6217${String(n).padStart(12, '0')}`,
    bank: '示例银行',
    stop: '',
    ...fields,
  };
  return [
    all.name,
    all.id,
    all.phone,
    all.street,
    all.streetName,
    all.applied,
    all.class,
    all.payee,
    all.payeeId,
    all.account,
    all.bank,
    all.stop,
  ].join(',');
}

export function sheet(rows: readonly string[], headings = HEADINGS): Buffer {
  return Buffer.from(`\ufeff${[headings, ...rows].join('\r\n')}\r\n`, 'utf8');
}

export function request(importId: string, fields: Partial<ImportRequested> = {}): ImportRequested {
  return {
    type: 'import.requested',
    version: 1,
    importId,
    kind: 'register',
    objectKey: `uploads/${importId}.csv`,
    jurisdiction: '110199',
    programme: 'high-age',
    by: 'staff-preparer',
    requestedAt: '2026-11-20T02:00:00.000Z',
    ...fields,
  };
}

/** Uploads a file, requests its import and delivers messages until nothing is left to do. */
export async function runImport(
  engines: Engines,
  services: ImportServices,
  message: ImportRequested,
  bytes: Uint8Array,
  delivery?: Delivery,
) {
  await engines.files.put(message.objectKey, bytes);
  engines.send('imports', JSON.stringify(message));
  const report = await engines.deliver({ imports: importHandler(() => services) }, delivery);
  return { report, status: await services.imports.get(message.importId) };
}

/** The same keys in every engine, so that two registers can be compared key by key. */
export const FIXED_KEYS = { LOCAL_DATA_KEY: '11'.repeat(32), LOCAL_LOOKUP_KEY: '22'.repeat(32) };

/** Services whose clock gives a new instant at every reading, so that tests see the order of things. */
export function servicesFor(
  engines: Engines,
  start = '2026-11-20T03:00:00.000Z',
  env: Readonly<Record<string, string>> = engines.env,
): ImportServices {
  let milliseconds = Date.parse(start);
  return {
    ...importServices(env),
    clock: {
      now: () => {
        milliseconds += 1;
        return new Date(milliseconds).toISOString();
      },
      today: () => start.slice(0, 10),
    },
  };
}

/**
 * The register as data, opened and without instants and versions: what two ways of importing the same sheets must agree
 * on.
 */
export async function registerContent(engines: Engines, services: ImportServices): Promise<unknown> {
  const withoutTimes = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value, (key, inner: unknown) =>
        ['recordedAt', 'changedAt', 'version', 'proposedAt', 'sealed'].includes(key)
          ? undefined
          : inner instanceof Set
            ? [...(inner as Set<string>)].sort((a, b) => (a < b ? -1 : 1))
            : inner,
      ),
    );
  const items = await engines.scan('register');
  // Not all at once: on a busy machine a thousand sockets are not open within the time that the client allows.
  const content = await mapBounded(items, READS_AT_ONCE, async (item) => {
    if (item.sk !== 'DOC') return item;
    const key = item.pk.slice(2);
    const opened = item.pk.startsWith('H#')
      ? (await new HouseholdStore(services.register).household(key)).document
      : await services.register.person(key);
    return { pk: item.pk, sk: item.sk, record: opened?.record };
  });
  return withoutTimes(content.sort((a, b) => (`${a.pk} ${a.sk}` < `${b.pk} ${b.sk}` ? -1 : 1)));
}
