let namespace = 'service';

/**
 * Names the service in everything that is measured and traced; called once, before the first span.
 * @param name letters and dots, such as that of the product
 */
export function nameTelemetry(name: string): void {
  namespace = name;
}

/** A name of our own, behind the service's: for what no convention of OpenTelemetry has a name. */
export function own(name: string): string {
  return `${namespace}.${name}`;
}

/** Under this name the spans and metrics of the service are known. */
export function scope(): string {
  return `${namespace}-mcp`;
}
