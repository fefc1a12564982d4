import type { IncomingMessage, ServerResponse } from 'node:http';
import { requestUrl } from '../http/target.ts';
import { serveOrganizations } from './every-directory.ts';
import type { Issuer } from './issuer.ts';
import type { MetadataForm } from './metadata.ts';
import type { Documents } from './organizations.ts';
import { routeOf } from './routes.ts';

/** What is served, and where. */
export interface Site {
  readonly origin: string;
  readonly issuers: ReadonlyMap<string, Issuer>;
  readonly documents: Documents;
  readonly metadata: MetadataForm;
}

export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { origin, issuers, documents, metadata }: Site,
): Promise<void> {
  try {
    // A page on the web whose name was rebound to this machine sends its own name here.
    if (`http://${request.headers.host}` !== origin) {
      return refuse(response, 421, `Use the address ${origin}.`);
    }
    const pathname = requestUrl(request)?.pathname;
    if (pathname === undefined) {
      return refuse(response, 400, 'The request names no path.');
    }
    const document = documents(pathname);
    if (document !== undefined) {
      return sendDocument(request, response, document);
    }
    if (await serveOrganizations(request, response, [...issuers.values()])) {
      return;
    }
    const route = routeOf(pathname, metadata);
    const issuer = route === undefined ? undefined : issuers.get(route.tid);
    if (route === undefined || issuer === undefined) {
      return refuse(response, 404, 'There is nothing here.');
    }
    if (route.kind === 'sign-in') {
      await issuer.serveSignIn(request, response);
    } else {
      await issuer.serveLibrary(request, response, route.path);
    }
  } catch (error) {
    console.error('The local identity provider failed:', error);
    if (!response.headersSent) {
      refuse(response, 500, 'The local identity provider failed; its output says why.');
    }
  }
}

/** Any page may read what is public anyway. */
const anyPage = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, OPTIONS',
  'access-control-allow-headers': '*',
};

function sendDocument({ method }: IncomingMessage, response: ServerResponse, document: object): void {
  if (method === 'OPTIONS') {
    response.writeHead(204, anyPage).end();
  } else {
    response.writeHead(200, { 'content-type': 'application/json', ...anyPage }).end(JSON.stringify(document));
  }
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${sentence}\n`);
}
