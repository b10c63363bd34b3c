import { expect, test } from 'vitest';
import { claimTexts, httpResponse } from '../../../infra/local/http-event.ts';

test('claims arrive as text, lists in the gateway’s own notation', () => {
  const claims = {
    sub: 'staff-1',
    roles: ['preparer', 'reviewer'],
    exp: 1_795_310_612,
    mfa: true,
    empty: [],
  };
  expect(claimTexts(claims)).toEqual({
    sub: 'staff-1',
    roles: '[preparer reviewer]',
    exp: '1795310612',
    mfa: 'true',
    empty: '[]',
  });
});

const answered = (answer: unknown) => {
  const { statusCode, headers, body } = httpResponse(answer);
  return { statusCode, headers, body: body.toString('utf8') };
};

test('a structured answer becomes the response', () => {
  const answer = {
    statusCode: 201,
    headers: { Location: '/v1/runs/1', 'X-Count': 3 },
    cookies: ['a=1', 'b=2'],
    body: Buffer.from('汉').toString('base64'),
    isBase64Encoded: true,
  };
  expect(answered(answer)).toEqual({
    statusCode: 201,
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      location: '/v1/runs/1',
      'x-count': '3',
      'set-cookie': ['a=1', 'b=2'],
    },
    body: '汉',
  });
});

test('an answer without a status code is the JSON body itself', () => {
  const expected = {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: '{"sum":"1.00"}',
  };
  expect(answered({ sum: '1.00' })).toEqual(expected);
});

test('a malformed answer is an internal error', () => {
  expect(answered({ statusCode: 'ok' })).toMatchObject({
    statusCode: 500,
    body: '{"message":"Internal Server Error"}',
  });
});
