import type { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { invariant } from '../../domain/result.ts';
import type { ClientSettings } from './client-settings.ts';

/** Links in and out die after five minutes. */
export const LINK_SECONDS_MAX = 300;

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

  /** Writes the whole object; the same key with the same bytes may be written again. */
  async put(key: string, body: Uint8Array, contentType = 'application/octet-stream'): Promise<void> {
    await this.#client.send(
      new PutObjectCommand({ Bucket: this.#bucket, Key: key, Body: body, ContentType: contentType }),
    );
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

  /** The object as a stream of bytes; undefined when there is none. */
  async stream(key: string): Promise<Readable | undefined> {
    return this.#get(key);
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
