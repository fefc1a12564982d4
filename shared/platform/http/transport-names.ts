/** In lower case. */
const names = new Set(['headers', 'query', 'req', '$request', 'sys']);

/**
 * Whether a query parameter, or a top-level member of a JSON body, has a name under which the Functions host hands on
 * what the transport says of a request. It keeps both in one dictionary, and the sender's word comes last
 * (HTTP trigger binding data, host 4.1037): whoever believes that dictionary would believe the sender.
 */
export function isTransportName(name: string): boolean {
  return names.has(name.toLowerCase());
}

/** The same for parsed JSON; false for what is no object. */
export function hasTransportName(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).some(isTransportName);
}
