import type { SignInOperation } from '../../sign-in.ts';
import { openCors } from '../open-cors.ts';
import { generatedXml } from '../xml.ts';
import { around, dropped, type Refusal, refuse } from './parts.ts';

/** What every operation of that name has in front of it, whosever it is. */
export function signInOperationPolicy(operation: SignInOperation): string {
  const { from, takes, method, query = false } = operation;
  const isOpen = from === 'any-origin';
  const refusals = [...originRefusals(operation), ...(takes === undefined ? [] : bodyRefusals(takes))];
  return generatedXml(
    purposes[from],
    around({
      inbound: [
        ...(isOpen ? [openCors({ method, headers, exposed })] : []),
        '<base />',
        ...(refusals.length > 0 ? [refuse(refusals)] : []),
        // A backend that saw the origin would add the headers for it a second time; only for its own form it has to see it.
        ...(isOpen ? dropped('Origin', 'Cookie') : from === 'navigation' ? dropped('Origin') : []),
        `<rewrite-uri template='@("/" + (string)context.Variables["route"] + "/oauth" + context.Operation.UrlTemplate)' copy-unmatched-params="${query}" />`,
      ],
    }),
  );
}

const purposes = {
  'any-origin': 'For programs, and for pages of any origin without their cookies.',
  navigation: 'For a browser that a person goes there with.',
  'own-page': "For the form of this service's own page.",
};

const headers = ['Authorization', 'Content-Type', 'MCP-Protocol-Version'];
const exposed = ['X-Correlation-Id', 'Retry-After'];

const header = (name: string, otherwise: string) =>
  `context.Request.Headers.GetValueOrDefault("${name}", "${otherwise}")`;

/** Browsers say what an answer is for (Fetch Metadata): a window, a frame, a script. What is no browser does not. */
function originRefusals({ from }: SignInOperation): readonly Refusal[] {
  const scripted: Refusal = {
    when: `${header('Sec-Fetch-Dest', 'document')} != "document"`,
    status: 403,
    title: 'Forbidden',
    detail: 'Open this address in a browser window; a page cannot call it.',
  };
  const foreign: Refusal = {
    when: `${header('Origin', '')} != "{{public-base-url}}"`,
    status: 403,
    title: 'Forbidden',
    detail: 'Begin the sign-in again: this answer does not come from its page.',
  };
  return from === 'any-origin' ? [] : from === 'navigation' ? [scripted] : [scripted, foreign];
}

/**
 * By what the head says of the body: the backend counts it while it reads. A length of six digits is 100,000 bytes at least.
 */
function bodyRefusals(takes: NonNullable<SignInOperation['takes']>): readonly Refusal[] {
  return [
    {
      when: `${header('Content-Length', '')}.Length &gt; 5`,
      status: 413,
      title: 'Content Too Large',
      detail: 'Send less than 100,000 bytes.',
    },
    {
      when: `!${header('Content-Type', '')}.ToLowerInvariant().StartsWith("${takes}")`,
      status: 415,
      title: 'Unsupported Media Type',
      detail: `Send the body as ${takes}.`,
    },
  ];
}
