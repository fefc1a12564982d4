import { withDescendants } from '../language/xml.ts';
import { type Check, type Deployment, type Problem, problem } from './check.ts';

const position = { file: 'tenants.json', line: 1 };

/** A directory that belonged to two tenants would let one see the other's data. */
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
    ...doubles(
      'directory id',
      tenants.flatMap(({ tenantIds }) => tenantIds),
    ),
    ...tenants
      .filter(({ plan }) => !Object.hasOwn(plans, plan))
      .map(({ slug, plan }) => problem(position, `${slug} is on the plan "${plan}", which does not exist`)),
    ...checkIssuers(deployment),
  ];
};

function doubles(what: string, values: readonly string[]): readonly Problem[] {
  return values
    .filter((value, index) => values.indexOf(value) !== index)
    .map((value) => problem(position, `the ${what} ${value} appears twice`));
}

/** The accepted issuers are those of the onboarded directories: none is missing, none is left over. */
function checkIssuers({ bundle, registry }: Deployment): readonly Problem[] {
  const accepted = [...bundle.documents.values()]
    .flatMap(withDescendants)
    .filter(({ name }) => name === 'issuer');
  const issuers = accepted.map(({ text }) => text.trim());
  const wanted = registry.tenants.flatMap(({ slug, tenantIds }) =>
    tenantIds.map((id) => ({ slug, issuer: `{{authority}}/${id}/v2.0` })),
  );
  return [
    ...wanted
      .filter(({ issuer }) => !issuers.includes(issuer))
      .map(({ slug, issuer }) => problem(position, `${slug} has no issuer ${issuer} in validate-jwt`)),
    ...accepted
      .filter(({ text }) => !wanted.some(({ issuer }) => issuer === text.trim()))
      .map((element) => problem(element.position, `the issuer ${element.text.trim()} is of no tenant`)),
  ];
}
