import { apiPolicyFile } from '../generate/apis.ts';
import { backendUrlName } from '../generate/named-values.ts';
import { serverMetadataFile, signInApiFile, signInOperationFile } from '../generate/sign-in/apis.ts';
import { holds } from '../language/sections.ts';
import { withDescendants, type XmlElement } from '../language/xml.ts';
import type { RegisteredTenant } from '../registry.ts';
import { hasOwnServer, operationsOfAll } from '../sign-in.ts';
import { type Check, type Deployment, type Problem, problem } from './check.ts';

const report = 'send-one-way-request';
const answer = 'return-response';
/** The only place that reports go to; each tenant's policy says where that is. */
const address = 'refusals-url';

/**
 * The gateway tells the tenant's backend, and no other, of each call that it refuses, before it answers; a report
 * holds no token.
 */
export const checkRefusals: Check = (deployment) => [
  ...unreported(deployment),
  ...strayAddresses(deployment),
  ...[...deployment.bundle.documents.values()]
    .flatMap(withDescendants)
    .filter(({ name }) => name === report)
    .flatMap(checkReport),
];

/** The policies that say whose backend is told. */
function tenantFiles(tenant: RegisteredTenant): readonly string[] {
  return [
    apiPolicyFile(tenant),
    ...(hasOwnServer(tenant) ? [signInApiFile(tenant), serverMetadataFile(tenant)] : []),
  ];
}

/** In each tenant's APIs: a list of policies that ends with an answer and has no report before it. */
function unreported({ bundle, registry }: Deployment): readonly Problem[] {
  const shared = operationsOfAll(registry.tenants).map(signInOperationFile);
  return [...registry.tenants.flatMap(tenantFiles), ...shared].flatMap((file) => {
    const root = bundle.documents.get(file);
    return (root === undefined ? [] : withDescendants(root)).flatMap(({ children }) =>
      children
        .filter((child, index) => {
          const before = children.slice(0, index);
          return holds(child, answer, bundle) && !before.some((one) => holds(one, report, bundle));
        })
        .map(({ position }) => problem(position, 'this refuses a call, and the backend is not told')),
    );
  });
}

function strayAddresses({ bundle, registry }: Deployment): readonly Problem[] {
  const files = registry.tenants.flatMap((tenant) => tenantFiles(tenant).map((file) => ({ tenant, file })));
  return files.flatMap(({ tenant, file }) => {
    const root = bundle.documents.get(file);
    const wanted = `{{${backendUrlName(tenant.backend)}}}/gateway/refusals`;
    const given = (root === undefined ? [] : withDescendants(root)).filter(
      ({ name, attributes }) => name === 'set-variable' && attributes.get('name')?.value === address,
    );
    const wrong = given.filter(({ attributes }) => attributes.get('value')?.value !== wanted);
    return [
      ...(given.length === 0 ? [problem({ file, line: 1 }, `the variable ${address} is not set`)] : []),
      ...wrong.map(({ position }) => problem(position, `${tenant.slug}'s refusals go to ${wanted}`)),
    ];
  });
}

function checkReport(element: XmlElement): readonly Problem[] {
  const url = element.children.find(({ name }) => name === 'set-url');
  const key = element.children.find(
    ({ name, attributes }) => name === 'set-header' && attributes.get('name')?.value === 'X-Gateway-Key',
  );
  const texts = withDescendants(element).flatMap(({ text, attributes }) => [
    text,
    ...[...attributes.values()].map(({ value }) => value),
  ]);
  return [
    ...(url?.text.trim() === `@((string)context.Variables["${address}"])`
      ? []
      : [problem(element.position, `a report goes to the variable ${address} and nowhere else`)]),
    ...(key === undefined ? [problem(element.position, 'a report shows the gateway key')] : []),
    ...(texts.some((text) => /authorization/i.test(text))
      ? [problem(element.position, 'a report holds no token')]
      : []),
  ];
}
