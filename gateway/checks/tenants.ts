import { apiPolicyFile } from '../generate/apis.ts';
import { parseXml, withDescendants, type XmlElement } from '../language/xml.ts';
import type { RegisteredTenant } from '../registry.ts';
import { hasOwnServer, ownTokenIssuer, tokenIssuers } from '../sign-in.ts';
import { type Check, type Deployment, type Problem, problem } from './check.ts';
import { checkUnits } from './units.ts';

const empty: XmlElement = parseXml('', '<policies />');

const position = { file: 'tenants.json', line: 1 };

/** Slugs, routes and directories are told apart, and every plan exists. */
export const checkTenants: Check = (deployment) => {
  const { tenants, plans } = deployment.registry;
  return [
    ...doubles(
      'slug',
      tenants.map(({ slug }) => slug),
    ),
    ...doubles(
      'route',
      tenants.map(({ route }) => route),
    ),
    ...checkUnits(tenants),
    ...tenants
      .filter(({ plan }) => !Object.hasOwn(plans, plan))
      .map(({ slug, plan }) => problem(position, `${slug} is on the plan "${plan}", which does not exist`)),
    ...tenants
      .filter((tenant) =>
        tenants.some((other) => other.backend === tenant.backend && signsInOtherwise(tenant, other)),
      )
      .map(({ slug, backend }) =>
        problem(position, `${slug} shares the backend ${backend} with a tenant that signs in another way`),
      ),
    ...tenants
      .filter((tenant) => ownTokenIssuer(tenant) !== undefined && !hasOwnServer(tenant))
      .map(({ slug }) =>
        problem(
          position,
          `${slug} has identity providers under enterprise, and no server that takes what they say: set signIn to proxy`,
        ),
      ),
    ...checkDirectories(deployment),
  ];
};

/** A backend has one way in for all of its tenants. */
function signsInOtherwise(
  { signIn: one = 'remote' }: RegisteredTenant,
  { signIn: other = 'remote' }: RegisteredTenant,
): boolean {
  return one !== other;
}

function doubles(what: string, values: readonly string[]): readonly Problem[] {
  const met = new Set<string>();
  return values
    .filter((value) => met.size === met.add(value).size)
    .map((value) => problem(position, `the ${what} ${value} appears twice`));
}

/** Each tenant's API accepts the tenant's directories: none is missing, and none is of somebody else. */
export function checkDirectories({ bundle, registry }: Deployment): readonly Problem[] {
  return registry.tenants.flatMap((tenant) => {
    const file = apiPolicyFile(tenant);
    const elements = withDescendants(bundle.documents.get(file) ?? empty);
    const claims = elements.filter(({ name, attributes }) => name === 'claim' && isTid(attributes));
    const accepted = [
      { what: 'issuer', named: elements.filter(({ name }) => name === 'issuer') },
      { what: 'tid', named: claims.flatMap(({ children }) => children) },
    ] as const;
    return accepted.flatMap(({ what, named }) => {
      const wanted = what === 'issuer' ? tokenIssuers(tenant) : tenant.tenantIds;
      const texts = named.map(({ text }) => text.trim());
      return [
        ...wanted
          .filter((one) => !texts.includes(one))
          .map((one) => problem({ file, line: 1 }, `${tenant.slug} has no ${what} ${one} in validate-jwt`)),
        ...named
          .filter(({ text }) => !wanted.includes(text.trim()))
          .map(({ text, position: at }) => problem(at, `the ${what} ${text.trim()} is not of this tenant`)),
      ];
    });
  });
}

const isTid = (attributes: XmlElement['attributes']) => attributes.get('name')?.value === 'tid';
