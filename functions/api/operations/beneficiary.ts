import type { PersonKey } from '../../../domain/ids.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { reachableEnrolments } from '../../register/reachable-enrolments.ts';
import { loadStatement, type StatementPorts } from '../../statement/load-statement.ts';
import type { beneficiaryContracts } from '../contracts/beneficiary.ts';
import type { Operations } from '../operation.ts';
import { htmlPage } from '../page-policy.ts';
import { statementPage } from '../statement-page.ts';
import { myGrantView } from '../views/my-grant-view.ts';
import { explanationView, paymentView } from '../views/payment-view.ts';
import { ownEnrolmentView } from '../views/person-view.ts';
import { type StatementBody, statementView } from '../views/statement-view.ts';
import type { BeneficiaryServices } from './services.ts';
import { STATEMENT_STYLE, spanOf } from './statements.ts';

const HISTORY_MONTHS = 24;

/** The person always comes from the binding of the sign-in; another one's payment is not found. */
export const beneficiary: Operations<'beneficiary', typeof beneficiaryContracts, BeneficiaryServices> = {
  async listMyEnrolments({ actor }, { runs }) {
    const enrolments = await runs.enrolmentsOf(actor.personKey);
    return ok({ body: { enrolments: enrolments.map(ownEnrolmentView) } });
  },

  async listMyGrants({ actor }, { grants }) {
    return ok({ body: { grants: (await grants(actor.personKey)).map(myGrantView) } });
  },

  async listMyPayments({ actor }, { runs }) {
    const payments = await runs.paymentsOf(actor.personKey, { months: HISTORY_MONTHS });
    return ok({ body: { payments: payments.map(paymentView) } });
  },

  async getMyStatement({ actor, query }, { statements }) {
    const body = await myStatement(statements, actor.personKey, query);
    return body.ok ? ok({ body: body.value }) : body;
  },

  async getMyStatementSheet({ actor, query }, { statements }) {
    const body = await myStatement(statements, actor.personKey, query);
    return body.ok ? ok(htmlPage(statementPage(body.value, STATEMENT_STYLE), STATEMENT_STYLE)) : body;
  },

  async explainMyPayment({ actor, params }, { runs }) {
    const explanation = await runs.explain(actor.personKey, params.paymentId);
    return explanation.ok ? ok({ body: explanationView(explanation.value) }) : explanation;
  },
};

async function myStatement(
  ports: StatementPorts,
  personKey: PersonKey,
  query: Parameters<typeof spanOf>[0],
): Promise<Result<StatementBody>> {
  const today = ports.clock.today();
  const span = spanOf(query, today);
  if (!span.ok) return span;
  const enrolments = await reachableEnrolments(ports.register, personKey, today);
  return ok(statementView(await loadStatement(ports, enrolments, span.value), today));
}
