/**
 * JSON with the fields in order, so that the order in which somebody wrote them does not matter, nor whether a field is
 * left out or undefined. `undefined` itself is the empty text.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, isInOrder(value) ? undefined : inOrder) ?? '';
}

/** Most arguments are few, and written in order: they need no copy. */
function isInOrder(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return true;
  }
  let last = '';
  for (const name in value) {
    if (!(Array.isArray(value) || last <= name) || !isInOrder(value[name as keyof typeof value])) {
      return false;
    }
    last = name;
  }
  return true;
}

function inOrder(_name: string, part: unknown): unknown {
  return typeof part === 'object' && part !== null && !Array.isArray(part)
    ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
    : part;
}
