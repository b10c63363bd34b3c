import { describe, expect, it } from 'vitest';
import { findingsOn } from '../../../domain/controls/index.ts';
import { fen } from '../../../domain/money.ts';
import type { PayeeCase } from '../../../domain/run/assess-payment.ts';
import { controlInput } from '../../../domain/run/control-input.ts';
import type { RunManifest } from '../../../domain/run/manifest.ts';
import { BOOK, fact } from '../programmes/samples.ts';
import { caseOf, manifest, PAYEE } from './cases.ts';

const DEAD = [fact('birth-date', '1940-03-05'), fact('death-certified', '2026-10-08')];
const line = { month: '2026-12', component: 'funeral', fen: fen(10_000), kind: 'entitlement' } as const;
const HOME = { ...PAYEE, key: '7Z3K9QX2M4BV' };
const found = (payee: PayeeCase, run: Partial<RunManifest>) =>
  findingsOn(
    controlInput(
      BOOK,
      manifest({ jurisdiction: '110199', ...run }),
      caseOf('110000', DEAD, { payee }),
      [line],
      false,
    ),
  ).map(({ control }) => control);

describe('a death', () => {
  const grants = { paidBy: 'grants' } as const;
  it('holds what is paid for later months, grants too, unless they are for the dead', () => {
    expect(found(HOME, { paysBy: grants })).toEqual(['deceased']);
    expect(found(HOME, { paysBy: { ...grants, afterDeath: true } })).toEqual([]);
  });

  it('of the payee holds those, too', () => {
    expect(found({ ...HOME, facts: DEAD }, { paysBy: { ...grants, afterDeath: true } })).toEqual([
      'deceased',
    ]);
  });
});

it('a village committee receives for organisations and projects, and for persons only by an override', () => {
  const controls = { controlsOn: ['village-payee'] };
  const village = { ...HOME, organisation: { village: true } };
  const alive = (programme: string) =>
    findingsOn(
      controlInput(
        BOOK,
        manifest({ jurisdiction: '110199', programme, controls }),
        caseOf('110000', [], { payee: village }),
        [line],
        false,
      ),
    ).map(({ control }) => control);
  expect(alive('high-age')).toEqual(['village-payee']);
  expect(alive('venture-fund')).toEqual([]);
});
