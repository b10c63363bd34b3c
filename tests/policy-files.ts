import { readFileSync } from 'node:fs';

const BOOK_FOLDER = new URL('../domain/policy-book/', import.meta.url);

/** The JSON of a pack in the policy book, free to change. */
export type PolicyFile = {
  jurisdiction: string;
  programme: string;
  values: {
    parameter: string;
    value: unknown;
    inForceFrom: string;
    inForceTo?: string;
    decidedOn: string;
    citation: unknown;
    retroactivity: { months: string; persons?: string; components?: unknown };
    sample?: boolean;
  }[];
};

export function policyFile(jurisdiction: string, programme: string): PolicyFile {
  return JSON.parse(readFileSync(new URL(`${jurisdiction}/${programme}.json`, BOOK_FOLDER), 'utf8'));
}
