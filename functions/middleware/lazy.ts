import type { Answering } from './http.ts';

/** Builds what answers at the first request: a function that is only loaded needs no environment. */
export function lazily(build: () => Answering): Answering {
  let built: Answering | undefined;
  return async (event, facts) => {
    built ??= build();
    return built(event, facts);
  };
}
