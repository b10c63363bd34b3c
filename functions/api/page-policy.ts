import { sha256Bytes } from '../adapters/hashing.ts';

/** Content security policy of a page with one style, which is named by its hash: nothing else may be loaded or run. */
export function pagePolicy(style: string): string {
  const hash = Buffer.from(sha256Bytes(Buffer.from(style, 'utf8'))).toString('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}

/** A page with one style, as an operation answers it. */
export const htmlPage = (body: string, style: string) => ({
  body,
  contentType: 'text/html; charset=utf-8',
  headers: { 'content-security-policy': pagePolicy(style) },
});
