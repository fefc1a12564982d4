import * as z from 'zod';
import { perMinute } from '../../caching/per-minute.ts';
import { readText } from '../../http/read-text.ts';
import { hasTransportName } from '../../http/transport-names.ts';
import { parsedOrUndefined } from '../../json/parse.ts';
import { OAuthProblem } from '../http/oauth-problem.ts';
import type { Operation } from '../provider.ts';
import { clientName } from './client-name.ts';
import { checkRedirect } from './redirects.ts';
import type { RegisteredClients } from './registered.ts';

export interface RegistrationOptions {
  readonly registered: RegisteredClients;
  /** Redirects that are allowed besides those on the person's machine. */
  readonly allowed: readonly string[];
  readonly now: () => Date;
}

const mostBytes = 16_384;
const mostRedirects = 20;
/** Registrations that one instance answers in a minute. They cost it next to nothing, and store nothing. */
const mostInAMinute = 120;

const schema = z.looseObject({
  redirect_uris: z.array(z.string()).min(1).max(mostRedirects),
  client_name: z.unknown().optional(),
});

/**
 * Dynamic client registration (RFC 7591). Of the addresses that a client asks for it gets those that are allowed; clients
 * are public, whatever they ask for.
 */
export function registerOperation({ registered, allowed, now }: RegistrationOptions): Operation {
  const inThisMinute = perMinute(now);
  return {
    audience: 'any-origin',
    async POST({ request, site }) {
      if (inThisMinute() > mostInAMinute) {
        const problem = 'Too many clients register at once; try again in a minute.';
        throw new OAuthProblem('temporarily_unavailable', problem, 429);
      }
      const asked = schema.safeParse(await jsonOf(request)).data;
      if (asked === undefined) {
        throw new OAuthProblem(
          'invalid_redirect_uri',
          `Send redirect_uris, a list of 1 to ${mostRedirects} addresses.`,
        );
      }
      const redirects = allowedOf(asked.redirect_uris, allowed);
      const name = clientName(asked.client_name);
      const id = registered.idOf(site.slug, { name, redirects });
      if (id === undefined) {
        throw new OAuthProblem(
          'invalid_client_metadata',
          'The name and the redirect_uris are too long together; register with fewer or shorter ones.',
        );
      }
      const client = {
        client_id: id,
        client_id_issued_at: Math.floor(now().getTime() / 1_000),
        ...(name !== '' && { client_name: name }),
        redirect_uris: redirects,
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
      };
      return Response.json(client, { status: 201 });
    },
  };
}

/** @throws OAuthProblem when none is allowed, with what is wrong with the first */
function allowedOf(asked: readonly string[], allowed: readonly string[]): readonly string[] {
  const problems: unknown[] = [];
  const redirects = asked.filter((redirect) => {
    try {
      checkRedirect(redirect, allowed);
      return true;
    } catch (error) {
      problems.push(error);
      return false;
    }
  });
  if (redirects.length === 0) {
    throw problems[0];
  }
  return redirects;
}

async function jsonOf(request: Request): Promise<unknown> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) {
    throw new OAuthProblem('invalid_client_metadata', 'Send application/json.', 415);
  }
  const text = await readText(request, mostBytes);
  if (text === undefined) {
    throw new OAuthProblem('invalid_client_metadata', `Send at most ${mostBytes} bytes.`, 413);
  }
  const body = parsedOrUndefined(text);
  if (hasTransportName(body)) {
    throw new OAuthProblem('invalid_client_metadata', 'A member has a name that is kept for the transport.');
  }
  return body;
}
