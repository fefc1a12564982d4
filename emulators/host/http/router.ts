import type { RouteTemplate } from './template.ts';

export type AuthLevel = 'anonymous' | 'function' | 'admin';

/** An HTTP-triggered function, as it is registered. */
export interface HttpRoute {
  readonly functionName: string;
  readonly bindingName: string;
  /** Upper case. Empty: every method. */
  readonly methods: readonly string[];
  /** The template with the route prefix, as the app's developer reads it. */
  readonly template: string;
  readonly pattern: RouteTemplate;
  readonly authLevel: AuthLevel;
}

export interface RouteMatch {
  readonly route: HttpRoute;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the function for a request. The method is a route constraint: a wrong one is no match, so the answer is 404, never 405. */
export interface Router {
  /** @param path still percent-encoded */
  match(method: string, path: string): RouteMatch | undefined;
}

/** The first registered route that matches wins. */
export function createRouter(routes: readonly HttpRoute[]): Router {
  return {
    match(method, path) {
      const decoded = decodePath(path);
      for (const route of routes) {
        if (!acceptsMethod(route, method)) {
          continue;
        }
        const params = route.pattern.match(decoded);
        if (params) {
          return { route, params };
        }
      }
      return undefined;
    },
  };
}

function acceptsMethod(route: HttpRoute, method: string): boolean {
  return route.methods.length === 0 || route.methods.includes(method);
}

/** Kestrel decodes a path before routing, but leaves an encoded slash as it is. */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path.replace(/%2f/gi, '%252F'));
  } catch {
    return path;
  }
}
