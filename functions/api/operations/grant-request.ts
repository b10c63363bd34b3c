import type * as z from 'zod/mini';
import type { PlainDate } from '../../../domain/calendar.ts';
import { parseIdentityNumber } from '../../../domain/identity-number.ts';
import { parsePersonName } from '../../../domain/person-name.ts';
import { ok, type Result } from '../../../domain/result.ts';
import type { FamilyMember, GrantRequest, Stated } from '../../grants/apply-for-grant.ts';
import type { HttpRefusal } from '../../middleware/problem.ts';
import type { GrantApplicationRequest } from '../contracts/grant-statements.ts';
import { grantFactsOf } from './grant-programmes.ts';

type Body = z.output<typeof GrantApplicationRequest>;
type Party = GrantRequest['subject'];

/** An application as it was typed, with every number and name checked. */
export function grantRequestOf(
  body: Body,
  jurisdiction: string,
  today: PlainDate,
): Result<GrantRequest, HttpRefusal> {
  const subject = partyOf(body.applicant, today);
  if (!subject.ok) return subject;
  const payee = body.payee && partyOf(body.payee.party, today);
  if (payee && !payee.ok) return payee;
  const stated = statedOf(body.programme, body, today);
  if (!stated.ok) return stated;
  const { programme, street, community, appliedOn } = body;
  const grounds = body.payee && {
    kind: body.payee.party.kind === 'organisation' ? ('organisation' as const) : ('representative' as const),
    ...(body.payee.relation !== undefined && { relation: body.payee.relation }),
    ...(body.payee.document !== undefined && { document: body.payee.document }),
    ...(body.payee.validTo !== undefined && { validTo: body.payee.validTo }),
  };
  return ok({
    jurisdiction,
    programme,
    street,
    ...(community !== undefined && { community }),
    appliedOn,
    subject: subject.value,
    ...(payee && grounds && { payee: { named: payee.value, grounds } }),
    ...stated.value,
  });
}

/** What an application states: facts by the programme's schema, and the family by number. */
export function statedOf(
  programme: string,
  { facts, family, missingPapers }: Pick<Body, 'facts' | 'family' | 'missingPapers'>,
  today: PlainDate,
): Result<Stated, HttpRefusal> {
  const read = grantFactsOf(programme, facts);
  if (!read.ok) return read;
  const members: FamilyMember[] = [];
  for (const { name, idNumber } of family) {
    const number = parseIdentityNumber(idNumber, { today });
    if (!number.ok) return number;
    const legal = parsePersonName(name);
    if (!legal.ok) return legal;
    members.push({ name: legal.value, idNumber: number.value.number });
  }
  return ok({ facts: read.value, family: members, ...(missingPapers && { missingPapers }) });
}

function partyOf(party: Body['applicant'], today: PlainDate): Result<Party> {
  const { account, bankName, bankCode } = party;
  const into = (holderName: string): Pick<Party, 'account'> =>
    account === undefined
      ? {}
      : {
          account: {
            account,
            holderName,
            ...(bankName !== undefined && { bank: bankName }),
            ...(bankCode !== undefined && { bankCode }),
          },
        };
  if (party.kind === 'organisation') {
    const legalName = party.name.normalize('NFC');
    return ok({ idNumber: party.creditCode, legalName, organisation: true, ...into(legalName) });
  }
  const number = parseIdentityNumber(party.idNumber, { today });
  if (!number.ok) return number;
  const name = parsePersonName(party.name);
  if (!name.ok) return name;
  const phone = party.phone !== undefined && { phone: party.phone };
  return ok({ idNumber: number.value.number, legalName: name.value, ...phone, ...into(name.value) });
}
