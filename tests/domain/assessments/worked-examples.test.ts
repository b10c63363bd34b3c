// Goal: every row of the worked examples comes out exactly through the one entry that the command line and the API use, by name. Method: the
// packs of the policy book as they are; rows as cases that a person would write.
import { describe, expect, it } from 'vitest';
import { amountsOf, assessed } from './assessed.ts';
import { CHILD_ROWS } from './child-rows.ts';
import { PERSON_ROWS } from './person-rows.ts';
import { ROWS } from './rows.ts';

const ALL = [...ROWS, ...CHILD_ROWS, ...PERSON_ROWS].map(
  ({ row, place, months, given, ...expected }) => [row, { place, months, given, expected }] as const,
);

describe('worked examples', () => {
  it.each(ALL)('%s', (_, { place, months, given, expected }) => {
    const answer = assessed(place, months, given);
    expect({ ...answer, amounts: amountsOf(answer) }).toMatchObject(expected);
  });
});
