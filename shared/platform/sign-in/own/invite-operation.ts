import type { TenantId } from '../../identity/tenant.ts';
import type { PeopleStore, StoredPerson } from '../../storage/people-store.ts';
import { formOf, type Parameters, queryOf, requiredOf } from '../http/form.ts';
import { OAuthProblem } from '../http/oauth-problem.ts';
import { html, pageResponse } from '../http/pages.ts';
import type { Operation } from '../provider.ts';
import { challengeOf, isSame } from '../proxy/transaction.ts';
import { addressOf, issuerOf } from '../tenant-site.ts';
import { joinPath, tokenDigest } from './invitation.ts';
import { passkeyPage } from './passkey-page.ts';
import { registrationOptions, relyingParty, verifyRegistration } from './passkeys.ts';

export interface InviteOptions {
  readonly peopleOf: (tenant: TenantId) => PeopleStore;
  readonly now: () => Date;
}

const longest = { id: 64, token: 100, code: 16_384 };

/** Where an invitation leads, and what takes the passkey that the person makes there, once. */
export function invitationOperations({ peopleOf, now }: InviteOptions): Record<'invite' | 'join', Operation> {
  async function invited(parameters: Parameters, people: PeopleStore): Promise<StoredPerson> {
    const person = await people.get(requiredOf(parameters, 'person', longest.id));
    const token = requiredOf(parameters, 'token', longest.token);
    const { digest = '', expires = new Date(0) } = person?.invitation ?? {};
    if (person === undefined || !isSame(tokenDigest(token), digest) || expires <= now()) {
      throw usedUp();
    }
    return person;
  }
  const invite: Operation = {
    audience: 'browser',
    async GET({ request, site }) {
      const query = queryOf(request);
      const person = await invited(query, peopleOf(site.slug));
      const token = requiredOf(query, 'token', longest.token);
      const party = relyingParty(issuerOf(site, request), site.displayName);
      return passkeyPage({
        title: 'Make a passkey',
        explanation: html`<p><bdi>${person.name}</bdi>, you are invited to <strong><bdi>${site.displayName}</bdi></strong>. A passkey is how you sign in from now on; there is no password.</p>`,
        button: 'Make a passkey',
        kind: 'create',
        options: await registrationOptions(party, person, challengeFor(token)),
        action: addressOf(site, joinPath, request),
        fields: { person: person.id, token },
      });
    },
  };
  const join: Operation = {
    audience: 'browser',
    async POST({ request, site }) {
      const form = await formOf(request);
      const people = peopleOf(site.slug);
      const person = await invited(form, people);
      const challenge = challengeFor(requiredOf(form, 'token', longest.token));
      const party = relyingParty(issuerOf(site, request), site.displayName);
      const passkey = await verifyRegistration(requiredOf(form, 'code', longest.code), party, challenge);
      if (!(await people.register(person, passkey))) {
        throw usedUp();
      }
      return pageResponse({
        title: 'You can sign in now',
        body: html`<p>Your passkey is registered. Go to your program, and connect it to this service.</p>`,
      });
    },
  };
  return { invite, join };
}

/** Nobody but who was invited can know it, and the invitation works once. */
const challengeFor = (token: string) => challengeOf(`passkey of ${token}`);

function usedUp(): OAuthProblem {
  return new OAuthProblem(
    'access_denied',
    'This invitation was used, or has expired; ask whoever sent it for a new one.',
    403,
  );
}
