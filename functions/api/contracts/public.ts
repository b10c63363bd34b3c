import * as z from 'zod/mini';
import type { ContractsOf } from './contract.ts';

const Health = z
  .strictObject({ status: z.literal('ok') })
  .check(z.meta({ id: 'Health', description: '服务可用 / the service answers' }));

export const publicContracts = {
  getHealth: {
    summary: { zh: '服务是否可用', en: 'Whether the service answers' },
    status: 200,
    response: Health,
  },
  getOpenApi: {
    summary: { zh: '接口描述（OpenAPI 3.1）', en: 'The OpenAPI 3.1 document' },
    status: 200,
    response: z.record(z.string(), z.json()),
  },
  getDocumentation: {
    summary: { zh: '接口说明网页', en: 'The document as a readable page' },
    status: 200,
    mediaType: 'text/html',
    response: z.string(),
  },
} as const satisfies ContractsOf<'public'>;
