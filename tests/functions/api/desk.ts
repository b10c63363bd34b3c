import { expect } from 'vitest';
import type { StaffServices } from '../../../functions/api/operations/services.ts';
import type { OperationId } from '../../../functions/api/routes.ts';
import type { Office } from '../run/office.ts';
import {
  type Answer,
  type Api,
  apiOver,
  CALLERS,
  type Caller,
  type Request,
  registerStaff,
} from './api-client.ts';

/** A bureau's staff at their desks: the API over the office's engines and clock, with everybody registered. */
export type Desk = {
  readonly api: Api;
  /** A call that must succeed. */
  readonly done: (operation: OperationId, request: Request) => Promise<Answer>;
  /** Status and code of a call, e.g. "409 conflict/run-exists"; "200 " when it succeeds. */
  readonly code: (operation: OperationId, request: Request) => Promise<string>;
  /** Uploads a file through the form that the API hands out, and returns its upload id. */
  readonly upload: (as: Caller, purpose: string, fileName: string, bytes: Uint8Array) => Promise<string>;
};

export async function deskOf(bureau: Office, services: Partial<StaffServices> = {}): Promise<Desk> {
  const api = apiOver(bureau.engines, { clock: bureau.clock, services });
  await registerStaff(bureau.engines);
  await registerStaff(bureau.engines, '110000', [CALLERS.admin]);
  const done: Desk['done'] = async (operation, request) => {
    const answer = await api(operation, request);
    expect([operation, answer.status < 400, answer.body.code]).toEqual([operation, true, undefined]);
    return answer;
  };
  return {
    api,
    done,
    code: async (operation, request) => {
      const { status, body } = await api(operation, request);
      return `${status} ${body.code ?? ''}`;
    },
    upload: async (as, purpose, fileName, bytes) => {
      const { body } = await done('createUpload', { as, body: { purpose, fileName } });
      const form = new FormData();
      for (const [name, text] of Object.entries(body.fields)) form.append(name, String(text));
      form.append('file', new Blob([Buffer.from(bytes)]));
      const posted = await fetch(body.url, { method: 'POST', body: form });
      expect(posted.ok).toBe(true);
      return body.uploadId;
    },
  };
}
