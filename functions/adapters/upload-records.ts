import type { DynamoTable } from './dynamo-table.ts';

/**
 * Uploads asked for, in the operations table: pk `UPLOAD#<jurisdiction>`, sk upload id. The record says what the object is
 * for; whether the file ever arrived is for the bucket to say.
 */
export type UploadRecord = {
  readonly uploadId: string;
  readonly jurisdiction: string;
  readonly purpose: string;
  readonly fileName: string;
  readonly objectKey: string;
  readonly by: string;
  readonly at: string;
};

export class UploadRecords {
  readonly #operations: DynamoTable;

  constructor(operations: DynamoTable) {
    this.#operations = operations;
  }

  /** The first record of an id stands: a retry asks for the same thing. */
  async add(record: UploadRecord): Promise<UploadRecord> {
    await this.#operations.putNew({ pk: pkOf(record.jurisdiction), sk: record.uploadId, ...record });
    return (await this.get(record.jurisdiction, record.uploadId)) ?? record;
  }

  async get(jurisdiction: string, uploadId: string): Promise<UploadRecord | undefined> {
    const item = await this.#operations.get(pkOf(jurisdiction), uploadId);
    return (
      item && {
        uploadId,
        jurisdiction,
        purpose: String(item['purpose']),
        fileName: String(item['fileName']),
        objectKey: String(item['objectKey']),
        by: String(item['by']),
        at: String(item['at']),
      }
    );
  }
}

const pkOf = (jurisdiction: string): string => `UPLOAD#${jurisdiction}`;
