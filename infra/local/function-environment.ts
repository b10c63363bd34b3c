/** The environment variables of each function: those of the template, with what differs between AWS and one machine. */
import { type AccessGate, type Call, startAccessGate } from './access-gate.ts';
import type { Emulators } from './emulators.ts';
import type { LocalKeys } from './local-keys.ts';
import type { Plan, PlannedFunction } from './plan.ts';

/** The gate between functions and engines, and the endpoints at which functions find it. */
export type Gate = AccessGate & { readonly environment: Readonly<Record<string, string>> };

/** @param refuse refuses more than the roles do */
export async function gateFor(
  plan: Plan,
  { environment, queueAddress }: Emulators,
  refuse: ((call: Call) => boolean) | undefined,
): Promise<Gate> {
  const gate = await startAccessGate({
    functions: plan.functions,
    dynamoAddress: environment['AWS_ENDPOINT_URL_DYNAMODB'] ?? '',
    queueAddress,
    refuse,
  });
  const endpoints = ['DYNAMODB', 'SQS', 'S3'].map(
    (service) => [`AWS_ENDPOINT_URL_${service}`, gate.address] as const,
  );
  return { ...gate, environment: Object.fromEntries(endpoints) };
}

/**
 * What differs from AWS: endpoints, the keys' source, and limits that would only make a demonstration wait.
 * @param engines variables that name the engines; @param more variables stronger than all others
 */
export function environmentFor(
  planned: PlannedFunction,
  engines: Readonly<Record<string, string>>,
  keys: LocalKeys,
  more: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const opensPersonalData = planned.environment['KEY_SOURCE'] !== undefined;
  return {
    ...planned.environment,
    ...engines,
    // Says who calls, as the credentials of a role do.
    AWS_ACCESS_KEY_ID: planned.logicalName,
    AWS_LAMBDA_FUNCTION_NAME: planned.logicalName,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(planned.memoryMb),
    TZ: ':UTC',
    ...(opensPersonalData && {
      KEY_SOURCE: 'local',
      LOCAL_DATA_KEY: keys.dataKeyHex,
      LOCAL_LOOKUP_KEY: keys.lookupKeyHex,
    }),
    DEMO_MODE: 'true',
    CUT_OFF_MARGIN_SECONDS: '1',
    ...more,
  };
}
