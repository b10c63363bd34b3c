import { auditViews } from '../run/audit-views.ts';
import { runPortsFrom } from '../run/ports.ts';
import { runViews } from '../run/views.ts';
import { type Clock, type Environment, processEnvironment } from '../wiring.ts';
import { auditApi } from './audit-api.ts';
import type { AuditServices } from './operations/services.ts';

/** The use cases of runs that auditors reach: nothing of them writes but the request for an export. */
export function auditRuns(env: Environment, clock: Clock): AuditServices['runs'] {
  const ports = runPortsFrom(env, clock);
  return { ...runViews(ports), ...auditViews(ports) };
}

/** api-audit: read-only for auditors. */
export const handler = auditApi(processEnvironment(), auditRuns);
