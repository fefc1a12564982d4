import { type Constraint, createConstraint } from './constraints.ts';

export interface Parameter {
  readonly name: string;
  readonly catchAll: boolean;
  readonly optional: boolean;
  readonly defaultValue: string | undefined;
  readonly constraints: readonly Constraint[];
}

export type Part = { readonly literal: string } | { readonly parameter: Parameter };

/** Splits at `/`, but not inside braces: a regex constraint may hold one. */
export function splitSegments(template: string): string[] {
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

export function parseSegment(segment: string): Part[] {
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
