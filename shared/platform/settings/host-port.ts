import { type Environment, text } from './read.ts';

/**
 * Where the Functions host of this process listens on this machine, as far as the environment says so: Core Tools and
 * the local host put it into WEBSITE_HOSTNAME, and a container gives it to ASP.NET Core (`ASPNETCORE_URLS`, or
 * `ASPNETCORE_HTTP_PORTS`; documentation of ASP.NET Core, "Configure endpoints for Kestrel").
 */
export function readHostPort(env: Environment): number | undefined {
  const own = /^(?:localhost|127\.0\.0\.1):(\d+)$/.exec(text(env, 'WEBSITE_HOSTNAME') ?? '')?.[1];
  const urls = /\bhttp:\/\/[^/;\s]*:(\d+)/.exec(text(env, 'ASPNETCORE_URLS') ?? '')?.[1];
  const ports = /^\d+/.exec(text(env, 'ASPNETCORE_HTTP_PORTS') ?? '')?.[0];
  const port = Number(own ?? urls ?? ports);
  return port > 0 && port <= 65_535 ? port : undefined;
}
