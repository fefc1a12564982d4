import { loopbackNames } from '../../identity/loopback.ts';
import { OAuthProblem } from '../http/oauth-problem.ts';

/** Where common clients wait on the web; whoever has one of these pages is who they say. */
export const commonRedirects: readonly string[] = [
  'https://vscode.dev/redirect',
  'https://insiders.vscode.dev/redirect',
  'https://claude.ai/api/mcp/auth_callback',
  'https://claude.com/api/mcp/auth_callback',
];

/** Characters of the longest address. */
export const longestRedirect = 400;

/**
 * Whether clients may be sent back there: an address on the person's machine, any port (RFC 8252 section 7.3), or one
 * that is listed, to the letter.
 * @throws OAuthProblem `invalid_redirect_uri`
 */
export function checkRedirect(redirect: string, listed: readonly string[]): void {
  if (isOddAddress(redirect)) {
    throw refused('it is no whole address in its plain form');
  }
  if (!isLoopback(redirect) && !listed.includes(redirect)) {
    throw refused('it is neither on the user’s machine nor listed; whoever runs this service can list it');
  }
}

/** `http` on the person's own machine. */
export function isLoopback(redirect: string): boolean {
  const { protocol, hostname } = new URL(redirect);
  return protocol === 'http:' && loopbackNames.includes(hostname);
}

/** Whether the address is one of a client's: to the letter, but for the port on the person's machine. */
export function isOneOf(redirect: string, registered: readonly string[]): boolean {
  if (isOddAddress(redirect)) {
    return false;
  }
  return registered.some(
    (one) =>
      one === redirect || (isLoopback(redirect) && isLoopback(one) && portless(one) === portless(redirect)),
  );
}

/** Without its port, as an id holds it. */
export function portless(redirect: string): string {
  return redirect.replace(/^(http:\/\/(?:[^/:?#[\]]+|\[[^\]]*\])):\d+/, '$1');
}

/**
 * What parsers read in more than one way, or what means another place than it seems to: user-info, fragments, dot
 * segments, characters that are not written, backslashes.
 */
function isOddAddress(text: string): boolean {
  if (
    text.length > longestRedirect ||
    !/^[a-z][a-z0-9+.-]*:[!-~]+$/.test(text) ||
    /[\\#"<>^`{|}]/.test(text)
  ) {
    return true;
  }
  if (!URL.canParse(text)) {
    return true;
  }
  const { href, username, password, protocol, hostname, port } = new URL(text);
  if (username !== '' || password !== '' || /^[^/]*:\/\/[^/?]*@/.test(text)) {
    return true;
  }
  if (protocol !== 'http:' && protocol !== 'https:') {
    return ['javascript:', 'data:', 'file:', 'blob:', 'about:', 'vbscript:'].includes(protocol);
  }
  // A parser that had to mend it (dot segments, letters, spellings of numbers) read something else than what is written; a
  // bare host gets its slash, a usual port goes.
  const plain = [href, `${protocol}//${hostname}${port === '' ? '' : `:${port}`}`];
  return !plain.includes(withoutUsualPort(text));
}

function withoutUsualPort(text: string): string {
  return text.replace(/^(http:\/\/[^/?]*):80(?=[/?]|$)/, '$1');
}

function refused(why: string): OAuthProblem {
  return new OAuthProblem(
    'invalid_redirect_uri',
    `A client cannot be sent back to this redirect_uri: ${why}.`,
  );
}
