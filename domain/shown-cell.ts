const LONGEST = 20;
/** Ten digits and more, however they are set apart, are somebody's identity, card or telephone number in the wrong column. */
const LONG_NUMBER = /[\d０-９](?:[\s\u2010-\u2015-]*[\d０-９]){9,}[Xx]?/g;

/** What a refusal repeats of a cell, so that it is found again: its beginning, without any number that may be somebody's. */
export function shownCell(text: string, longest = LONGEST): string {
  return text.replace(LONG_NUMBER, '…').slice(0, longest);
}
