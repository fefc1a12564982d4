import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { type Place, WebBrowser } from '../../../emulators/lib/web-browser.ts';
import { routes, type TenantName, type World } from './world.ts';

export const ownRedirect = 'http://127.0.0.1:7998/callback';

export interface Outcome {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Sends one request below a tenant's address. */
export async function send(
  { origin }: Pick<World, 'origin'>,
  path: string,
  init: RequestInit = {},
): Promise<Outcome> {
  const response = await fetch(`${origin}${path}`, { redirect: 'manual', ...init });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

export type Form = Readonly<Record<string, string | undefined>>;

const formOf = (form: Form) =>
  new URLSearchParams(Object.entries(form).filter((pair): pair is [string, string] => pair[1] !== undefined));

export function post(
  world: Pick<World, 'origin'>,
  operation: string,
  form: Form,
  { tenant = 'contoso', headers = {} }: { tenant?: TenantName; headers?: Record<string, string> } = {},
): Promise<Outcome> {
  const init = { method: 'POST', body: formOf(form), headers };
  return send(world, `/${routes[tenant]}/oauth/${operation}`, init);
}

export interface ClientDescription {
  readonly name?: string;
  readonly redirects?: readonly string[];
  readonly tenant?: TenantName;
}

export function askToRegister(
  world: Pick<World, 'origin'>,
  { name = 'A program', redirects = [ownRedirect], tenant = 'contoso' }: ClientDescription = {},
): Promise<Outcome> {
  return send(world, `/${routes[tenant]}/oauth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_name: name, redirect_uris: redirects }),
  });
}

/** A client id of this service's own making. */
export async function register(
  world: Pick<World, 'origin'>,
  client: ClientDescription = {},
): Promise<string> {
  const { status, text } = await askToRegister(world, client);
  assert.equal(status, 201, text);
  return (JSON.parse(text) as { client_id: string }).client_id;
}

export const randomText = (): string => randomBytes(32).toString('base64url');
export const challengeOf = (verifier: string): string =>
  createHash('sha256').update(verifier).digest('base64url');

export interface Asked {
  readonly tenant?: TenantName;
  readonly client: string;
  readonly verifier?: string;
  /** Laid over the parameters; undefined takes one out. */
  readonly parameters?: Form;
}

/** Address that a client sends its person's browser to. */
export function authorizeAddress(
  { origin }: Pick<World, 'origin'>,
  { tenant = 'contoso', client, verifier = randomText(), parameters = {} }: Asked,
): string {
  const query = formOf({
    response_type: 'code',
    client_id: client,
    redirect_uri: ownRedirect,
    state: 'state of the client',
    code_challenge: challengeOf(verifier),
    code_challenge_method: 'S256',
    resource: `${origin}/${routes[tenant]}/mcp`,
    // whom the identity provider signs in without asking
    login_hint: `quinn@${tenant}`,
    ...parameters,
  });
  return `${origin}/${routes[tenant]}/oauth/authorize?${query}`;
}

/** What becomes of a request to authorize that must not even get as far as a question. */
export function authorize(world: Pick<World, 'origin'>, asked: Asked): Promise<Outcome> {
  return send(world, authorizeAddress(world, asked).slice(world.origin.length));
}

/** A browser that stops where a client waits. @param stop places where it stops besides */
export function newBrowser(
  { origin, provider }: Pick<World, 'origin' | 'provider'>,
  stop: (url: URL) => boolean = () => false,
): WebBrowser {
  return new WebBrowser((url) => ![origin, provider.origin].includes(url.origin) || stop(url));
}

export const allow = { decision: 'allow' } as const;

export interface SignedIn {
  readonly tenant: TenantName;
  readonly client: string;
  readonly verifier: string;
  readonly redirect: string;
  /** Parameters that the client got. */
  readonly answer: URLSearchParams;
  readonly code: string;
}

/** A sign-in as it should be, to the code that the client gets. */
export async function signIn(
  world: Pick<World, 'origin' | 'provider'>,
  { tenant = 'contoso', client, verifier = randomText(), parameters = {} }: Partial<Asked> = {},
  browser = newBrowser(world),
  fields: Readonly<Record<string, string>> = allow,
): Promise<SignedIn> {
  const redirect = parameters.redirect_uri ?? ownRedirect;
  const id = client ?? (await register(world, { tenant, redirects: [redirect] }));
  const first = await browser.open(authorizeAddress(world, { tenant, client: id, verifier, parameters }));
  const last = first.page === undefined ? first : await browser.submit(first, fields);
  assert.equal(last.page, undefined, last.page);
  const answer = last.url.searchParams;
  return { tenant, client: id, verifier, redirect, answer, code: answer.get('code') ?? '' };
}

/** What a client asks the token endpoint to get its tokens. */
export const redemptionOf = ({ client, verifier, redirect, code }: SignedIn): Form => ({
  grant_type: 'authorization_code',
  client_id: client,
  code,
  code_verifier: verifier,
  redirect_uri: redirect,
});

export function redeem(
  world: Pick<World, 'origin'>,
  signedIn: SignedIn,
  changes: Form = {},
  tenant = signedIn.tenant,
): Promise<Outcome> {
  return post(world, 'token', { ...redemptionOf(signedIn), ...changes }, { tenant });
}

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly scope: string;
}

export function tokensOf({ status, text }: Outcome): Tokens {
  assert.equal(status, 200, text);
  return JSON.parse(text) as Tokens;
}

export function refresh(
  world: Pick<World, 'origin'>,
  { client, tenant }: Pick<SignedIn, 'client' | 'tenant'>,
  { refresh_token }: Pick<Tokens, 'refresh_token'>,
  changes: Form = {},
): Promise<Outcome> {
  const form = { grant_type: 'refresh_token', client_id: client, refresh_token, ...changes };
  return post(world, 'token', form, { tenant });
}

/** Asks the service for its tools. */
export function listTools(world: Pick<World, 'origin'>, token: string, path: string): Promise<Outcome> {
  return send(world, path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2025-11-25',
      authorization: `Bearer ${token}`,
    },
    body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
  });
}

/** A page says so, and the browser is sent nowhere. */
export function assertPage(outcome: Outcome | Place, status: number, words: RegExp): void {
  const text = 'text' in outcome ? outcome.text : (outcome.page ?? '');
  assert.equal(outcome.status, status, text);
  assert.equal(outcome.headers.get('location'), null);
  assert.match(text, words);
  assert.match(text, /If you ask for help, name this id: <code>[\w-]+<\/code>/);
}

/** The client is told so, as OAuth says it. */
export function assertProblem(
  { status, text, headers }: Outcome,
  wanted: number,
  error: string,
  words: RegExp,
): void {
  assert.equal(status, wanted, text);
  assert.equal(headers.get('cache-control'), 'no-store');
  const problem = JSON.parse(text) as { error: string; error_description: string };
  assert.equal(problem.error, error);
  assert.match(problem.error_description, words);
}

/** The browser is sent back to the client, which is told so. */
export function assertToldToClient(
  { status, headers, text }: Outcome,
  world: Pick<World, 'origin'>,
  error: string,
  words: RegExp,
  tenant: TenantName = 'contoso',
): void {
  assert.equal(status, 303, text);
  const url = new URL(headers.get('location') ?? '');
  assert.equal(`${url.origin}${url.pathname}`, ownRedirect);
  assert.equal(url.searchParams.get('error'), error);
  assert.match(url.searchParams.get('error_description') ?? '', words);
  assert.equal(url.searchParams.get('iss'), `${world.origin}/${routes[tenant]}`);
  assert.equal(url.searchParams.get('code'), null);
}

/** Value of a hidden field of a page's form. */
export function fieldOf({ page = '' }: Pick<Place, 'page'>, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
}

/** The cookies that a browser has of the service, as it sends them. */
export function cookieHeader(browser: WebBrowser, host = '127.0.0.1'): string {
  return [...browser.cookiesOf(host)].map(([name, { value }]) => `${name}=${value}`).join('; ');
}

/** A person has agreed, and is at the identity provider now: what its page would send, and from which browser. */
export async function underWay(world: Pick<World, 'origin' | 'provider'>) {
  const browser = newBrowser(world, ({ origin }) => origin === world.provider.origin);
  const place = await browser.open(authorizeAddress(world, { client: await register(world) }));
  await browser.submit(place, allow);
  const form = { state: fieldOf(place, 'handle'), code: 'a code of the identity provider' };
  return { form, headers: { cookie: cookieHeader(browser) } };
}
