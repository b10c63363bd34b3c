/**
 * The one description both hostings are built from. The stacks take it as an argument, so that a test can synthesize
 * and run a small service of its own through exactly the same code.
 */
import type { Route } from '../functions/api/routes.ts';
import { ROUTES } from '../functions/api/routes.ts';
import { BUCKETS, FUNCTIONS, MAX_RECEIVES, QUEUES, TABLES, TIME_ZONE } from './resources.ts';

export type TableAccess = 'read' | 'append' | 'write';
export type BucketAccess = 'read' | 'write' | 'read-write';
export type PersonalDataAccess = 'decrypt' | 'encrypt-decrypt';

/** One function: see infra/resources.ts for the meaning of each member. */
export type ModelFunction = {
  readonly entry: string;
  readonly purpose: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly tables: { readonly [table: string]: TableAccess };
  readonly sends: readonly string[];
  readonly bucket?: BucketAccess;
  readonly personalData?: PersonalDataAccess;
  readonly schedule?: string;
  readonly watched?: { readonly figure: string; readonly meaning: string };
};

/** One queue with its dead-letter queue and its only consumer. */
type ModelQueue = { readonly env: string; readonly consumer: string; readonly batchSize: number };

/** Everything a deployment consists of; names are logical. */
export type ServiceModel = {
  readonly tables: { readonly [table: string]: { readonly env: string; readonly appendOnly?: true } };
  readonly queues: { readonly [queue: string]: ModelQueue };
  readonly bucketEnv: string;
  /** Tries before a message goes to the dead-letter queue. */
  readonly maxReceives: number;
  readonly functions: { readonly [name: string]: ModelFunction };
  readonly routes: { readonly [operationId: string]: Route };
  /** IANA name; schedules are written in this zone. */
  readonly timeZone: string;
};

/** Fafang itself. */
export const service: ServiceModel = {
  tables: TABLES,
  queues: QUEUES,
  bucketEnv: BUCKETS.files.env,
  maxReceives: MAX_RECEIVES,
  functions: FUNCTIONS,
  routes: ROUTES,
  timeZone: TIME_ZONE,
};

/** Metadata key that ties a template resource to its name in infra/resources.ts. */
export const NAME_METADATA = 'Fafang::Name';

/** The function that answers a route: one per audience. */
export function functionOfRoute(route: Route): string {
  return `api-${route.audience}`;
}
