import type * as z from 'zod/mini';
import type { PlainDate } from '../../../domain/calendar.ts';
import { maskAccount, maskName } from '../../../domain/mask.ts';
import { latestFact } from '../../../domain/register/facts.ts';
import type { PayeeGrounds, PayeeRecord } from '../../../domain/register/payee.ts';
import type { PayeeChangeState } from '../../adapters/payee-changes.ts';
import type { PayeeEnding } from '../../adapters/payee-endings.ts';
import type { payeeContracts } from '../contracts/payees.ts';

type Listed = z.input<(typeof payeeContracts)['listPayees']['response']>;
type Ending = z.input<(typeof payeeContracts)['listPayeeEndings']['response']>['endings'][number];

export function payeeView(record: PayeeRecord): Listed['payees'][number] {
  const { payee, recordedAt, by, confirmedBy } = record;
  return { payee, ...grounds(record), recordedAt, by, ...(confirmedBy !== undefined && { confirmedBy }) };
}

export function payeeChangeView({ change, confirmedBy }: PayeeChangeState): Listed['changes'][number] {
  const { changeId, enrolment, named, evidence, proposedBy, proposedAt } = change;
  return {
    changeId,
    enrolmentId: enrolment,
    ...grounds(change),
    ...(named && { name: maskName(named.legalName) }),
    ...(named?.account !== undefined && { account: maskAccount(named.account) }),
    evidence,
    state: confirmedBy === undefined ? 'proposed' : 'confirmed',
    proposedBy,
    proposedAt,
    ...(confirmedBy !== undefined && { confirmedBy }),
  };
}

export function payeeEndingView({ enrolment, record }: PayeeEnding, today: PlainDate): Ending {
  const { validFrom: _validFrom, ...rest } = grounds(record);
  const street = latestFact(enrolment.facts, 'street')?.value;
  return {
    enrolmentId: enrolment.id,
    programme: enrolment.programme,
    ...(street && { street }),
    payee: record.payee,
    ...rest,
    validTo: record.validTo,
    ended: record.validTo < today,
  };
}

function grounds({ kind, relation, document, validFrom, validTo }: PayeeGrounds) {
  return {
    ...(kind !== undefined && { kind }),
    ...(relation !== undefined && { relation }),
    ...(document !== undefined && { document }),
    ...(validFrom !== undefined && { validFrom }),
    ...(validTo !== undefined && { validTo }),
  };
}
