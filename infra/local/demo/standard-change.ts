import { addMonths, type Month } from '../../../domain/calendar.ts';
import { SAMPLE_JURISDICTION } from '../sample/streets.ts';
import { type ResponseOf, waitFor } from './api-client.ts';
import { earlier, todayInChina } from './household-register.ts';
import type { Desk } from './payment-run.ts';
import { achieve } from './prepare.ts';
import { changePolicy } from './propose-policy.ts';

/** Yuan a person and month that the sample district raises its standard to, in force before it is decided. */
export const NEW_STANDARD = '1500.00';
const DOCUMENT = '示民救发〔2026〕70号（样例）';

export type StandardChange = ResponseOf<'getStandardChange'>;

/**
 * 调标: a standard decided in the month before the one paid and in force from `inForceFrom`, as one batch that another person
 * approves once. The arrears are in the next run.
 */
export async function raiseStandard(desk: Desk, period: Month, inForceFrom: Month): Promise<StandardChange> {
  const { api, key, programme } = desk;
  const issuedOn = earlier(`${addMonths(period, -1)}-18`, todayInChina());
  const proposed = {
    packs: [standardPack(programme, inForceFrom, issuedOn)],
    reason: '调整最低生活保障标准',
  };
  await changePolicy(api, proposed, '示民政发〔2026〕标准1号', key('standard-pack'));
  const body = { programme, document: DOCUMENT, issuedOn, through: period };
  const { batchId } = await api.call('preparer', 'startStandardChange', { body, key: key('standard') });
  const params = { batchId };
  const reached = (...states: readonly StandardChange['state'][]) =>
    waitFor(`standard change ${states[0]}`, async () => {
      const batch = await api.call('approver', 'getStandardChange', { params });
      return states.includes(batch.state) ? batch : undefined;
    });
  const { hash = '' } = await reached('review', 'applying', 'applied');
  await achieve(
    async () => (await api.call('approver', 'getStandardChange', { params })).state !== 'review',
    () =>
      api.call('approver', 'approveStandardChange', {
        params,
        body: { hash, document: '示民救〔2026〕调标1号', decidedOn: issuedOn },
        key: key('standard-2'),
      }),
  );
  return await reached('applied');
}

const standardPack = (programme: string, inForceFrom: Month, decidedOn: string) => ({
  jurisdiction: SAMPLE_JURISDICTION,
  programme,
  values: [
    {
      parameter: 'standard',
      value: { urban: NEW_STANDARD, rural: NEW_STANDARD },
      inForceFrom,
      decidedOn,
      citation: { document: DOCUMENT, title: '示例区调整最低生活保障标准（样例）' },
      retroactivity: {
        months: 'from-in-force' as const,
        persons: 'entitled-in-month' as const,
        components: 'all' as const,
      },
      sample: true as const,
    },
  ],
});
