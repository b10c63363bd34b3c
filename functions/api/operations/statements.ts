import { addMonths, type Month, monthOf } from '../../../domain/calendar.ts';
import type { PersonKey } from '../../../domain/ids.ts';
import { ok, type Result, refusal, refuse } from '../../../domain/result.ts';
import type { Span } from '../../../domain/statement/payments.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import { loadStatement } from '../../statement/load-statement.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { statementContracts } from '../contracts/statements.ts';
import { LIST_STYLE } from '../list-style.ts';
import type { Operations } from '../operation.ts';
import { htmlPage } from '../page-policy.ts';
import { statementPage } from '../statement-page.ts';
import { maskedPerson } from '../views/person-view.ts';
import { type StatementBody, statementView } from '../views/statement-view.ts';
import { personInReach } from './scope.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;
type Asked = { readonly from?: Month | undefined; readonly through?: Month | undefined };

const MONTHS_SHOWN = 24;
const MONTHS_MAX = 120;

/** Months of payment that a statement shows. Refusal: `invalid/months`. */
export function spanOf({ from, through }: Asked, today: string): Result<Span> {
  const last = through ?? addMonths(monthOf(today), 1);
  const first = from ?? addMonths(last, 1 - MONTHS_SHOWN);
  if (first <= last && first > addMonths(last, -MONTHS_MAX)) return ok({ from: first, through: last });
  return refuse(
    refusal(
      'invalid/months',
      `起止月份有误：起始月份不能晚于截止月份，最多 ${MONTHS_MAX} 个月`,
      `the first month comes before the last, ${MONTHS_MAX} months at most`,
    ),
  );
}

export const statements: Pick<StaffOperations, keyof typeof statementContracts> = {
  async getPersonStatement(request, services) {
    const body = await statementOf(request, services);
    return body.ok ? ok({ body: body.value }) : body;
  },

  async getPersonStatementSheet(request, services) {
    const body = await statementOf(request, services);
    return body.ok ? ok(htmlPage(statementPage(body.value, STATEMENT_STYLE), STATEMENT_STYLE)) : body;
  },
};

export const STATEMENT_STYLE = `${LIST_STYLE}
h2{font-size:12pt;margin:6mm 0 2mm}.sum td{font-weight:600;background:#eee}
`;

async function statementOf(
  {
    actor,
    params,
    query,
  }: {
    readonly actor: StaffActor;
    readonly params: { readonly personKey: PersonKey };
    readonly query: Asked;
  },
  { register, statements: ports }: StaffServices,
): Promise<Result<StatementBody>> {
  const person = await personInReach(register, actor, params.personKey);
  if (!person.ok) return person;
  const today = ports.clock.today();
  const span = spanOf(query, today);
  if (!span.ok) return span;
  const { document, enrolments } = person.value;
  const loaded = await loadStatement(ports, enrolments, span.value);
  return ok(statementView(loaded, today, maskedPerson(document.record)));
}
