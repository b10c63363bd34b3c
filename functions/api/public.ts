import { publicApi } from './public-api.ts';

/** api-public: health, the OpenAPI document and its page, and the answer to unknown addresses. */
export const handler = publicApi();
