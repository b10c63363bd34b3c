import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import {
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { invariant } from '../../domain/result.ts';
import type { ClientSettings } from './client-settings.ts';
import { runningSha256 } from './hashing.ts';

/** Links in and out die after five minutes. */
export const LINK_SECONDS_MAX = 300;

/** S3 takes parts of 5 MB and more, the last one excepted, and 10,000 of them. */
const PART_BYTES = 8 * 1024 * 1024;

/** A name that no other writer has. */
export const newObjectName = (): string => randomUUID();

/** `tag` changes with the content. */
export type ObjectHead = { readonly bytes: number; readonly contentType?: string; readonly tag?: string };
export type UploadLink = { readonly url: string; readonly fields: Readonly<Record<string, string>> };

export function objectClient(settings: ClientSettings): S3Client {
  return new S3Client({
    ...settings,
    // Servers other than AWS are addressed by path; they have no wildcard host names.
    ...(settings.endpoint !== undefined && { forcePathStyle: true }),
    maxAttempts: 5,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 60_000 },
  });
}

/** The one private bucket. Keys are chosen by us and carry no personal data; contents may. */
export class ObjectStore {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(client: S3Client, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  /** Writes the whole object, a large one in parts; the same key with the same bytes may be written again. */
  async put(key: string, body: Uint8Array, contentType = 'application/octet-stream'): Promise<void> {
    if (body.length > PART_BYTES) {
      const upload = await this.#begin(key, contentType);
      for (let from = 0; from < body.length; from += PART_BYTES)
        await this.#add(upload, body.subarray(from, from + PART_BYTES));
      await this.#complete(upload);
      return;
    }
    await this.#client.send(
      new PutObjectCommand({ Bucket: this.#bucket, Key: key, Body: body, ContentType: contentType }),
    );
  }

  /**
   * Writes an object of any length from texts as they come, and states its hash: a small one at once, a large one in parts. An object
   * whose writing breaks off is not there; what was written of it the bucket drops after a day.
   */
  async write(
    key: string,
    texts: AsyncIterable<string>,
    contentType: string,
  ): Promise<{ readonly bytes: number; readonly sha256: string }> {
    const hash = runningSha256();
    let upload: Upload | undefined;
    let bytes = 0;
    for await (const { part, last } of inParts(texts)) {
      hash.update(part);
      bytes += part.length;
      if (last && !upload) {
        await this.put(key, part, contentType);
        break;
      }
      if (part.length === 0) break;
      upload ??= await this.#begin(key, contentType);
      await this.#add(upload, part);
    }
    if (upload) await this.#complete(upload);
    return { bytes, sha256: hash.hex() };
  }

  async #begin(key: string, contentType: string): Promise<Upload> {
    const object = { Bucket: this.#bucket, Key: key };
    const begin = new CreateMultipartUploadCommand({ ...object, ContentType: contentType });
    return { object, uploadId: (await this.#client.send(begin)).UploadId ?? '', parts: [] };
  }

  async #add({ object, uploadId, parts }: Upload, part: Uint8Array): Promise<void> {
    const numbered = { UploadId: uploadId, PartNumber: parts.length + 1 };
    const { ETag } = await this.#client.send(new UploadPartCommand({ ...object, ...numbered, Body: part }));
    parts.push({ PartNumber: numbered.PartNumber, ETag });
  }

  async #complete({ object, uploadId, parts }: Upload): Promise<void> {
    const whole = { UploadId: uploadId, MultipartUpload: { Parts: parts } };
    await this.#client.send(new CompleteMultipartUploadCommand({ ...object, ...whole }));
  }

  /** Undefined when there is no such object. */
  async head(key: string): Promise<ObjectHead | undefined> {
    try {
      const head = await this.#client.send(new HeadObjectCommand({ Bucket: this.#bucket, Key: key }));
      const bytes = head.ContentLength ?? 0;
      return {
        bytes,
        ...(head.ContentType !== undefined && { contentType: head.ContentType }),
        ...(head.ETag !== undefined && { tag: head.ETag }),
      };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** The whole object in memory: for objects that we wrote and know to be small. */
  async read(key: string): Promise<Uint8Array | undefined> {
    const stream = await this.#get(key);
    return stream && gather(stream);
  }

  /**
   * The bytes from `firstByte` to `lastByte`, both included; of the version with a tag where one is given. Undefined when
   * there is no such object or version.
   */
  async range(
    key: string,
    firstByte: number,
    lastByte: number,
    tag?: string,
  ): Promise<Uint8Array | undefined> {
    invariant(firstByte >= 0 && lastByte >= firstByte, `not a byte range: ${firstByte}-${lastByte}`);
    const stream = await this.#get(key, `bytes=${firstByte}-${lastByte}`, tag);
    return stream && gather(stream);
  }

  /** A form that uploads exactly this key, with at most `maxBytes`, within `seconds`. */
  async uploadLink(
    key: string,
    contentType: string,
    maxBytes: number,
    seconds = LINK_SECONDS_MAX,
  ): Promise<UploadLink> {
    invariant(seconds > 0 && seconds <= LINK_SECONDS_MAX, `a link for ${seconds} s is longer than allowed`);
    // Loaded when needed: only the API makes links.
    const { createPresignedPost } = await import('@aws-sdk/s3-presigned-post');
    return createPresignedPost(this.#client, {
      Bucket: this.#bucket,
      Key: key,
      Expires: seconds,
      Fields: { 'Content-Type': contentType },
      // Empty files are let in: the import refuses them with a sentence, which a storage error would not have.
      Conditions: [
        ['content-length-range', 0, maxBytes],
        ['eq', '$key', key],
        ['eq', '$Content-Type', contentType],
      ],
    });
  }

  /** An address that downloads one object under a file name, within `seconds`. */
  async downloadLink(key: string, fileName: string, seconds = LINK_SECONDS_MAX): Promise<string> {
    invariant(seconds > 0 && seconds <= LINK_SECONDS_MAX, `a link for ${seconds} s is longer than allowed`);
    const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`;
    const command = new GetObjectCommand({
      Bucket: this.#bucket,
      Key: key,
      ResponseContentDisposition: disposition,
    });
    const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner');
    return getSignedUrl(this.#client, command, { expiresIn: seconds });
  }

  async #get(key: string, range?: string, tag?: string): Promise<Readable | undefined> {
    try {
      const { Body } = await this.#client.send(
        new GetObjectCommand({
          Bucket: this.#bucket,
          Key: key,
          ...(range !== undefined && { Range: range }),
          ...(tag !== undefined && { IfMatch: tag }),
        }),
      );
      // In Node the SDK answers with a Node stream; its type also covers browsers.
      return Body as Readable | undefined;
    } catch (error) {
      if (isMissing(error) || isOtherVersion(error)) return undefined;
      throw error;
    }
  }
}

/** An object that is being written in parts; it is there once they are complete. */
type Upload = {
  readonly object: { readonly Bucket: string; readonly Key: string };
  readonly uploadId: string;
  readonly parts: CompletedPart[];
};

/** Texts in UTF-8, gathered to parts of the size that S3 takes; the last one may be smaller, and is there even when empty. */
async function* inParts(texts: AsyncIterable<string>): AsyncGenerator<{ part: Buffer; last: boolean }> {
  let pieces: Buffer[] = [];
  let bytes = 0;
  for await (const text of texts) {
    const piece = Buffer.from(text, 'utf8');
    pieces.push(piece);
    bytes += piece.length;
    if (bytes < PART_BYTES) continue;
    yield { part: Buffer.concat(pieces), last: false };
    pieces = [];
    bytes = 0;
  }
  yield { part: Buffer.concat(pieces), last: true };
}

async function gather(stream: Readable): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

function isOtherVersion(error: unknown): boolean {
  return error instanceof Error && error.name === 'PreconditionFailed';
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NoSuchKey' || error.name === 'NotFound');
}
