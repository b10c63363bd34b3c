import { setLines } from '../../domain/budget/line-acts.ts';
import { parsePolicyPack } from '../../domain/policy/parse-pack.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { ActionPorts } from './actions.ts';
import type { PolicyAndBudget, PolicyPackListing } from './service.ts';

/** Policy packs and budgets, as staff set them. */
export function policyAndBudget(ports: Pick<ActionPorts, 'policies' | 'budgets' | 'clock'>): PolicyAndBudget {
  return {
    getBudget: async (key) => (await ports.budgets.load(key)).budget,
    setBudget: ({ lines, by, ...key }) => {
      const at = ports.clock.now();
      const stamp = { id: `set:${at}`, on: ports.clock.today(), by, at };
      return ports.budgets.change(key, (budget) => setLines(budget, lines, stamp), { by, at, lines });
    },
    importPolicyPack: (json, by) => importPolicyPack(ports, json, by),
    listPolicyPacks: async () =>
      (await ports.policies.packs()).map(({ hash, pack }) => ({
        jurisdiction: pack.jurisdiction,
        programme: pack.programme,
        values: pack.values.length,
        hash,
      })),
  };
}

/**
 * 首次安装: the first pack of a place and programme, checked alone and with all others; gaps are warnings here and refusals when a run
 * meets them. Every later change is proposed, and approved by another person. Refusals: those of `parsePolicyPack` and `PolicyStore.add`.
 */
async function importPolicyPack(
  ports: Pick<ActionPorts, 'policies' | 'clock'>,
  json: unknown,
  by: string,
): Promise<Result<PolicyPackListing>> {
  const parsed = parsePolicyPack(json);
  if (!parsed.ok) return parsed;
  const { pack, warnings } = parsed.value;
  const added = await ports.policies.add(pack, { by, at: ports.clock.now() }, { first: true });
  if (!added.ok) return added;
  return ok({
    jurisdiction: pack.jurisdiction,
    programme: pack.programme,
    values: pack.values.length,
    hash: added.value.hash,
    warnings: warnings.map(({ zh, en }) => ({ zh, en })),
  });
}
