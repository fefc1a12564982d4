import * as z from 'zod';
import { loopbackNames } from '../identity/loopback.ts';
import type { EnterpriseIssuer } from '../sign-in/enterprise/issuer.ts';
import type { SignInOptions } from '../sign-in/options.ts';
import { SettingsError } from './read.ts';
import type { Where } from './where.ts';

const address = z.url({ protocol: /^https?$/ }).max(500);

const clientShape = z
  .strictObject({
    id: z.string().min(1).max(500),
    secretSha256: z
      .string()
      .regex(
        /^[0-9a-f]{64}(?:,[0-9a-f]{64})*$/,
        'must be the SHA-256 of the secret, in hexadecimal, comma-separated of both while one is being replaced',
      )
      .optional(),
    jwksUri: address.optional(),
  })
  .refine(({ secretSha256, jwksUri }) => secretSha256 === undefined || jwksUri === undefined, {
    error: 'must have secretSha256 or jwksUri, not both',
  });

/** `enterprise` of a tenant: the identity providers that vouch for its people. */
export const enterpriseShape = z.array(
  z.strictObject({
    issuer: address,
    jwksUri: address,
    organization: z.string().min(1).max(200).optional(),
    clients: z.array(clientShape).min(1),
    roles: z.strictObject({
      claim: z.string().min(1).max(100),
      values: z.record(z.string().min(1).max(255), z.array(z.string()).min(1)),
    }),
  }),
);

interface EnterpriseTenant {
  readonly slug: string;
  readonly enterprise?: readonly EnterpriseIssuer[];
}

export interface Surroundings {
  readonly where: Where;
  /** Of the business, as it names them. */
  readonly roles: readonly string[];
  readonly signIn: SignInOptions | undefined;
}

/**
 * Checks what the shape alone does not say.
 * @throws SettingsError
 */
export function checkEnterprise(tenants: readonly EnterpriseTenant[], surroundings: Surroundings): void {
  for (const { slug, enterprise = [] } of tenants) {
    const place = `TENANTS, enterprise of ${slug}`;
    requireServer(enterprise, surroundings, place);
    for (const issuer of enterprise) {
      checkIssuer(issuer, surroundings, place);
    }
  }
  refuseShared(tenants.flatMap(({ enterprise = [] }) => enterprise));
}

/** Assertions are redeemed at an authorization server of ours. */
function requireServer(
  { length }: readonly EnterpriseIssuer[],
  { signIn }: Surroundings,
  place: string,
): void {
  if (length > 0 && (signIn?.way === 'remote' || signIn?.way === 'verifier')) {
    throw new SettingsError(
      `${place}: with SIGN_IN=${signIn.way} there is no token endpoint here that takes assertions; set SIGN_IN to proxy or own, or remove it.`,
    );
  }
}

function checkIssuer(issuer: EnterpriseIssuer, { where, roles }: Surroundings, place: string): void {
  const { clients } = issuer;
  for (const url of [issuer.issuer, issuer.jwksUri, ...clients.flatMap(({ jwksUri }) => jwksUri ?? [])]) {
    if (!isSafe(url, where)) {
      throw new SettingsError(`${place}: "${url}" must begin with https://.`);
    }
  }
  const named = Object.values(issuer.roles.values).flat();
  const unknown = named.find((role) => !roles.includes(role));
  if (unknown !== undefined) {
    throw new SettingsError(`${place}: there is no role "${unknown}"; use ${roles.join(', ')}.`);
  }
  const ids = clients.map(({ id }) => id);
  const double = ids.find((id, index) => ids.indexOf(id) !== index);
  if (double !== undefined) {
    throw new SettingsError(`${place}: the client "${double}" is listed twice; each may appear once.`);
  }
}

function isSafe(url: string, { development, azure }: Where): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (loopbackNames.includes(hostname) && development && !azure);
}

/** An issuer whose word counted for two tenants would let the people of one see the data of the other. */
function refuseShared(issuers: readonly EnterpriseIssuer[]): void {
  const double = issuers.find(({ issuer, organization }, index) =>
    issuers.some(
      (other, at) =>
        at !== index &&
        other.issuer === issuer &&
        (organization === undefined || other.organization === organization),
    ),
  );
  if (double !== undefined) {
    throw new SettingsError(
      `TENANTS, enterprise: the issuer "${double.issuer}" is named twice; tell its organisations apart with organization, each named once.`,
    );
  }
}
