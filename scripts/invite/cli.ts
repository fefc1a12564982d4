import type { TenantId } from '#platform/identity/tenant';
import { newInvitation, newPersonId } from '#platform/sign-in/own/invitation';
import { openStorage } from '#platform/storage/connect';
import { type PeopleStore, peopleStore, type StoredPerson } from '#platform/storage/people-store';
import { deployed } from '#shared/deployed';
import { runningTenants } from '../../emulators/stack/state.ts';
import { reachStorage } from '../../seed/reach-storage.ts';
import { runCommand } from '../command-line/run-command.ts';
import { tenantOption } from '../command-line/tenant-option.ts';
import { UsageError } from '../command-line/usage-error.ts';

const roles = Object.keys(deployed.permissionTable);

const usage = `Invites people, where the service has their accounts itself (SIGN_IN=own), and says what they may do.

  npm run invite -- --tenant contoso --name "Ada Stone" --role query   prints a link that works once, for a week
  npm run invite -- --tenant contoso                                   lists who was invited
  npm run invite -- --tenant contoso --person ID --role billing        gives other roles, in place of the present ones
  npm run invite -- --tenant contoso --person ID --again               prints a new link, for a further passkey
  npm run invite -- --tenant contoso --person ID --remove              removes the account and its passkeys

  --tenant SLUG    whose people
  --name NAME      how the page greets the person
  --role ROLE      ${roles.join(', ')}; may be given several times
  --address URL    public address of the tenant, such as https://mcp.example.com/contoso-mcp

Works on DATA_STORAGE, or on the running local stack. Who is removed, or has other roles, keeps an access token for ten
minutes at most.`;

const options = {
  tenant: { type: 'string' },
  name: { type: 'string' },
  role: { type: 'string', multiple: true, default: [] as string[] },
  person: { type: 'string' },
  again: { type: 'boolean', default: false },
  remove: { type: 'boolean', default: false },
  address: { type: 'string' },
} as const;

await runCommand({ usage, options }, async (values) => {
  const tenant = tenantOf(values.tenant);
  const unknown = values.role.find((role) => !roles.includes(role));
  if (unknown !== undefined) {
    throw new UsageError(`There is no role "${unknown}"; use ${roles.join(', ')}.`);
  }
  if (values.name !== undefined && values.person !== undefined) {
    throw new UsageError('Name somebody new with --name, or somebody who is there with --person.');
  }
  const place = await placeOf(tenant, values.address);
  if (values.name !== undefined) {
    await inviteNew(place, values.name, values.role);
  } else if (values.person === undefined) {
    await list(place.people);
  } else {
    await change(place, await personOf(place.people, values.person), values);
  }
});

interface Place {
  readonly people: PeopleStore;
  /** Public address of the tenant; undefined when nothing says it. */
  readonly base: string | undefined;
}

function tenantOf(slug: string | undefined): TenantId {
  if (slug === undefined) {
    throw new UsageError('Name a tenant with --tenant.');
  }
  return tenantOption(slug);
}

async function placeOf(tenant: TenantId, address: string | undefined): Promise<Place> {
  const local = (await runningTenants())?.[tenant];
  const configured = process.env.DATA_STORAGE || undefined;
  const dataStorage = configured ?? local?.dataStorage;
  if (dataStorage === undefined) {
    throw new Error('Set DATA_STORAGE, or start the local stack with npm start.');
  }
  if (configured !== undefined) {
    await reachStorage(configured, 'DATA_STORAGE');
  }
  const ofStack = configured === undefined ? local?.mcp.replace(/\/mcp$/, '') : undefined;
  const base = address ?? ofStack;
  if (base !== undefined && !/^https?:\/\/[^/]/.test(base)) {
    throw new UsageError(`--address is "${base}"; it must be an address such as https://mcp.example.com.`);
  }
  return { people: peopleStore(await openStorage({ dataStorage }), tenant), base };
}

function addressOf({ base }: Place): string {
  if (base === undefined) {
    throw new UsageError('Say with --address where the tenant’s people reach the service.');
  }
  return base;
}

async function inviteNew(place: Place, name: string, given: readonly string[]): Promise<void> {
  if (given.length === 0) {
    throw new UsageError('Say with --role what the person may do.');
  }
  const id = newPersonId();
  const { link, kept } = newInvitation(addressOf(place), id, new Date());
  await place.people.add({ id, name, roles: given, invitation: kept });
  console.error(`Send this link to ${name}; it works once, until ${kept.expires.toISOString()}.`);
  console.log(link);
}

async function list(people: PeopleStore): Promise<void> {
  for (const { id, name, roles: held, invitation } of await people.all()) {
    const open = invitation === undefined ? '' : `  invited, until ${invitation.expires.toISOString()}`;
    console.log(`${id}  ${name}  ${held.join(' ')}${open}`);
  }
}

async function personOf(people: PeopleStore, id: string): Promise<StoredPerson> {
  const person = await people.get(id);
  if (person === undefined) {
    throw new UsageError(`There is nobody with the id "${id}"; leave --person out to list all.`);
  }
  return person;
}

interface Wanted {
  readonly role: readonly string[];
  readonly again: boolean;
  readonly remove: boolean;
}

async function change(place: Place, person: StoredPerson, wanted: Wanted): Promise<void> {
  const { people } = place;
  if (wanted.remove) {
    await people.remove(person.id);
    console.log(`${person.name} is removed.`);
    return;
  }
  const held = wanted.role.length > 0 ? wanted.role : person.roles;
  const renewed = wanted.again ? newInvitation(addressOf(place), person.id, new Date()) : undefined;
  if (renewed === undefined && wanted.role.length === 0) {
    throw new UsageError('Say what to do with --role, --again or --remove.');
  }
  await people.change({ ...person, roles: held, invitation: renewed?.kept ?? person.invitation });
  console.log(renewed?.link ?? `${person.name} has ${held.join(', ')} from the next token on.`);
}
