/**
 * JSON with the fields in order, so that the order in which somebody wrote them does not matter, nor whether a field is
 * left out or undefined. `undefined` itself is the empty text.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, inOrder) ?? '';
}

function inOrder(_name: string, part: unknown): unknown {
  return typeof part === 'object' && part !== null && !Array.isArray(part)
    ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
    : part;
}
