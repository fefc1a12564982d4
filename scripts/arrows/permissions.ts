/** A part of a syntax tree, as far as it is looked at here. */
interface Node {
  readonly type: string;
  readonly name?: unknown;
  readonly object?: unknown;
  readonly property?: unknown;
  readonly expression?: unknown;
  readonly argument?: unknown;
}

const membership: ReadonlySet<unknown> = new Set([
  'has',
  'includes',
  'indexOf',
  'isSupersetOf',
  'isSubsetOf',
]);
const comparisons: ReadonlySet<string> = new Set(['==', '===', '!=', '!==', 'in']);

/** Whether a call asks if something is among permissions, or if a permission is among something. */
export function comparesPermissions(callee: Node, given: readonly Node[]): boolean {
  const { object, property } = callee;
  const asks = callee.type === 'MemberExpression' && membership.has((property as Node).name);
  return asks && [object as Node, ...given].some(namesPermission);
}

/** Whether a comparison is of a permission with something that may be another. */
export function isComparedPermission({
  operator,
  left,
  right,
}: {
  readonly operator: string;
  readonly left: Node;
  readonly right: Node;
}): boolean {
  const sides = [left, right];
  return comparisons.has(operator) && sides.some(namesPermission) && !sides.some(isNothing);
}

/** Whether the last name of an expression is that of a permission, or of several. */
function namesPermission(node: Node): boolean {
  switch (node.type) {
    case 'Identifier':
      return /permissions?$/i.test(String(node.name));
    case 'MemberExpression':
      return namesPermission(node.property as Node);
    case 'ChainExpression':
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'ParenthesizedExpression':
      return namesPermission(node.expression as Node);
    case 'SpreadElement':
      return namesPermission(node.argument as Node);
    default:
      return false;
  }
}

function isNothing({ type, name, ...rest }: Node): boolean {
  return (
    (type === 'Identifier' && name === 'undefined') ||
    (type === 'Literal' && 'value' in rest && rest.value === null)
  );
}
