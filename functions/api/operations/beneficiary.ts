import { ok } from '../../../domain/result.ts';
import type { beneficiaryContracts } from '../contracts/beneficiary.ts';
import type { Operations } from '../operation.ts';
import { myGrantView } from '../views/my-grant-view.ts';
import { explanationView, paymentView } from '../views/payment-view.ts';
import { ownEnrolmentView } from '../views/person-view.ts';
import type { BeneficiaryServices } from './services.ts';

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

  async explainMyPayment({ actor, params }, { runs }) {
    const explanation = await runs.explain(actor.personKey, params.paymentId);
    return explanation.ok ? ok({ body: explanationView(explanation.value) }) : explanation;
  },
};
