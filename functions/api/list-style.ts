import { SHEET_STYLE } from './approval-sheet.ts';

/** A list across A4: columns as wide as what stands in them, no row torn in two, the headings again on every page. */
export const LIST_STYLE = `${SHEET_STYLE}
@page{size:A4 landscape;margin:14mm}body{max-width:265mm;font-size:10pt}
th{width:auto}th,td{padding:1mm 1.8mm}tr{break-inside:avoid}.box th{width:48mm}.whole,.whole code{white-space:nowrap}
`;
