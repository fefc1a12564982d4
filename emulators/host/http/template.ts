import { type Constraint, createConstraint } from './constraints.ts';

/** A parsed ASP.NET Core route template. */
export interface RouteTemplate {
  /** The values of the route's parameters, or undefined when the decoded path does not match. */
  match(path: string): Record<string, string> | undefined;
}

interface Parameter {
  readonly name: string;
  readonly catchAll: boolean;
  readonly optional: boolean;
  readonly defaultValue: string | undefined;
  readonly constraints: readonly Constraint[];
}

type Part = { readonly literal: string } | { readonly parameter: Parameter };

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

/** Splits at `/`, but not inside braces: a regex constraint may hold one. */
function splitSegments(template: string): string[] {
  const segments: string[] = [];
  let current = '';
  let depth = 0;
  for (const character of template) {
    if (character === '{') {
      depth += 1;
    }
    if (character === '}') {
      depth -= 1;
    }
    if (character === '/' && depth === 0) {
      segments.push(current);
      current = '';
    } else {
      current += character;
    }
  }
  return [...segments, current];
}

/** A doubled brace is a literal one, inside a parameter too. */
const PART = /\{((?:\{\{|\}\}|[^{}])+)\}(?!\})|((?:\{\{|\}\}|[^{}])+)/y;

function parseSegment(segment: string): Part[] {
  const parts: Part[] = [];
  PART.lastIndex = 0;
  while (PART.lastIndex < segment.length) {
    const match = PART.exec(segment);
    if (!match) {
      throw new Error(`the braces in "${segment}" do not match`);
    }
    const [, parameter, literal] = match;
    if (parameter !== undefined) {
      parts.push({ parameter: parseParameter(unescapeBraces(parameter)) });
    } else {
      parts.push({ literal: unescapeBraces(literal ?? '') });
    }
  }
  return parts;
}

function unescapeBraces(text: string): string {
  return text.replace(/\{\{/g, '{').replace(/\}\}/g, '}');
}

const NAME = /^(\*{0,2})([^:=?*]+)/;
/** The arguments end at the last `)` before the next constraint, the default or the end. */
const CONSTRAINT = /^:([A-Za-z]+)(?:\((.*?)\))?(?=[:=?]|$)/;

function parseParameter(text: string): Parameter {
  const head = NAME.exec(text);
  if (!head?.[2]) {
    throw new Error(`"{${text}}" has no parameter name`);
  }
  let rest = text.slice(head[0].length);
  const constraints: Constraint[] = [];
  for (let match = CONSTRAINT.exec(rest); match?.[1]; match = CONSTRAINT.exec(rest)) {
    constraints.push(createConstraint(match[1], match[2]));
    rest = rest.slice(match[0].length);
  }
  const optional = rest === '?';
  const defaultValue = rest.startsWith('=') ? rest.slice(1) : undefined;
  if (rest !== '' && !optional && defaultValue === undefined) {
    throw new Error(`"{${text}}" cannot be read from "${rest}" on`);
  }
  return { name: head[2], catchAll: head[1] !== '', optional, defaultValue, constraints };
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
