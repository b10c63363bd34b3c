import type { StatementLayout } from '../../domain/bank/statement-layout.ts';
import { canonicalJson } from '../../domain/canonical.ts';
import { lookupOption } from '../../domain/policy/lookup.ts';
import { RUN_PARAMETERS } from '../../domain/policy/run-parameters.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import type { Run } from '../../domain/run/run.ts';
import type { PolicyStore } from '../adapters/policy-store.ts';
import type { Clock } from '../wiring.ts';

type Ports = { readonly policies: Pick<PolicyStore, 'current'>; readonly clock: Clock };

/**
 * How the place says today that statements of an account are headed: by the programmes whose runs pay from it. Undefined where none
 * says anything. Refusals: `policy/gap`, `conflict/statement-layout` (two programmes of the account say two things).
 */
export async function statementLayoutOf(
  { policies, clock }: Ports,
  runs: readonly Run[],
): Promise<Result<StatementLayout | undefined>> {
  const book = await policies.current();
  if (!book.ok) return book;
  const today = clock.today();
  const found = new Map<string, StatementLayout>();
  const scopes = new Map(runs.map(({ manifest }) => [manifest.programme, manifest]));
  for (const { jurisdiction, programme } of scopes.values()) {
    const query = {
      jurisdiction,
      programme,
      knownOn: today,
      parameter: 'statementLayout',
      month: today.slice(0, 7),
    };
    const layout = lookupOption(book.value, query, RUN_PARAMETERS.statementLayout);
    if (!layout.ok) return layout;
    if (layout.value) found.set(canonicalJson(layout.value), layout.value);
  }
  const [layout] = found.values();
  if (found.size <= 1) return ok(layout);
  const ids = [...found.values()].map(({ id }) => id).join('、');
  return refuse(
    refusal(
      'conflict/statement-layout',
      `从这个账号发放的项目规定了不同的对账单版式（${ids}）：请统一政策参数 statementLayout`,
      `programmes that pay from this account set different layouts of statements (${ids}): make the policy parameter statementLayout agree`,
      { ids },
    ),
  );
}
