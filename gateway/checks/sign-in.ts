import { consoleAddresses } from '../console.ts';
import { signInOperationFile } from '../generate/sign-in/apis.ts';
import type { PolicyBundle } from '../language/bundle.ts';
import { queryLimit } from '../language/limits.ts';
import { holds } from '../language/sections.ts';
import type { XmlElement } from '../language/xml.ts';
import type { Registry } from '../registry.ts';
import {
  hasOwnServer,
  operationsOf,
  operationsOfAll,
  type SignInOperation,
  serverMetadataPaths,
  signInBase,
} from '../sign-in.ts';
import { addressOf, type Check, type Deployment, type Problem, problem } from './check.ts';

/** Method and address of everything that is answered without a token because people and clients need it to get one. */
export function signInAddresses({ tenants }: Registry): ReadonlySet<string> {
  return new Set([
    ...consoleAddresses(tenants),
    ...tenants
      .filter(hasOwnServer)
      .flatMap((tenant) => [
        ...operationsOf(tenant).map(({ name, method }) => `${method} ${signInBase(tenant)}/oauth/${name}`),
        ...serverMetadataPaths(tenant).map((path) => `GET ${path}`),
      ]),
  ]);
}

/** The sign-in is open as far as it has to be, and no further. */
export const checkSignIn: Check = (deployment) => [
  ...operationsOfAll(deployment.registry.tenants).flatMap((operation) =>
    checkOperation(operation, deployment),
  ),
  ...answersInAddresses(deployment),
];

function checkOperation(operation: SignInOperation, { bundle }: Deployment): readonly Problem[] {
  const { from, takes, query = false } = operation;
  const file = signInOperationFile(operation);
  const inbound = bundle.documents.get(file)?.children.find(({ name }) => name === 'inbound')?.children ?? [];
  const isOpen = from === 'any-origin';
  const drops = (header: string) => inbound.some((element) => deletes(element, header));
  const refuses = (what: string) => inbound.some((element) => branchRefuses(element, what, bundle));
  const rules: Readonly<Record<string, boolean>> = {
    'pages of any origin may call this': inbound.some(isOpenCors) || !isOpen,
    'no page may call this': isOpen || !inbound.some(({ name }) => name === 'cors'),
    'cookies must not come along': drops('Cookie') || !isOpen,
    'a backend that sees the origin answers for it once more': drops('Origin') || from === 'own-page',
    'the backend has to see where its form comes from': !drops('Origin') || from !== 'own-page',
    'what a script asks for is not refused': isOpen || refuses('"Sec-Fetch-Dest", "document") != "document"'),
    'forms of other pages are not refused':
      from !== 'own-page' || refuses('"Origin", "") != "{{public-base-url}}"'),
    'a body that is too long is not refused':
      takes === undefined || refuses('"Content-Length", "").Length >'),
    [`a body that is not ${takes} is not refused`]: takes === undefined || refuses(`.StartsWith("${takes}")`),
    [`the query ${query ? 'has to' : 'must not'} reach the backend`]: inbound.some(
      (element) => element.name === 'rewrite-uri' && keepsQuery(element) === query,
    ),
  };
  return Object.entries(rules)
    .filter(([, isKept]) => !isKept)
    .map(([sentence]) => problem({ file, line: 1 }, sentence));
}

function isOpenCors({ name, children }: XmlElement): boolean {
  return name === 'cors' && children.some((list) => list.children.some(({ text }) => text.trim() === '*'));
}

function deletes({ name, attributes }: XmlElement, header: string): boolean {
  return (
    name === 'set-header' &&
    attributes.get('name')?.value === header &&
    attributes.get('exists-action')?.value === 'delete'
  );
}

/** Whether there is a branch under that condition that ends with an answer. */
function branchRefuses({ name, children }: XmlElement, condition: string, bundle: PolicyBundle): boolean {
  return (
    name === 'choose' &&
    children.some(
      (branch) =>
        branch.attributes.get('condition')?.value.includes(condition) &&
        branch.children.some((element) => holds(element, 'return-response', bundle)),
    )
  );
}

function keepsQuery({ attributes }: XmlElement): boolean {
  return attributes.get('copy-unmatched-params')?.value !== 'false';
}

/** Where an identity provider's code would have to travel in the address. */
function answersInAddresses({ bundle: { description }, registry }: Deployment): readonly Problem[] {
  const callbacks = registry.tenants
    .filter(hasOwnServer)
    .map((tenant) => `GET ${signInBase(tenant)}/oauth/callback`);
  return description.apis
    .flatMap((api) => api.operations.map((operation) => addressOf(api, operation)))
    .filter((address) => callbacks.includes(address))
    .map((address) =>
      problem(
        { file: 'apis.json', line: 1 },
        `${address} takes a code in the query, which has at most ${queryLimit} bytes; take it by POST (form_post)`,
      ),
    );
}
