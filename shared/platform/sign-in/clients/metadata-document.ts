import * as z from 'zod';
import { LeastRecentlyUsed } from '../../caching/lru.ts';
import { perMinute } from '../../caching/per-minute.ts';
import { parsedOrUndefined } from '../../json/parse.ts';
import { OAuthProblem } from '../http/oauth-problem.ts';
import type { SignInClient } from './client.ts';
import { clientName } from './client-name.ts';
import { guardedFetch, NotFetched, type Reach } from './guarded-fetch.ts';

/** Clients whose id is the address of a document about them (OAuth Client ID Metadata Document). */
export interface DocumentedClients {
  /**
   * @param id an address; what it must be like is checked here
   * @throws OAuthProblem `invalid_client` when there is no such document, or it is about another client
   */
  find(id: string): Promise<SignInClient>;
}

/** Whether a client id claims to be the address of a document. */
export const isDocumentId = (id: string): boolean => id.startsWith('https://');

/** Characters of the longest id: an authorization request has to get through a gateway that takes 2 KB. */
const longestId = 400;
const limits = { milliseconds: 5_000, bytes: 16_384 };
/** Documents that are kept, and failures. */
const mostKept = 500;
/** Seconds: documents are kept as long as their headers say, but no shorter and no longer than this; failures for a moment. */
const keep = { least: 60, most: 86_400, otherwise: 3_600, failure: 30 };
/** Documents that are read at the same time, whoever asks. */
const mostAtOnce = 8;
/** Documents that an instance reads in a minute: who wants many of them wants something else than to sign in. */
const mostInAMinute = 120;

const documentSchema = z.looseObject({
  client_id: z.string(),
  client_name: z.unknown().optional(),
  redirect_uris: z.array(z.string().max(400)).min(1).max(20),
  token_endpoint_auth_method: z.string().optional(),
});

interface Kept {
  readonly client: Promise<SignInClient>;
  /** Milliseconds since the epoch; until then the reading goes on or counts. */
  until: number;
}

export function documentedClients({
  now,
  reach,
}: {
  now: () => Date;
  reach?: Reach | undefined;
}): DocumentedClients {
  const kept = new LeastRecentlyUsed<string, Kept>(mostKept);
  let reading = 0;
  const inThisMinute = perMinute(now);

  function claimReading(): void {
    if (reading >= mostAtOnce || inThisMinute() > mostInAMinute) {
      throw new OAuthProblem(
        'temporarily_unavailable',
        'Too many clients are new at once; try again in a minute.',
        503,
      );
    }
  }

  async function read(id: string, entry: { until: number }): Promise<SignInClient> {
    reading += 1;
    try {
      const { text, maxAge } = await guardedFetch(id, limits, reach);
      const client = clientOf(id, text);
      const seconds = Math.min(Math.max(maxAge ?? keep.otherwise, keep.least), keep.most);
      entry.until = now().getTime() + seconds * 1_000;
      return client;
    } catch (error) {
      entry.until = now().getTime() + keep.failure * 1_000;
      throw error instanceof NotFetched
        ? refused(`its document cannot be used, because ${error.message}`)
        : error;
    } finally {
      reading -= 1;
    }
  }

  return {
    async find(id) {
      checkId(id);
      const known = kept.get(id);
      if (known !== undefined && now().getTime() < known.until) {
        return await known.client;
      }
      claimReading();
      const entry = { until: Number.POSITIVE_INFINITY };
      const made = Object.assign(entry, { client: read(id, entry) });
      made.client.catch(() => {}); // whoever waits for it is told
      kept.set(id, made);
      return await made.client;
    },
  };
}

/** What the address of such a document is like (draft-ietf-oauth-client-id-metadata-document, section 3). */
function checkId(id: string): void {
  const url = URL.canParse(id) ? new URL(id) : undefined;
  const plain =
    url !== undefined && url.href === id && url.username === '' && url.password === '' && url.port === '';
  if (
    !plain ||
    url.pathname === '/' ||
    id.includes('#') ||
    /\/\.{1,2}(\/|$)|%2e/i.test(id) ||
    id.length > longestId
  ) {
    throw refused('it is no plain https address of a document, with a path and at most 400 characters');
  }
}

function clientOf(id: string, text: string): SignInClient {
  const document = documentSchema.safeParse(parsedOrUndefined(text)).data;
  if (document === undefined) {
    throw refused('its document lacks client_id or redirect_uris');
  }
  if (document.client_id !== id) {
    throw refused('its document is about another client');
  }
  if ((document.token_endpoint_auth_method ?? 'none') !== 'none') {
    throw refused(
      'its document asks for a way to prove itself that this service does not have; it must be "none"',
    );
  }
  const name = clientName(document.client_name);
  return {
    id,
    name: name === '' ? new URL(id).hostname : name,
    redirects: document.redirect_uris,
    known: 'document',
  };
}

function refused(why: string): OAuthProblem {
  return new OAuthProblem('invalid_client', `The client_id cannot be used: ${why}.`, 400);
}
