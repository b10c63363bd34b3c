/** What a role of the template allows, decided as IAM decides. */

export type Statement = {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  /** ARNs; one may end in a star. */
  readonly resources: readonly string[];
};

/** The statements of a role's inline policies; it has no others. */
export function statementsOf(role: Readonly<Record<string, unknown>>): Statement[] {
  type Written = Readonly<Record<'Effect' | 'Action' | 'Resource', string | string[]>>;
  const policies = (role['Policies'] ?? []) as { PolicyDocument: { Statement: Written[] } }[];
  return policies.flatMap(({ PolicyDocument: { Statement: statements } }) =>
    statements.map((statement) => ({
      effect: statement.Effect === 'Allow' ? 'Allow' : 'Deny',
      actions: [statement.Action].flat(),
      resources: [statement.Resource].flat(),
    })),
  );
}

/**
 * What no statement allows is refused, and what one denies is refused whatever the others say.
 * @param resource name of a table, queue or bucket, or bucket and key
 */
export function allows(statements: readonly Statement[], action: string, resource: string): boolean {
  const applying = statements.filter(
    ({ actions, resources }) => actions.includes(action) && resources.some((arn) => matches(arn, resource)),
  );
  return applying.length > 0 && applying.every(({ effect }) => effect === 'Allow');
}

/** The last part of an ARN is the name; a star at its end stands for any rest. */
function matches(arn: string, resource: string): boolean {
  const name = arn.split(':').at(-1) ?? '';
  return name.endsWith('*') ? resource.startsWith(name.slice(0, -1)) : resource === name;
}
