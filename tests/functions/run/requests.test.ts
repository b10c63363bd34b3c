import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  APPROVER,
  code,
  computed,
  type Office,
  openOffice,
  REGULAR,
  REVIEWER,
  seen,
  value,
} from './office.ts';

describe('a request whose answer was lost is sent again', () => {
  let bureau: Office;
  beforeAll(async () => {
    bureau = await openOffice({ people: 3 });
  });
  afterAll(() => bureau.stop());

  it('does each act once and answers with the run as it is', async () => {
    const first = value(await bureau.actions.startRun(REGULAR, 'staff-preparer', 'request-start'));
    expect(value(await bureau.actions.startRun(REGULAR, 'staff-preparer', 'request-start')).runId).toBe(
      first.runId,
    );
    expect(code(await bureau.actions.startRun(REGULAR, 'staff-preparer', 'another-request'))).toBe(
      'conflict/run-exists',
    );
    await bureau.deliver();
    const run = value(await bureau.views.getRun(first.runId));

    const submit = { ...seen(bureau, run), by: 'staff-preparer', request: 'request-submit' };
    const submitted = value(await bureau.actions.submit(submit));
    expect(value(await bureau.actions.submit(submit)).sequence).toBe(submitted.sequence);

    const sign = { ...seen(bureau, run), signer: REVIEWER, request: 'request-sign' };
    value(await bureau.actions.sign(sign));
    value(await bureau.actions.sign({ ...seen(bureau, run), signer: APPROVER, request: 'request-sign-2' }));
    // The reviewer's retry comes after the run moved on: it is told what the run is now, and signs nothing.
    expect(value(await bureau.actions.sign(sign)).state).toBe('approved');
    expect(code(await bureau.actions.sign({ ...sign, request: 'a-new-request' }))).toBe('conflict/run-state');
    const acts = value(await bureau.views.listActs(run.runId));
    expect(acts.filter((act) => act.kind === 'signed')).toHaveLength(2);
  });

  it('keeps requests of different runs apart', async () => {
    const other = await openOffice({ people: 1 });
    const run = await computed(other);
    const submit = { ...seen(other, run), by: 'staff-preparer', request: 'request-submit' };
    expect(value(await other.actions.submit(submit)).state).toBe('signing');
    await other.stop();
  });
});
