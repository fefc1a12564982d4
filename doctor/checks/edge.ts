import { isDeepStrictEqual } from 'node:util';
import { counted } from '#platform/counted';
import { list } from '#platform/settings/read';
import { readTenants } from '#platform/settings/tenants';
import type { Problem } from '../../gateway/checks/check.ts';
import { checkOrder } from '../../gateway/checks/order.ts';
import { checkRoutes } from '../../gateway/checks/routes.ts';
import { checkDirectories } from '../../gateway/checks/tenants.ts';
import type { XmlElement } from '../../gateway/language/xml.ts';
import type { GatewayFiles } from '../evidence.ts';
import { type Finding, fail, pass, warn } from '../finding.ts';
import { settingsOf } from './backend.ts';
import { type Check, fromSettings, given, names } from './check.ts';
import { frameHostAgrees } from './frame-host.ts';
import { gatewayTier } from './gateway-tier.ts';

const regenerate = 'Mend apim-policies/tenants.json, then run npm run policies and deploy the result.';

const tokensValidated: Check = {
  id: 'edge.audience',
  group: 'Edge',
  title: 'The gateway lets only tokens for this API through',
  judge: ({ gateway }) =>
    given(gateway, ({ bundle, registry }) => {
      const [unprotected] = checkOrder({ bundle, registry, namedValues: {} });
      if (unprotected !== undefined) {
        return failed(unprotected);
      }
      const open = validations(bundle).find((element) => textsOf(element, 'audiences').length === 0);
      return open === undefined
        ? pass(
            'Every operation that reaches a backend, but for the sign-in, validates the token and names the audience.',
          )
        : fail(
            `${placeOf(open)}: validate-jwt names no audience.`,
            'Add <audiences> with the API’s client id.',
          );
    }),
};

const tenantRequired: Check = {
  id: 'edge.tenant',
  group: 'Edge',
  title: 'The gateway lets only onboarded directories through',
  judge: ({ gateway }) =>
    given(gateway, ({ bundle, registry }) => {
      for (const element of validations(bundle)) {
        if (!claimsOf(element).includes('tid')) {
          return fail(
            `${placeOf(element)}: validate-jwt does not require tid.`,
            'Add it to <required-claims>.',
          );
        }
        if (textsOf(element, 'issuers').some((issuer) => /\/(common|organizations)\//.test(issuer))) {
          return fail(`${placeOf(element)}: an issuer stands for every directory.`, regenerate);
        }
      }
      const [foreign] = checkDirectories({ bundle, registry, namedValues: {} });
      if (foreign !== undefined) {
        return failed(foreign);
      }
      return validations(bundle).length > 0
        ? pass('Every tenant’s API accepts that tenant’s directories, and no other.')
        : fail('No policy validates tokens.', regenerate);
    }),
};

const mappingComplete: Check = {
  id: 'edge.mapping',
  group: 'Edge',
  title: 'Every directory of the service is mapped to its backend',
  judge: (evidence) =>
    given(evidence.gateway, ({ registry }) =>
      fromSettings(evidence, (env) => {
        const mapped = new Set(
          registry.tenants.flatMap(({ slug, tenantIds }) => tenantIds.map((tid) => `${slug} ${tid}`)),
        );
        const served = readTenants(env).flatMap(({ slug, tenantIds }) =>
          tenantIds.map((tid) => ({ slug, tid })),
        );
        const wrong = served.filter(({ slug, tid }) => !mapped.has(`${slug} ${tid}`));
        if (wrong.length > 0) {
          const which = names(wrong.map(({ slug, tid }) => `${tid} (${slug})`));
          return fail(`TENANTS has ${which}; apim-policies/tenants.json does not map it so.`, regenerate);
        }
        const elsewhere = registry.tenants
          .map(({ slug }) => slug)
          .filter((slug) => !served.some((one) => one.slug === slug));
        return elsewhere.length === 0
          ? pass('TENANTS and apim-policies/tenants.json name the same directories.')
          : warn(
              `The gateway also maps ${names(elsewhere)}, which this service does not serve.`,
              'Make sure that another deployment serves them: each of their calls is refused here.',
            );
      }),
    ),
};

const unitsAgree: Check = {
  id: 'edge.units',
  group: 'Edge',
  title: 'Gateway and service agree on who enters a business unit, and what it has',
  judge: (evidence) =>
    given(evidence.gateway, ({ registry }) =>
      fromSettings(evidence, (env) => {
        const served = readTenants(env);
        const units = registry.tenants.filter(({ slug }) => served.some((one) => one.slug === slug));
        const wrong = units.filter((unit) => {
          const own = served.find(({ slug }) => slug === unit.slug);
          return !isDeepStrictEqual([unit.enter, unit.tools], [own?.enter, own?.tools]);
        });
        return wrong.length === 0
          ? pass('TENANTS and apim-policies/tenants.json say the same of "enter" and "tools".')
          : fail(
              `TENANTS says something else of ${names(wrong.map(({ slug }) => slug))} under "enter" or "tools" than apim-policies/tenants.json.`,
              'Make them the same: one of the two lets in people, or shows tools, that the other one refuses.',
            );
      }),
    ),
};

const routesComplete: Check = {
  id: 'edge.routes',
  group: 'Edge',
  title: 'Every tenant has its routes and their metadata',
  judge: ({ gateway }) =>
    given(gateway, (files) => {
      const [first] = checkRoutes({ ...files, namedValues: {} });
      return first === undefined
        ? pass(
            `${counted(files.registry.tenants.length, 'tenant')}, each with both endpoints and their metadata.`,
          )
        : failed(first);
    }),
};

const gatewayOnly: Check = {
  id: 'edge.gateway-only',
  group: 'Edge',
  title: 'The backend takes traffic from the gateway only',
  judge: (evidence) =>
    fromSettings(evidence, (env) =>
      list(env, 'GATEWAY_KEY').length > 0
        ? pass('GATEWAY_KEY is set: a request that does not show it is refused.')
        : warn(
            'GATEWAY_KEY is not set: whoever finds the function app gets around the gateway’s limits.',
            'Set GATEWAY_KEY to the secret that the gateway sends, or close the app’s network to others.',
          ),
    ),
};

const answersAtEdge: Check = {
  id: 'edge.challenge',
  group: 'Edge',
  title: 'A caller without a token is told where to get one',
  judge: (evidence) =>
    given(evidence.live.withoutToken, ({ status, challenge }) => {
      if (status !== 401) {
        return fail(
          `A call without a token was answered with ${status}.`,
          'Only 401 may come back: set AUTH_MODE=jwt.',
        );
      }
      if (settingsOf(evidence)?.signIn?.way === 'verifier') {
        return pass('401; where to get a token is not told, as SIGN_IN=verifier wants it.');
      }
      return challenge !== undefined && /resource_metadata="[^"]+"/.test(challenge)
        ? pass('401, with the address of the protected-resource metadata.')
        : fail(
            '401 without resource_metadata in WWW-Authenticate: clients cannot find the sign-in.',
            'Let the gateway pass the header WWW-Authenticate, or deploy the current policies.',
          );
    }),
};

