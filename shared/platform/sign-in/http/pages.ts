import { createHash } from 'node:crypto';

/** Text of a page: made by {@link html} only, so that nothing gets into it unescaped. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | Html | undefined | readonly (string | Html)[];

/** A template of a page; what is put in is text, unless it is such a template itself. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(texts.map((text, index) => text + written(parts[index])).join(''));
}

function written(part: Part): string {
  if (part === undefined) {
    return '';
  }
  if (typeof part === 'string') {
    return part.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
  }
  return part instanceof Html ? part.text : part.map(written).join('');
}

export interface Page {
  readonly title: string;
  readonly body: Html;
  readonly status?: number;
  /** Where the browser goes at once; the body should have a link to it, too. */
  readonly onward?: string;
  /** The one script that may run, by its digest (SHA-256, base64). */
  readonly script?: { readonly text: string; readonly digest: string };
}

const style = `
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 3rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; }
dt { font-weight: 600; margin-top: .6rem; }
dd { margin: 0; }
button { font: inherit; padding: .5rem 1.2rem; margin: 1rem .6rem 0 0; }
.warning { border-inline-start: .3rem solid; padding-inline-start: .8rem; }
`;

/** The one style sheet, by its digest: nothing else is loaded, run or framed, and forms go to this service only. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** With a stricter referrer policy browsers would hide the origin of the page's own form. */
const headers = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': policy,
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

export function pageResponse({ title, body, status = 200, onward, script }: Page): Response {
  const refresh = onward === undefined ? '' : html`<meta http-equiv="refresh" content="0;url=${onward}">`;
  const page = html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="initial-scale=1">${refresh}
<title>${title}</title><style>${new Html(style)}</style></head>
<body><main><h1>${title}</h1>
${body}
</main>${script && html`<script>${new Html(script.text)}</script>`}</body></html>
`;
  const scripts = script === undefined ? '' : `; script-src 'sha256-${script.digest}'`;
  return new Response(page.text, {
    status,
    headers: { ...headers, 'Content-Security-Policy': `${policy}${scripts}` },
  });
}

/** One sentence for the person, and what to name to support. */
export function problemPage(title: string, sentence: string, supportId: string, status = 400): Response {
  return pageResponse({
    title,
    status,
    body: html`<p role="alert">${sentence}</p><p>If you ask for help, name this id: <code>${supportId}</code></p>`,
  });
}

/** Sends the browser on with the next page: a redirect after a form would be bound by the page's policy for forms. */
export function onwardPage(title: string, address: string): Response {
  return pageResponse({ title, onward: address, body: html`<p><a href="${address}">Continue</a></p>` });
}
