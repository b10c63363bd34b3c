import { ok, type Result, refusal, refuse } from './result.ts';

/** Of a document number (文号), in characters. */
export const DOCUMENT_NUMBER_MIN = 2;
export const DOCUMENT_NUMBER_MAX = 80;

/**
 * Reads the number of a document (文号, 编号), trimmed. It is kept in clear and for ever, beside what it decides and in every statement
 * of it: identity and card numbers have no place in it, however they are spaced. Refusal: `invalid/document-number`.
 */
export function parseDocumentNumber(given: string, lengthMax = DOCUMENT_NUMBER_MAX): Result<string> {
  const text = given.trim();
  const digits = text.normalize('NFKC').replace(/[\s\p{Cf}]/gu, '');
  const isLong = text.length < DOCUMENT_NUMBER_MIN || text.length > lengthMax;
  if (!isLong && !/\p{Cc}/u.test(text) && !/\d{15}/.test(digits)) return ok(text);
  return refuse(
    refusal(
      'invalid/document-number',
      `文号为 ${DOCUMENT_NUMBER_MIN}–${lengthMax} 个字，不含控制字符，不要写身份证号、账号或卡号`,
      `a document number has ${DOCUMENT_NUMBER_MIN} to ${lengthMax} characters, no control character, and no identity, account or card number in it`,
    ),
  );
}
