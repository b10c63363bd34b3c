import type { Instant } from '../../domain/calendar.ts';
import type { Bucket, EnrolmentId } from '../../domain/ids.ts';
import { CASE_ID, type CaseId } from '../../domain/matching/case.ts';
import type { CaseKind } from '../../domain/matching/list-kinds.ts';
import type { OpenCase } from '../../domain/matching/open-case.ts';
import { invariant } from '../../domain/result.ts';
import { shanghaiDate } from '../shanghai-date.ts';
import type { DynamoTable } from './dynamo-table.ts';
import { withFollowers } from './followed-items.ts';
import type { Scope } from './sweep-store.ts';

/** Follows the mark of a hold that has ended. */
export const CLEARED = '#CLEARED';

/** Which cases hold payments: all that runs read of them (case-store.ts has the rest). */
export class CaseHolds {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  /** Cases of a bucket that hold payments as known at an instant, by enrolment; only those opened after `since`. One query. */
  async holding(
    scope: Scope,
    bucket: Bucket,
    at: Instant,
    since = '',
  ): Promise<Map<EnrolmentId, OpenCase[]>> {
    const holding = new Map<EnrolmentId, OpenCase[]>();
    for await (const { item, follower } of withFollowers(
      this.#table.query(marksKey(scope, bucket)),
      CLEARED,
    )) {
      const openedAt = String(item['at']);
      if (openedAt > at || openedAt <= since || (follower && String(follower['at']) <= at)) continue;
      const { enrolment, kind } = partsOf(item.sk);
      const open = { caseId: item.sk, kind, openedOn: shanghaiDate(openedAt) };
      holding.set(enrolment, [...(holding.get(enrolment) ?? []), open]);
    }
    return holding;
  }
}

export const marksKey = ({ jurisdiction, programme }: Scope, bucket: Bucket): string =>
  `CASE-OPEN#${jurisdiction}#${programme}#${bucket}`;

/** @throws InvariantError when the text is no case id; text from outside is checked with CASE_ID first. */
export function partsOf(caseId: CaseId) {
  const [, enrolment = '', kind = '', number = ''] = CASE_ID.exec(caseId) ?? [];
  invariant(enrolment !== '', 'not a case id');
  return {
    enrolment,
    kind: kind as CaseKind,
    prefix: `${kind}#${number.padStart(4, '0')}#`,
  };
}
