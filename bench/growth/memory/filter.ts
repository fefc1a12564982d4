/** What a filter looks at. */
export interface FilteredRow {
  readonly PartitionKey: string;
  readonly RowKey: string;
  readonly [property: string]: unknown;
}

/** A filter that can be asked, and between which keys alone its rows can be. */
export interface Filter {
  matches(row: FilteredRow): boolean;
  readonly partition: Range;
  readonly row: Range;
}

/** From ≤ key, and key ≤ to. */
export interface Range {
  readonly from: string;
  readonly to: string | undefined;
}

type Node =
  | { readonly any: readonly Node[] }
  | { readonly all: readonly Node[] }
  | { readonly name: string; readonly operator: string; readonly value: string };

const tokenPattern = /\s*(\(|\)|'(?:[^']|'')*'|[A-Za-z_]\w*)/y;

/**
 * The part of OData that the product's filters are made of: comparisons with texts, `and`, `or` and brackets.
 * @throws SyntaxError at anything else
 */
export function parseFilter(text: string): Filter {
  const tokens = tokensOf(text);
  const node = tokens.length === 0 ? { all: [] } : expression(tokens);
  if (tokens.length > 0) {
    throw new SyntaxError(`The filter ends before ${tokens.join(' ')}.`);
  }
  return {
    matches: (row) => matches(node, row),
    partition: rangeOf(node, 'PartitionKey'),
    row: rangeOf(node, 'RowKey'),
  };
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < text.trimEnd().length) {
    const found = tokenPattern.exec(text)?.[1];
    if (found === undefined) {
      throw new SyntaxError(`No filter that is known here: ${text}`);
    }
    tokens.push(found);
  }
  return tokens;
}

function expression(tokens: string[]): Node {
  const any = [conjunction(tokens)];
  while (tokens[0] === 'or') {
    tokens.shift();
    any.push(conjunction(tokens));
  }
  return any.length === 1 ? (any[0] as Node) : { any };
}

function conjunction(tokens: string[]): Node {
  const all = [operand(tokens)];
  while (tokens[0] === 'and') {
    tokens.shift();
    all.push(operand(tokens));
  }
  return all.length === 1 ? (all[0] as Node) : { all };
}

function operand(tokens: string[]): Node {
  const name = tokens.shift() ?? '';
  if (name === '(') {
    const inner = expression(tokens);
    tokens.shift();
    return inner;
  }
  const [operator = '', quoted = ''] = tokens.splice(0, 2);
  if (!/^(?:eq|ne|lt|le|gt|ge)$/.test(operator) || !quoted.startsWith("'")) {
    throw new SyntaxError(`No comparison that is known here: ${name} ${operator} ${quoted}`);
  }
  return { name, operator, value: quoted.slice(1, -1).replaceAll("''", "'") };
}

function matches(node: Node, row: FilteredRow): boolean {
  if ('any' in node) {
    return node.any.some((one) => matches(one, row));
  }
  if ('all' in node) {
    return node.all.every((one) => matches(one, row));
  }
  const stored = row[node.name];
  return typeof stored === 'string' && compared(stored, node.operator, node.value);
}

function compared(stored: string, operator: string, value: string): boolean {
  switch (operator) {
    case 'eq':
      return stored === value;
    case 'ne':
      return stored !== value;
    case 'lt':
      return stored < value;
    case 'le':
      return stored <= value;
    case 'gt':
      return stored > value;
    default:
      return stored >= value;
  }
}

/** What every match fulfils at the least: only comparisons that all of them have count. */
function rangeOf(node: Node, name: string): Range {
  let range: Range = { from: '', to: undefined };
  for (const one of 'all' in node ? node.all : [node]) {
    const inner = 'all' in one ? rangeOf(one, name) : ownRange(one, name);
    const to = [range.to, inner.to].filter((key) => key !== undefined).sort()[0];
    range = { from: inner.from > range.from ? inner.from : range.from, to };
  }
  return range;
}

function ownRange(node: Node, name: string): Range {
  const open: Range = { from: '', to: undefined };
  if (!('name' in node) || node.name !== name) {
    return open;
  }
  const { operator, value } = node;
  return {
    from: ['eq', 'ge', 'gt'].includes(operator) ? value : '',
    to: ['eq', 'le', 'lt'].includes(operator) ? value : undefined,
  };
}
