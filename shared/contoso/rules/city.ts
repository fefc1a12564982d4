/** A state and its postal code, which end an address of the United States. */
const stateAndCode = /^[A-Z]{2} \d{5}(?:-\d{4})?$/;

/** The city of an address such as `1 Harbour Road, Springfield, IL 62701`; undefined when it names none. */
export function cityOf(address: string): string | undefined {
  const parts = address.split(',').map((part) => part.trim());
  if (stateAndCode.test(parts.at(-1) ?? '')) {
    parts.pop();
  }
  return parts.length > 1 ? parts.at(-1) || undefined : undefined;
}
