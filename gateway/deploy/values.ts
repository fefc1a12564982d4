import * as z from 'zod';
import { backendUrls, type NamedValueDescription } from '../generate/named-values.ts';
import type { ApisDescription } from '../language/bundle.ts';

/** Most characters of a named value (limits of API Management). */
const longestValue = 4_096;

const valuesShape = z.strictObject({
  /** By name; a secret is the address of a Key Vault secret, which the gateway reads with its managed identity. */
  namedValues: z.record(
    z.string(),
    z.union([
      z.string().min(1).max(longestValue),
      z.strictObject({
        keyVaultSecret: z.url({ protocol: /^https$/ }),
        /** Of the gateway’s user-assigned identity; its own one reads the secret unless this is given. */
        identityClientId: z.guid().optional(),
      }),
    ]),
  ),
  /** Address of each backend's function app, by the backend's id. */
  backends: z.record(z.string(), z.url({ protocol: /^https$/ })),
});

/** What differs from one deployment of the policies to another. */
export type GatewayValues = z.output<typeof valuesShape>;

/** What the policies ask of a deployment. */
export interface Wanted {
  readonly namedValues: Readonly<Record<string, NamedValueDescription>>;
  readonly backends: ApisDescription['backends'];
}

/**
 * @param text JSON: `{ "namedValues": { name: text or { "keyVaultSecret": address } }, "backends": { id: address } }`
 * @throws Error naming everything that is missing, too much or not right
 */
export function readGatewayValues(text: string, wanted: Wanted): GatewayValues {
  const parsed = valuesShape.safeParse(parseJson(text));
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Error(`The gateway's values are not right: ${issues.join('; ')}.`);
  }
  const { namedValues, backends } = parsed.data;
  const problems = [
    ...differences('named value', Object.keys(namedValues), givenNames(wanted)),
    ...differences(
      'backend',
      Object.keys(backends),
      wanted.backends.map(({ id }) => id),
    ),
    ...Object.entries(namedValues)
      .filter(([name, value]) => wanted.namedValues[name]?.secret && typeof value === 'string')
      .map(([name]) => `the named value ${name} is a secret: give { "keyVaultSecret": "https://…" }`),
  ];
  if (problems.length > 0) {
    throw new Error(`The gateway's values are not right: ${problems.join('; ')}.`);
  }
  return { namedValues: { ...namedValues, ...backendUrls(backends) }, backends };
}

/** The addresses of backends are given once. */
function givenNames({ namedValues }: Wanted): string[] {
  return Object.entries(namedValues).flatMap(([name, { addressOf }]) =>
    addressOf === undefined ? [name] : [],
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("The gateway's values are not JSON.");
  }
}

function differences(what: string, given: readonly string[], wanted: readonly string[]): string[] {
  return [
    ...wanted.filter((name) => !given.includes(name)).map((name) => `the ${what} ${name} is missing`),
    ...given.filter((name) => !wanted.includes(name)).map((name) => `the ${what} ${name} is used nowhere`),
  ];
}
