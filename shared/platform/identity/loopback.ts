/** The names that this machine has for itself, as a URL's hostname writes them. */
export const loopbackNames: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * An address on this machine under each of its names; any other address, or identifier, alone. What is reached under one
 * name is the same service under the others, while clients and identity providers compare addresses to the letter.
 */
export function loopbackSpellings(address: string): readonly string[] {
  const parts = loopbackParts(address);
  return parts === undefined
    ? [address]
    : loopbackNames.map((name) => `${parts.before}${name}${parts.after}`);
}

/**
 * A loopback address under the name that the request was sent to, when that is one of this machine's; else as it is. A
 * gateway says which one it was asked under; whoever else says so learns no more than this machine's names.
 */
export function asAsked(address: string, request: Request): string {
  const parts = loopbackParts(address);
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
  const name = host?.toLowerCase().replace(/:\d+$/, '');
  if (parts === undefined || name === undefined || !loopbackNames.includes(name)) {
    return address;
  }
  return `${parts.before}${name}${parts.after}`;
}

function loopbackParts(address: string): { readonly before: string; readonly after: string } | undefined {
  const { before, name, after } =
    /^(?<before>https?:\/\/)(?<name>[^/:[\]]+|\[[^/\]]*\])(?<after>(?:[:/].*)?)$/.exec(address)?.groups ?? {};
  if (before === undefined || name === undefined || after === undefined) {
    return undefined;
  }
  return loopbackNames.includes(name.toLowerCase()) ? { before, after } : undefined;
}
