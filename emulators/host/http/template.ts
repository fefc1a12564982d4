import { type Parameter, type Part, parseSegment, splitSegments } from './template-parts.ts';

/** A parsed ASP.NET Core route template. */
export interface RouteTemplate {
  /** The values of the route's parameters, or undefined when the decoded path does not match. */
  match(path: string): Record<string, string> | undefined;
}

/**
 * Parses a template such as `orders/{id:int}/{tab=items}` or `files/{*path}`. Literals match in any case, a trailing slash is allowed.
 * Throws an Error that says what is wrong with the template.
 */
export function parseTemplate(template: string): RouteTemplate {
  const trimmed = template.replace(/^\//, '').replace(/\/$/, '');
  if (trimmed.startsWith('~')) {
    throw new Error('a route must not start with "~"');
  }
  const segments = trimmed === '' ? [] : splitSegments(trimmed);
  if (segments.some((segment) => segment === '')) {
    throw new Error('a route must not contain "//"');
  }
  const parsed = segments.map(parseSegment);
  const parameters = parsed.flat().flatMap((part) => ('parameter' in part ? [part.parameter] : []));
  refuseDuplicates(parameters);
  const expression = new RegExp(`^${parsed.map(segmentPattern).join('')}/?$`, 'is');
  return { match: (path) => readValues(expression.exec(path), parameters) };
}

function refuseDuplicates(parameters: readonly Parameter[]): void {
  const names = parameters.map((parameter) => parameter.name.toLowerCase());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new Error(`the parameter "${twice}" appears twice`);
  }
}

function readValues(
  match: RegExpExecArray | null,
  parameters: readonly Parameter[],
): Record<string, string> | undefined {
  if (!match) {
    return undefined;
  }
  const values: Record<string, string> = {};
  for (const [index, parameter] of parameters.entries()) {
    const value = match[index + 1] || parameter.defaultValue;
    if (value === undefined) {
      continue;
    }
    if (!parameter.constraints.every((allows) => allows(value))) {
      return undefined;
    }
    values[parameter.name] = value;
  }
  return values;
}

function segmentPattern(parts: readonly Part[]): string {
  const [only] = parts;
  if (parts.length === 1 && only && 'parameter' in only) {
    return lonePattern(only.parameter);
  }
  return `/${parts.map((part, index) => partPattern(part, parts[index + 1])).join('')}`;
}

function lonePattern({ catchAll, optional, defaultValue }: Parameter): string {
  if (catchAll) {
    return '(?:/(.*))?';
  }
  return optional || defaultValue !== undefined ? '(?:/([^/]+))?' : '/([^/]+)';
}

/** In a segment with several parts, as `{name}.{extension?}`, the dot before an optional last part is optional with it. */
function partPattern(part: Part, next: Part | undefined): string {
  if ('parameter' in part) {
    return part.parameter.optional ? '([^/.]+))?' : next ? '([^/]+?)' : '([^/]+)';
  }
  const literal = part.literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return next && 'parameter' in next && next.parameter.optional ? `(?:${literal}` : literal;
}
