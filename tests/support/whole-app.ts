import type { App } from '../../shared/app.ts';

/**
 * A `fetch` that reaches the app as a client reaches the service: every address of it, without a host between them.
 * @param apps instances; each request goes to another one than the request before
 */
export function fetchFrom(origin: string, apps: readonly Pick<App, Served>[]): typeof fetch {
  let requests = 0;
  return async (input, init) => {
    const request = new Request(input, init);
    if (new URL(request.url).origin !== origin) {
      return fetch(request);
    }
    request.headers.set('host', new URL(origin).host);
    const app = apps[requests++ % apps.length];
    if (app === undefined) {
      throw new Error('There is no instance.');
    }
    return await answerOf(app, request);
  };
}

export type Served = 'mcp' | 'agentic' | 'ofTenant' | 'metadata' | 'signIn';

/** As the routes of the triggers lead. */
export async function answerOf(app: Pick<App, Served>, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname.includes('/oauth/')) {
    return app.signIn.operation(request);
  }
  if (pathname.startsWith('/.well-known/oauth-protected-resource')) {
    return app.metadata(request);
  }
  if (pathname.includes('/.well-known/')) {
    return app.signIn.serverMetadata(request);
  }
  const endpoints = /^\/(?:agentic\/)?mcp$/.test(pathname) ? app : app.ofTenant;
  return pathname.endsWith('/agentic/mcp') ? endpoints.agentic(request) : endpoints.mcp(request);
}
