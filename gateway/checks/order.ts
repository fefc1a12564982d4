import type { ApiDescription, OperationDescription } from '../language/bundle.ts';
import type { Position } from '../language/problem.ts';
import { effectiveSection, scopesOf, withFragments } from '../language/sections.ts';
import type { XmlElement } from '../language/xml.ts';
import { addressOf, type Check, type Deployment, type Problem, problem } from './check.ts';
import { signInAddresses } from './sign-in.ts';

/** What may come before the token is validated: nothing that uses what the client says. */
const harmless = ['cors', 'set-header', 'set-variable', 'choose'];

/** Headers that the backends believe. */
const trusted = ['X-Tenant-Id', 'X-Gateway-Key', 'X-Forwarded-Host'];

/** What a request needs to be let through: a token, or, where it cannot have one yet, to be within the limits. */
const gates = { token: 'validate-jwt', limits: 'rate-limit-by-key' } as const;

/**
 * Every operation that can reach a backend takes the forgeable headers off first, then validates the token, and only
 * then does anything else. At the sign-in, where nobody has a token yet, limits stand in its place.
 */
export const checkOrder: Check = (deployment) => {
  const { description } = deployment.bundle;
  const withoutToken = signInAddresses(deployment.registry);
  return description.apis.flatMap((api) =>
    api.operations.flatMap((operation) => {
      const address = addressOf(api, operation);
      const gate = withoutToken.has(address) ? gates.limits : gates.token;
      return checkOperation(api, operation, deployment, gate);
    }),
  );
};

function checkOperation(
  api: ApiDescription,
  operation: OperationDescription,
  { bundle }: Deployment,
  gate: string,
): readonly Problem[] {
  const files = scopesOf(bundle.description, api, operation);
  const inbound = withFragments(effectiveSection('inbound', files, bundle), bundle);
  const backend = withFragments(effectiveSection('backend', files, bundle), bundle);
  const forwards = backend.some(({ name }) => name === 'forward-request');
  const position: Position = { file: files.at(-1) ?? 'apis.json', line: 1 };
  if (!forwards) {
    return [];
  }
  const validation = inbound.findIndex(({ name }) => name === gate);
  if (validation < 0) {
    return [problem(position, `${api.id} ${operation.id} forwards without ${gate}`)];
  }
  return [
    ...checkBefore(inbound.slice(0, validation), gate),
    ...trusted
      .filter((name) => !inbound.slice(0, validation).some((element) => deletes(element, name)))
      .map((name) => problem(position, `${api.id} ${operation.id} does not delete ${name} before ${gate}`)),
  ];
}

function checkBefore(elements: readonly XmlElement[], gate: string): readonly Problem[] {
  const first = elements.find(({ name }) => name !== 'cors');
  const removal = first !== undefined && first.name === 'set-header' && actionOf(first) === 'delete';
  return [
    ...(first === undefined || removal
      ? []
      : [problem(first.position, `<${first.name}> stands before the removal of forgeable headers`)]),
    ...elements
      .filter(({ name }) => !harmless.includes(name))
      .map(({ name, position }) => problem(position, `<${name}> stands before ${gate}`)),
  ];
}

function actionOf(element: XmlElement): string | undefined {
  return element.attributes.get('exists-action')?.value;
}

function deletes(element: XmlElement, header: string): boolean {
  const name = element.attributes.get('name')?.value.toLowerCase();
  return element.name === 'set-header' && actionOf(element) === 'delete' && name === header.toLowerCase();
}
