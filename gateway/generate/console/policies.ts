import { createHash } from 'node:crypto';
import { consoleBase } from '../../console.ts';
import type { RegisteredTenant } from '../../registry.ts';
import { hasOwnServer } from '../../sign-in.ts';
import { around, dropped } from '../sign-in/parts.ts';
import { escapeXml, generatedXml, indent } from '../xml.ts';
import { includeFrameHost } from './frame-host.ts';

/** Of what a sign-in sends the browser back to the page with, the backend learns nothing: the page itself reads it. */
export function consolePagePolicy(): string {
  return consolePolicy('The page of the console.', 'console', false);
}

/** Their version is in the query, so that browsers may keep them. */
export function consoleFilePolicy(): string {
  return consolePolicy('A file of the console.', 'console" + context.Operation.UrlTemplate + "', true);
}

function consolePolicy(purpose: string, path: string, query: boolean): string {
  return generatedXml(
    `${purpose} The same for everybody, so that nothing is passed on that says who asks.`,
    around({
      inbound: [
        '<base />',
        ...dropped('Origin', 'Cookie', 'Authorization'),
        `<rewrite-uri template='@("/" + (string)context.Variables["route"] + "/${path}")' copy-unmatched-params="${query}" />`,
      ],
    }),
  );
}

const style = `:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:3rem auto;padding:0 1rem}h1{font-size:1.4rem}`;

/** Nothing is loaded, run or framed. */
const contentPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page at the root: the consoles of the tenants that the registry lets it name. */
export function consolesPolicy(tenants: readonly RegisteredTenant[]): string {
  return generatedXml(
    'Public, so without the policies of the APIs: it says what the registry of tenants lets it say.',
    `<policies>
  <inbound>
    ${includeFrameHost}
    <return-response>
${indent(6, Object.entries(headers).map(header))}
      <set-body>${escapeXml(consolesPage(tenants))}</set-body>
    </return-response>
  </inbound>
  <backend />
  <outbound />
  <on-error />
</policies>`,
  );
}

const headers = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Content-Security-Policy': contentPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

function header([name, value]: readonly [string, string]): string {
  return `<set-header name="${name}" exists-action="override">\n  <value>${value}</value>\n</set-header>`;
}

function consolesPage(tenants: readonly RegisteredTenant[]): string {
  const named = tenants.filter((tenant) => hasOwnServer(tenant) && tenant.listed === true);
  const links = named.map(
    (tenant) => `<li><a href="${consoleBase(tenant)}">${escapeXml(tenant.displayName)}</a></li>`,
  );
  const body =
    links.length === 0
      ? '<p>Open the console of your organisation: its address is the address of its MCP endpoint with /console in place of /mcp.</p>'
      : `<p>Open the console of</p><ul>${links.join('')}</ul>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Consoles</title><style>${style}</style></head><body><main><h1>Consoles</h1>${body}</main></body></html>`;
}
