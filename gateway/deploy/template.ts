import { writeFileSync } from 'node:fs';
import { describeNamedValues } from '../generate/named-values.ts';
import { readRegistry } from '../registry.ts';

/** The values of a deployment to fill in: every name that is wanted, each with its example. */
export function valuesTemplate(): string {
  const registry = readRegistry();
  const namedValues = Object.entries(describeNamedValues(registry)).flatMap(
    ([name, { addressOf, secret, example }]) => {
      const value = secret
        ? { keyVaultSecret: 'https://VAULT.vault.azure.net/secrets/gateway-key' }
        : example;
      return addressOf === undefined ? [[name, value] as const] : [];
    },
  );
  const backends = [...new Set(registry.tenants.map(({ backend }) => backend))];
  return `${JSON.stringify(
    {
      namedValues: Object.fromEntries(namedValues),
      backends: Object.fromEntries(backends.map((id) => [id, `https://APP-OF-${id}.azurewebsites.net`])),
    },
    null,
    2,
  )}\n`;
}

/**
 * Writes a new file.
 * @throws Error when there is one of that name already
 */
export function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EEXIST'
      ? new Error(`${file} is there already; name another file, or remove it.`)
      : error;
  }
}
