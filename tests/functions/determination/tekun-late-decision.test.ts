// Goal: a decision about a person that comes while a run is being signed keeps the payment back, as it does for a household.
import { afterEach, expect, test } from 'vitest';
import { type Asked, proposalId } from '../../../domain/determination/proposal.ts';
import { householdsOf } from '../../../functions/determination/households.ts';
import { approve, propose } from '../../../functions/determination/proposals.ts';
import { approved, computed, dispatched, type Office, value } from '../run/office.ts';
import { addressOf, enrol, PLACE, PROGRAMMES, party, tekunOffice } from './tekun-bureau.ts';

let bureau: Office;
afterEach(() => bureau.stop());

test('support ended after the run was computed is not paid for the month that it is ended from', async () => {
  bureau = await tekunOffice();
  const person = await party(bureau, '王二', [
    ['birth-date', '1948-03-05', '1948-03-05'],
    ['ability-assessment', '2026-10-20', 'adl:bathing'],
  ]);
  const setting = ['care-setting', '2026-11-03', 'family'] as const;
  await enrol(bureau, 'basic', person, person, [['residence', '2026-11-03', 'rural'], setting]);
  await enrol(bureau, 'care', person, person);
  const ports = { ...bureau.ports, households: householdsOf(bureau.register) };
  const decide = async (asked: Asked, document: string) => {
    const today = bureau.clock.today();
    const address = addressOf('basic', person);
    const { proposal } = value(await propose(ports, address, asked, today, { by: 'staff-preparer' }));
    const paper = { document, decidedOn: today, by: 'staff-approver' };
    const named = { proposal: proposalId(proposal), hash: proposal.hash, ...paper };
    value(await approve(ports, address, named));
  };
  await decide({ kind: 'initial', appliedOn: '2026-11-03' }, '示民救〔2026〕1号');
  const runs = [];
  for (const programme of [PROGRAMMES.basic, PROGRAMMES.care]) {
    const identity = { jurisdiction: PLACE, programme, period: '2026-12', round: 'R' } as const;
    runs.push(await approved(bureau, await computed(bureau, identity)));
  }
  await decide({ kind: 'end', from: '2026-12', reason: '不再符合条件' }, '示民救〔2026〕2号');
  for (const run of runs) {
    const { state, holds } = await dispatched(bureau, run);
    const late = [...holds.values()].map((hold) => hold.late?.control);
    expect([state, late]).toEqual(['review', ['determined-since']]);
  }
});
