/** What a deployment may choose, read from CDK context (`-c name=value`) with safe defaults. */

export type DeploymentSettings = {
  /** OIDC issuer URL of the bureau; empty means it must be given at deployment. */
  readonly oidcIssuer: string;
  readonly oidcAudience: string;
  /** Claim of the access token that holds the roles. */
  readonly roleClaim: string;
  /** Lambda runtime identifier, a parameter because regions get runtimes at different times. */
  readonly runtime: string;
  readonly architecture: 'x86_64' | 'arm64';
  /**
   * Seconds between a run's register cut-off and its first read, at least 60: longer than one write of the register may take with all its
   * retries (5 of up to 12 s) and clocks may differ, so that what was stamped before the cut-off is there when it is read.
   */
  readonly cutOffMarginSeconds: number;
  /** Demo mode lets amounts marked `sample` be dispatched. Never in production. */
  readonly demoMode: boolean;
  readonly logLevel: string;
  /** How many batches of one queue are worked on at the same time; SQS takes no less than 2. */
  readonly maxConcurrency: number;
  /** Requests per second and burst the gateway lets through. */
  readonly throttleRate: number;
  readonly throttleBurst: number;
  /** SNS topic that alarms notify; empty means alarms only change state. */
  readonly alarmTopicArn: string;
};

const ARCHITECTURES = ['x86_64', 'arm64'] as const;

/** Reads the settings through a context look-up such as `(name) => app.node.tryGetContext(name)`. @throws Error naming the value */
export function settingsFrom(context: (name: string) => unknown): DeploymentSettings {
  const text = (name: string, fallback: string): string => {
    const value = context(name);
    return typeof value === 'string' || typeof value === 'boolean' ? `${value}` : fallback;
  };
  // Numbers may arrive as text from the command line.
  const whole = (name: string, least: number, fallback: number): number => {
    const number = Number(context(name) ?? fallback);
    if (!Number.isInteger(number) || number < least)
      throw new Error(`context ${name} must be a whole number of at least ${least}`);
    return number;
  };
  const demoMode = text('demoMode', 'false');
  if (!['true', 'false'].includes(demoMode)) throw new Error('context demoMode must be true or false');
  const architecture = text('architecture', 'x86_64');
  const known = ARCHITECTURES.find((name) => name === architecture);
  if (known === undefined) throw new Error(`context architecture must be one of ${ARCHITECTURES.join(', ')}`);
  return {
    oidcIssuer: text('oidcIssuer', ''),
    oidcAudience: text('oidcAudience', 'fafang'),
    roleClaim: text('roleClaim', 'roles'),
    runtime: text('runtime', 'nodejs24.x'),
    architecture: known,
    cutOffMarginSeconds: whole('cutOffMarginSeconds', 60, 120),
    demoMode: demoMode === 'true',
    logLevel: text('logLevel', 'INFO'),
    maxConcurrency: whole('maxConcurrency', 2, 10),
    throttleRate: whole('throttleRate', 1, 100),
    throttleBurst: whole('throttleBurst', 1, 200),
    alarmTopicArn: text('alarmTopicArn', ''),
  };
}
