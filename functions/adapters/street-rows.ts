import * as z from 'zod/mini';
import { canonicalJson } from '../../domain/canonical.ts';
import { invariant } from '../../domain/result.ts';
import type { ReportId } from '../../domain/street/report.ts';
import type { ReportRow } from '../../domain/street/report-rows.ts';
import type { DynamoTable } from './dynamo-table.ts';
import { sha256Hex } from './hashing.ts';
import type { PersonalData } from './personal-data.ts';

/**
 * The rows of streets' change reports, in the register table because they are personal data:
 *
 *   STREET-ROWS#<report>   <hash>#<0001>    fifty rows in one encrypted blob, once
 *
 * They are written before the act that names their hash; rows that no act names say nothing.
 */
const ROWS_PER_BLOB = 50;
const Rows = z.array(z.record(z.string(), z.string()));

export class StreetRows {
  readonly #table: DynamoTable;
  readonly #personalData: PersonalData;

  constructor(table: DynamoTable, personalData: PersonalData) {
    this.#table = table;
    this.#personalData = personalData;
  }

  /** Keeps the rows of a version and returns their hash, which also depends on the report: equal rows of two streets differ. */
  async keep(reportId: ReportId, rows: readonly ReportRow[]): Promise<string> {
    const hash = rowsHash(reportId, rows);
    for (let at = 0; at < rows.length; at += ROWS_PER_BLOB) {
      const sk = `${hash}#${String(at / ROWS_PER_BLOB + 1).padStart(4, '0')}`;
      const sealed = await this.#personalData.sealRecord(
        recordId(reportId, sk),
        rows.slice(at, at + ROWS_PER_BLOB),
      );
      await this.#table.putNew({ pk: `STREET-ROWS#${reportId}`, sk, sealed });
    }
    return hash;
  }

  /** The rows of a version by their hash. @throws InvariantError when they are not what was signed. */
  async read(reportId: ReportId, hash: string): Promise<ReportRow[]> {
    const rows: ReportRow[] = [];
    for await (const item of this.#table.query(`STREET-ROWS#${reportId}`, { begins: `${hash}#` })) {
      const sealed = z.parse(z.instanceof(Uint8Array), item['sealed']);
      rows.push(...z.parse(Rows, await this.#personalData.openRecord(recordId(reportId, item.sk), sealed)));
    }
    invariant(rowsHash(reportId, rows) === hash, `rows of ${reportId} are not what was signed`);
    return rows;
  }
}

const recordId = (reportId: ReportId, sk: string): string => `street-rows:${reportId}:${sk}`;

function rowsHash(reportId: ReportId, rows: readonly ReportRow[]): string {
  return sha256Hex(`street-rows.v1\n${reportId}\n${canonicalJson(rows)}`);
}
