import { parseSync, Visitor } from 'oxc-parser';
import { comparesPermissions, isComparedPermission } from './permissions.ts';

/** Something that a file says, and on which line (from 1). */
export interface Said {
  readonly what: string;
  readonly line: number;
}

/** What the rules of the house look at in one file. */
export interface SourceFile {
  /** Relative to the repository, with forward slashes. */
  readonly file: string;
  /** Every specifier that it imports or exports from: values, types and `import('…')` alike. */
  readonly imports: readonly Said[];
  /** Where it reads a clock of the process: `Date.now()`, `new Date()`, `performance.now()`. */
  readonly clocks: readonly Said[];
  /** Where it reads `process.env`. */
  readonly environment: readonly Said[];
  /** Where it compares permissions: `….permissions.has(…)`, `….includes(permission)`, `permission === …`. */
  readonly permissions: readonly Said[];
}

/** @throws Error when the text cannot be parsed */
export function readSource(file: string, text: string): SourceFile {
  const { program, errors, module } = parseSync(file, text);
  if (errors.length > 0) {
    throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  }
  const at = (what: string, offset: number): Said => ({ what, line: lineOf(text, offset) });
  const imports = [
    ...module.staticImports.map(({ moduleRequest }) => at(moduleRequest.value, moduleRequest.start)),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest: from }) => (from === null ? [] : [at(from.value, from.start)])),
    ),
  ];
  const clocks: Said[] = [];
  const environment: Said[] = [];
  const permissions: Said[] = [];
  const literal = (source: { type: string; start: number; value?: unknown }) => {
    if (source.type === 'Literal' && typeof source.value === 'string') {
      imports.push(at(source.value, source.start));
    }
  };
  new Visitor({
    ImportExpression: ({ source }) => literal(source),
    TSImportType: ({ source }) => literal(source),
    CallExpression({ callee, arguments: given, start, end }) {
      const name = memberName(callee);
      if (comparesPermissions(callee, given)) {
        permissions.push(at(text.slice(start, end), start));
      }
      if (name === 'Date.now' || name === 'performance.now') {
        clocks.push(at(`${name}()`, start));
      }
    },
    NewExpression({ callee, arguments: given, start }) {
      const isDate = callee.type === 'Identifier' && callee.name === 'Date';
      if (isDate && given.length === 0) {
        clocks.push(at('new Date()', start));
      }
    },
    BinaryExpression(node) {
      if (isComparedPermission(node)) {
        permissions.push(at(text.slice(node.start, node.end), node.start));
      }
    },
    MemberExpression(node) {
      if (memberName(node) === 'process.env') {
        environment.push(at('process.env', node.start));
      }
    },
  }).visit(program);
  return { file, imports, clocks, environment, permissions };
}

/** Such as `Date.now`; undefined for anything but a plain name of a plain name. */
function memberName(node: {
  type: string;
  object?: unknown;
  property?: unknown;
  computed?: boolean;
}): string | undefined {
  if (node.type !== 'MemberExpression' || node.computed === true) {
    return undefined;
  }
  const [object, property] = [node.object, node.property].map(
    (part) => (part as { type: string; name?: string }).name,
  );
  return object === undefined || property === undefined ? undefined : `${object}.${property}`;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
