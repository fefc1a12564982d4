import type { IncomingMessage, ServerResponse } from 'node:http';
import { HostStartError } from '../../lib/errors.ts';

/** Answers preflight requests and marks the others, as Core Tools do for `Host.CORS`. */
export interface Cors {
  /** Sets the headers of the answer. True when the request was a preflight and is answered. */
  apply(request: IncomingMessage, response: ServerResponse): boolean;
}

/**
 * @param origins comma-separated, or `*`
 * Any header and any method is allowed; no header is exposed. Throws a HostStartError for `*` with credentials, which browsers refuse.
 */
export function createCors(origins: string, credentials: boolean): Cors {
  const allowed = origins
    .split(',')
    .map((origin) => origin.trim().replace(/\/$/, ''))
    .filter(Boolean);
  const any = allowed.includes('*');
  if (any && credentials) {
    throw new HostStartError(
      'CORS allows every origin (*) and credentials at once, which browsers refuse: name the origins, or leave the credentials out.',
    );
  }
  return {
    apply(request, response) {
      const { origin } = request.headers;
      if (origin === undefined) {
        return false;
      }
      const permitted = any || allowed.includes(origin);
      if (permitted) {
        setAllowed(response, any ? '*' : origin, credentials);
      }
      if (!isPreflight(request)) {
        return false;
      }
      if (permitted) {
        setPreflight(request, response);
      }
      response.writeHead(204).end();
      return true;
    },
  };
}

function isPreflight(request: IncomingMessage): boolean {
  return request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
}

function setAllowed(response: ServerResponse, origin: string, credentials: boolean): void {
  response.setHeader('access-control-allow-origin', origin);
  if (origin !== '*') {
    response.setHeader('vary', 'Origin');
  }
  if (credentials) {
    response.setHeader('access-control-allow-credentials', 'true');
  }
}

function setPreflight(request: IncomingMessage, response: ServerResponse): void {
  const method = request.headers['access-control-request-method'];
  const headers = request.headers['access-control-request-headers'];
  if (method) {
    response.setHeader('access-control-allow-methods', method);
  }
  if (headers) {
    response.setHeader('access-control-allow-headers', headers);
  }
}