const encrypted: Check = {
  id: 'edge.tls',
  group: 'Edge',
  title: 'Tokens travel encrypted',
  judge: ({ live }) =>
    given(live.url, (url) => {
      const { protocol, hostname } = new URL(url);
      if (protocol === 'https:') {
        return pass('The address begins with https://.');
      }
      return ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
        ? pass('Plain http, which does not leave this machine.')
        : fail(`${url} is not encrypted.`, 'Serve it with https, and nothing else.');
    }),
};

export const edgeChecks: readonly Check[] = [
  tokensValidated,
  tenantRequired,
  mappingComplete,
  unitsAgree,
  routesComplete,
  gatewayTier,
  frameHostAgrees,
  gatewayOnly,
  encrypted,
  answersAtEdge,
];

function failed({ position, description }: Problem): Finding {
  return fail(`apim-policies/${position.file}:${position.line}: ${description}.`, regenerate);
}

function validations(bundle: GatewayFiles['bundle']): XmlElement[] {
  return [...bundle.documents.values()].flatMap((root) => named(root, 'validate-jwt'));
}

function named(element: XmlElement, name: string): XmlElement[] {
  return [
    ...(element.name === name ? [element] : []),
    ...element.children.flatMap((child) => named(child, name)),
  ];
}

/** The texts in a list of an element, such as the audiences of validate-jwt. */
function textsOf(element: XmlElement, listName: string): string[] {
  const entries = element.children
    .filter(({ name }) => name === listName)
    .flatMap(({ children }) => children);
  return entries.map(({ text }) => text.trim()).filter((text) => text !== '');
}

function claimsOf(element: XmlElement): string[] {
  const claims = element.children
    .filter(({ name }) => name === 'required-claims')
    .flatMap(({ children }) => children);
  return claims.map(({ attributes }) => attributes.get('name')?.value ?? '');
}

function placeOf({ position: { file, line } }: XmlElement): string {
  return `apim-policies/${file}:${line}`;
}
