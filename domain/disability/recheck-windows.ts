import * as z from 'zod/mini';

/** A calendar day of every year, "04-01". */
const day = z
  .string()
  .check(
    z.regex(
      /^(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/,
      '每年的日子，写作 MM-DD|a day of the year written MM-DD',
    ),
  );
/** 核查期: days within one year between which everybody is checked. */
export const RecheckWindows = z.array(z.strictObject({ from: day, through: day })).check(
  z.minLength(1),
  z.refine(
    (windows) => windows.every(({ from, through }) => from <= through),
    '每个核查期在同一年内|each window lies within one year',
  ),
);
