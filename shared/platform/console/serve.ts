import { brotliDecompressSync } from 'node:zlib';
import type { Card } from '../mcp/definitions/card.ts';
import { consolePath } from '../sign-in/console-path.ts';
import { html } from '../sign-in/http/pages.ts';
import { placeOf, type TenantSite } from '../sign-in/tenant-site.ts';
import { type ConsoleFile, cardFrame, consoleFiles, consolePaths } from './files.ts';
import { frameHeaders, frameScript, pageHeaders } from './policies.ts';

export interface ConsoleOptions {
  readonly sites: readonly TenantSite[];
  /** Whose scripts may run in the frame. */
  readonly cards: readonly Card[];
  /** Origin of the frame; nobody's when left out. */
  readonly frameOrigin?: string | undefined;
}

/** Loaded when somebody opens the console. */
const assets = () => import('./assets/index.ts');

/**
 * The console's files at each tenant's address. They are the same for everybody and hold no data: whoever wants to see some
 * signs in.
 * @returns undefined where there is nothing of the console
 */
export function consolePages({
  sites,
  cards,
  frameOrigin,
}: ConsoleOptions): (request: Request) => Promise<Response | undefined> {
  const origins = [...new Set(sites.map(({ base }) => new URL(base).origin))];
  let frame: ReturnType<typeof frameHeaders> | undefined;
  return async (request) => {
    const url = new URL(request.url);
    const place = placeOf(url.pathname, sites);
    if (place === undefined || request.method !== 'GET' || !consolePaths.includes(place.path)) {
      return undefined;
    }
    const name = place.path.slice(`${consolePath}/`.length);
    if (name === '') {
      return await page(place.site, frameOrigin);
    }
    if (name === cardFrame) {
      frame ??= frameHeaders(cards, frameOrigin === undefined ? undefined : origins);
      return new Response(framePage, { headers: { ...(await frame), 'Cache-Control': 'no-cache' } });
    }
    return await file(name as ConsoleFile, url.searchParams.get('v'), request);
  };
}

const framePage = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Card</title></head><body><script>${frameScript}</script></body></html>`;

async function page({ base, displayName }: TenantSite, frameOrigin?: string): Promise<Response> {
  const { version } = await assets();
  const path = new URL(base).pathname.replace(/\/$/, '');
  const frame = `${frameOrigin ?? ''}${path}${consolePath}/${cardFrame}`;
  const at = (name: ConsoleFile) => `${path}${consolePath}/${name}?v=${version}`;
  const { text } = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="initial-scale=1">
<title>${displayName}: console</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="${at('app.css')}"><script type="module" src="${at('app.js')}"></script></head>
<body data-path="${path}" data-name="${displayName}" data-frame="${frame}"><noscript>The console is a program in this page; it needs scripts.</noscript></body></html>
`;
  return new Response(text, { headers: pageHeaders(frameOrigin) });
}

/** One of today's may be kept for good: with another content its address has another version. */
async function file(
  name: ConsoleFile,
  asked: string | null,
  request: Request,
): Promise<Response | undefined> {
  const { files, version } = await assets();
  const compressed = files[name];
  if (compressed === undefined) {
    return undefined;
  }
  const bytes = Buffer.from(compressed, 'base64');
  const takesBrotli = /\bbr\b/.test(request.headers.get('accept-encoding') ?? '');
  return new Response(takesBrotli ? bytes : brotliDecompressSync(bytes), {
    headers: {
      'Content-Type': consoleFiles[name],
      ...(takesBrotli && { 'Content-Encoding': 'br' }),
      Vary: 'Accept-Encoding',
      'Cache-Control': asked === version ? 'public, max-age=31536000, immutable' : 'no-cache',
      'Cross-Origin-Resource-Policy': 'same-origin',
    },
  });
}
