import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { requestUrl } from '../http/target.ts';
import type { DirectoryTenant } from './directory.ts';
import type { Issuer } from './issuer.ts';
import { organisationsPage, pageHeaders } from './pages.ts';
import { paths } from './tenant-provider.ts';

const base = '/organizations';
const mostBytes = 56 * 1024;

/**
 * The two endpoints that Entra has under the name `organizations`, for applications of several directories: a person says
 * to which one they belong by their name (`login_hint`) or on a page, and codes of all of them are redeemed.
 * @returns whether the path is one of them
 */
export async function serveOrganizations(
  request: IncomingMessage,
  response: ServerResponse,
  issuers: readonly Issuer[],
): Promise<boolean> {
  const url = requestUrl(request);
  if (url?.pathname === `${base}${paths.authorization}` && request.method === 'GET') {
    authorize(url, response, issuers);
    return true;
  }
  if (url?.pathname === `${base}${paths.token}` && request.method === 'POST') {
    await redeem(request, response, issuers);
    return true;
  }
  return false;
}

function authorize(url: URL, response: ServerResponse, issuers: readonly Issuer[]): void {
  const [, slug] = url.searchParams.get('login_hint')?.split('@') ?? [];
  const addressAt = ({ tid }: DirectoryTenant) => `/${tid}${paths.authorization}${url.search}`;
  const tenants = issuers.map(({ tenant }) => tenant);
  const own = tenants.find((tenant) => tenant.slug === slug);
  if (own !== undefined) {
    response.writeHead(302, { location: addressAt(own), 'cache-control': 'no-store' }).end();
    return;
  }
  response
    .writeHead(200, pageHeaders)
    .end(organisationsPage(tenants.map((tenant) => ({ tenant, address: addressAt(tenant) }))));
}

/** By the directory that gave what is redeemed; what nobody gave, the library refuses as it refuses any such code. */
async function redeem(
  request: IncomingMessage,
  response: ServerResponse,
  issuers: readonly Issuer[],
): Promise<void> {
  const form = new URLSearchParams(await ahead(request));
  if (form.get('grant_type') === 'client_credentials') {
    // AADSTS50059: an application without a user has to say whose it is
    response.writeHead(400, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(
      JSON.stringify({
        error: 'invalid_request',
        error_description: 'No tenant-identifying information was found in the request: name the directory.',
      }),
    );
    return;
  }
  const gave = await Promise.all(issuers.map((issuer) => issuer.gave(form)));
  const issuer = issuers[gave.indexOf(true)] ?? issuers[0];
  await issuer?.serveLibrary(request, response, paths.token);
}

/** The body, which stays to be read. */
async function ahead(request: IncomingMessage): Promise<string> {
  const length = Math.min(Number(request.headers['content-length'] ?? 0), mostBytes);
  const chunks: Buffer[] = [];
  for (let read = 0; read < length; ) {
    const chunk: Buffer | null = request.read();
    if (chunk === null) {
      await once(request, 'readable');
    } else {
      chunks.push(chunk);
      read += chunk.length;
    }
  }
  const body = Buffer.concat(chunks);
  if (body.length > 0) {
    request.unshift(body);
  }
  return body.toString('utf8');
}
