import * as z from 'zod/mini';
import { HouseholdEvent } from '../../../domain/household/event.ts';
import { RELATIONS, RESIDENCES } from '../../../domain/household/household-case.ts';
import type { Contract } from './contract.ts';
import { EnrolmentView, MaskedPerson } from './persons.ts';
import { InstantText, OpaqueId, PersonKeyText } from './primitives.ts';

const EventView = z
  .strictObject({
    number: z.int(),
    eventId: OpaqueId,
    event: z.string(),
    recordedAt: InstantText,
    recordedBy: OpaqueId,
  })
  .check(
    z.meta({ id: 'HouseholdEvent', description: '家庭事件，不可更改 / an event of a household, immutable' }),
  );
const params = z.strictObject({ householdKey: PersonKeyText });

export const householdContracts = {
  getHousehold: {
    summary: { zh: '家庭及其成员、事件', en: 'A household, its members and events' },
    params,
    status: 200,
    response: z.strictObject({
      householdKey: PersonKeyText,
      residence: z.optional(z.enum(RESIDENCES)),
      members: z.array(
        z.strictObject({ person: MaskedPerson, relation: z.enum(RELATIONS), covered: z.boolean() }),
      ),
      enrolments: z.array(EnrolmentView),
      events: z.array(EventView),
    }),
  },
  recordHouseholdEvent: {
    summary: { zh: '登记家庭事件', en: 'Record what happened to a household' },
    notes: {
      zh: '分户、合户、婚入、出生、离户、死亡、变更户主、服刑与释放、街道间迁移、迁出、迁入、城乡类别变更。登记不改变金额：已核定的对象产生复核任务，由核定决定金额；迁出、合户登记停发月份，迁入不发原地已发的月份。变更户主不改变领款人：仍由原领款人领取，同时提出收款人变更，经第二人确认后由新户主领取。',
      en: 'Split, merger, marriage, birth, leaving, death, new head, custody and release, moves between streets and districts, urban or rural. It changes no amount: what was determined is to be reviewed; a move out and a merger record the last month paid, and a move in pays no month that the district moved from has paid. A new head is not paid at once: whoever was goes on being paid, and a change of payee is proposed for a second person to confirm.',
    },
    params,
    request: HouseholdEvent,
    status: 201,
    response: EventView,
  },
} as const satisfies Record<string, Contract>;
