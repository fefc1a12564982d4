import { consolePath } from '../sign-in/console-path.ts';
import { placeOf, type TenantSite } from '../sign-in/tenant-site.ts';
import { cardFrame } from './files.ts';

export interface FrameHostOptions {
  /** Origin that is set aside for the frames of cards; undefined where there is none. */
  readonly frameOrigin: string | undefined;
  readonly publicBaseUrl: string;
  readonly sites: readonly TenantSite[];
}

/**
 * What there is under which name, where the frames of cards have an origin of their own: at its host name their page and
 * nothing else, and that page not at the service's own address, where it would have the origin of the console. A gateway
 * that asks under a name of the service's host alone keeps the two apart by itself.
 * @returns whether there may be something at the address of a request
 */
export function servedUnderName({
  frameOrigin,
  publicBaseUrl,
  sites,
}: FrameHostOptions): (request: Request) => boolean {
  if (frameOrigin === undefined) {
    return () => true;
  }
  const { hostname: frameHost } = new URL(frameOrigin);
  const { host: ownHost } = new URL(publicBaseUrl);
  return (request) => {
    const names = ['host', 'x-forwarded-host'].flatMap(
      (header) => request.headers.get(header)?.toLowerCase() ?? [],
    );
    const isFrame =
      request.method === 'GET' &&
      placeOf(new URL(request.url).pathname, sites)?.path === `${consolePath}/${cardFrame}`;
    if (names.some((name) => name.replace(/:\d+$/, '') === frameHost)) {
      return isFrame;
    }
    return !isFrame || !names.includes(ownHost);
  };
}
