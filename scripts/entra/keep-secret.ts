import { millisecondsPerDay } from '#platform/dates';
import { azRest } from '../azure/run.ts';
import { addSecret } from './register.ts';
import type { Application } from './registration.ts';

const apiVersion = '2024-11-01';
/** A secret that ends sooner than this is followed by a new one. */
const enoughDays = 60;
const lifeDays = 365;

interface Secret {
  readonly tags?: { readonly credential?: string };
}

/** A key vault of a deployment. */
export interface Vault {
  readonly subscription: string;
  readonly group: string;
  readonly name: string;
}

/**
 * Sees to it that the vault has a secret of the service’s own registration that still holds for a while. The tag of the
 * vault’s secret says which one it is. The former one stays valid until it ends: apps take over a new one within a day.
 * Goes through the resource manager, so that a vault in a private network can be filled from outside.
 * @returns whether there is a new one
 */
export async function keepSecret(application: Application, vault: Vault, now: Date): Promise<boolean> {
  const url = secretUrl(vault);
  const stored = await azRest<Secret>('get', url);
  const credential = application.passwordCredentials.find(({ keyId }) => keyId === stored?.tags?.credential);
  const left = credential === undefined ? 0 : Date.parse(credential.endDateTime) - now.getTime();
  if (left > enoughDays * millisecondsPerDay) {
    return false;
  }
  const { keyId, secretText } = await addSecret(
    application,
    new Date(now.getTime() + lifeDays * millisecondsPerDay),
  );
  await azRest('put', url, { tags: { credential: keyId }, properties: { value: secretText } });
  return true;
}

function secretUrl({ subscription, group, name }: Vault): string {
  const vault = `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.KeyVault/vaults/${name}`;
  return `https://management.azure.com${vault}/secrets/sign-in?api-version=${apiVersion}`;
}
