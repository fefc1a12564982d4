/** The two forms of an answer (MCP, Streamable HTTP). */
export const jsonType = 'application/json';
export const streamType = 'text/event-stream';

/** How clients usually say that they take both. */
export const bothTypes = `${jsonType}, ${streamType}`;

/** Which forms of an answer a client takes. */
export interface Accepted {
  readonly json: boolean;
  readonly stream: boolean;
}

/** Reads an Accept header (RFC 9110 section 12.5.1): names in any case, wildcards, weights; without one, anything is taken. */
export function acceptedBy(header: string | null): Accepted {
  if (header === null || header === bothTypes || header.trim() === '') {
    return { json: true, stream: true };
  }
  const ranges = new Map(header.split(',').map(rangeOf));
  return { json: takes(ranges, jsonType), stream: takes(ranges, streamType) };
}

/** The most exact range decides. */
function takes(ranges: ReadonlyMap<string, number>, type: string): boolean {
  const family = `${type.slice(0, type.indexOf('/'))}/*`;
  return (ranges.get(type) ?? ranges.get(family) ?? ranges.get('*/*') ?? 0) > 0;
}

/** A media range and its weight. */
function rangeOf(text: string): [string, number] {
  const [range = '', ...parameters] = text.toLowerCase().split(';');
  const weight = parameters.map((parameter) => /^\s*q\s*=\s*"?([\d.]+)/.exec(parameter)?.[1]).find(Boolean);
  return [range.trim(), weight === undefined ? 1 : Number(weight)];
}
