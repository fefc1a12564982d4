import { createHash } from 'node:crypto';
import type { Card } from '../mcp/definitions/card.ts';

/** Nobody learns from where somebody came, and no other page gets hold of the window. */
const closed = {
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/**
 * Of the console's page: everything from this service, no script in the page, in nobody's frame.
 * @param frameOrigin where the frames of cards come from; from this service when left out
 */
export function pageHeaders(frameOrigin = "'self'"): Readonly<Record<string, string>> {
  return {
    ...closed,
    'Content-Type': 'text/html; charset=utf-8',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'X-Frame-Options': 'DENY',
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      `frame-src ${frameOrigin}`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join('; '),
  };
}

/** What receives a card and becomes it; only whoever framed this page can hand one over, and only once. */
export const frameScript = `addEventListener('message',function take(event){if(event.source!==parent||typeof event.data?.card!=='string')return;removeEventListener('message',take);document.open();document.write(event.data.card);document.close()});parent.postMessage({frame:'ready'},'*')`;

/**
 * Of the page that a card is shown in. It has an origin of its own, which is nobody's unless one is set aside for it,
 * reaches no address, and runs the scripts and styles of the cards at hand alone, by their hashes: what else gets into a
 * card stays text.
 * @param consoles origins of the consoles that frame it, where it has an origin that is not theirs
 */
export async function frameHeaders(
  cards: readonly Card[],
  consoles?: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const pages = await Promise.all(cards.map(({ page }) => page()));
  const scripts = [frameScript, ...pages.flatMap((page) => partsOf(page, 'script'))];
  const styles = pages.flatMap((page) => partsOf(page, 'style'));
  return {
    ...closed,
    ...(consoles && { 'Cross-Origin-Resource-Policy': 'cross-origin' }),
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': [
      "default-src 'none'",
      `script-src ${scripts.map(hashed).join(' ')}`,
      `style-src ${styles.length === 0 ? "'none'" : styles.map(hashed).join(' ')}`,
      "base-uri 'none'",
      "form-action 'none'",
      `frame-ancestors ${consoles?.join(' ') ?? "'self'"}`,
      `sandbox allow-scripts${consoles ? ' allow-same-origin' : ''}`,
    ].join('; '),
  };
}

function partsOf(page: string, element: 'script' | 'style'): readonly string[] {
  return [...page.matchAll(new RegExp(`<${element}[^>]*>(.*?)</${element}>`, 'gs'))].map(
    ([, text = '']) => text,
  );
}

/** As a policy names what it allows (CSP 3, hash-source). */
function hashed(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
