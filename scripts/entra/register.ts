import { az, azRest } from '../azure/run.ts';
import { type Application, apiChanges, scopeOf, signInChanges, type WantedApi } from './registration.ts';

const graph = 'https://graph.microsoft.com/v1.0';

/** What the registrations are made from. */
export interface Wanted extends Omit<WantedApi, 'signInClientId'> {
  /** Begins the names of the registrations; by these they are found again. */
  readonly name: string;
  /** Where people come back to after they signed in; undefined when nobody signs in at the service. */
  readonly redirects: readonly string[] | undefined;
}

export interface Registered {
  readonly api: Application;
  readonly signIn: Application | undefined;
}

/**
 * Makes the registrations, or changes them to what they have to be; nothing is taken away that customers may use.
 * @throws Error when there are two of a name
 */
export async function register(wanted: Wanted): Promise<Registered> {
  const api = await ensure(`${wanted.name} API`);
  const signIn = wanted.redirects === undefined ? undefined : await ensure(`${wanted.name} sign-in`);
  const [first, second] = apiChanges(api, { ...wanted, signInClientId: signIn?.appId });
  await azRest('patch', `${graph}/applications/${api.id}`, first);
  const changed = (await read(api.appId)) ?? api;
  await azRest('patch', `${graph}/applications/${api.id}`, second);
  if (signIn !== undefined) {
    const scope = { appId: api.appId, scopeId: scopeOf(changed, wanted.scopeName).id };
    await azRest(
      'patch',
      `${graph}/applications/${signIn.id}`,
      signInChanges(signIn, scope, wanted.redirects ?? []),
    );
  }
  return { api, signIn };
}

/** A secret of the service’s own registration, which is shown this once. */
export async function addSecret(
  application: Application,
  ends: Date,
): Promise<{ keyId: string; secretText: string }> {
  const passwordCredential = { displayName: 'The service', endDateTime: ends.toISOString() };
  const added = await azRest<{ keyId: string; secretText: string }>(
    'post',
    `${graph}/applications/${application.id}/addPassword`,
    { passwordCredential },
  );
  if (added === undefined) {
    throw new Error('Entra ID gave no secret for the registration of the service.');
  }
  return added;
}

async function ensure(displayName: string): Promise<Application> {
  const found =
    (await az<readonly Application[]>([
      'ad',
      'app',
      'list',
      '--filter',
      `displayName eq '${displayName}'`,
    ])) ?? [];
  if (found.length > 1) {
    throw new Error(`More than one registration is called "${displayName}"; rename all but one.`);
  }
  const [one] = found;
  const made =
    one ??
    (await az<Application>([
      'ad',
      'app',
      'create',
      '--display-name',
      displayName,
      '--sign-in-audience',
      'AzureADMultipleOrgs',
    ]));
  if (made === undefined) {
    throw new Error(`"az" made no registration "${displayName}".`);
  }
  if (one === undefined) {
    await az(['ad', 'sp', 'create', '--id', made.appId]);
  }
  return made;
}

function read(appId: string): Promise<Application | undefined> {
  return az<Application>(['ad', 'app', 'show', '--id', appId]);
}
