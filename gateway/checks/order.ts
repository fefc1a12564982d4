import type { ApiDescription, OperationDescription } from '../language/bundle.ts';
import type { Position } from '../language/problem.ts';
import { effectiveSection, scopesOf, withFragments } from '../language/sections.ts';
import type { XmlElement } from '../language/xml.ts';
import { type Check, type Deployment, type Problem, problem } from './check.ts';

/** What may come before the token is validated: nothing that uses what the client says. */
const harmless = ['cors', 'set-header', 'set-variable', 'choose'];

/** Headers that the backends believe. */
const trusted = ['X-Tenant-Id', 'X-Gateway-Key'];

/**
 * Every operation that can reach a backend takes the forgeable headers off first, then validates the token, and only
 * then does anything else.
 */
export const checkOrder: Check = (deployment) => {
  const { description } = deployment.bundle;
  return description.apis.flatMap((api) =>
    api.operations.flatMap((operation) => checkOperation(api, operation, deployment)),
  );
};

function checkOperation(
  api: ApiDescription,
  operation: OperationDescription,
  { bundle }: Deployment,
): readonly Problem[] {
  const files = scopesOf(bundle.description, api, operation);
  const inbound = withFragments(effectiveSection('inbound', files, bundle), bundle);
  const backend = withFragments(effectiveSection('backend', files, bundle), bundle);
  const forwards = backend.some(({ name }) => name === 'forward-request');
  const position: Position = { file: files.at(-1) ?? 'apis.json', line: 1 };
  if (!forwards) {
    return [];
  }
  const validation = inbound.findIndex(({ name }) => name === 'validate-jwt');
  if (validation < 0) {
    return [problem(position, `${api.id} ${operation.id} forwards without validate-jwt`)];
  }
  return [
    ...checkBefore(inbound.slice(0, validation)),
    ...trusted
      .filter((name) => !inbound.slice(0, validation).some((element) => deletes(element, name)))
      .map((name) =>
        problem(position, `${api.id} ${operation.id} does not delete ${name} before validate-jwt`),
      ),
  ];
}

function checkBefore(elements: readonly XmlElement[]): readonly Problem[] {
  const first = elements.find(({ name }) => name !== 'cors');
  const removal = first !== undefined && first.name === 'set-header' && actionOf(first) === 'delete';
  return [
    ...(first === undefined || removal
      ? []
      : [problem(first.position, `<${first.name}> stands before the removal of forgeable headers`)]),
    ...elements
      .filter(({ name }) => !harmless.includes(name))
      .map(({ name, position }) => problem(position, `<${name}> stands before validate-jwt`)),
  ];
}

function actionOf(element: XmlElement): string | undefined {
  return element.attributes.get('exists-action')?.value;
}

function deletes(element: XmlElement, header: string): boolean {
  const name = element.attributes.get('name')?.value.toLowerCase();
  return element.name === 'set-header' && actionOf(element) === 'delete' && name === header.toLowerCase();
}
