/** Name, place and our own sentence. Foreign errors keep their words to themselves: they may quote what they read. */
export function describeError(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { error: 'not an Error' };
  const place =
    error.stack
      ?.split('\n')
      .find((line) => line.trimStart().startsWith('at '))
      ?.trim() ?? '';
  const ours = error.name === 'InvariantError' || error.constructor === Error;
  return { error: error.name, place, ...(ours && { reason: error.message }) };
}
