import { loopbackNames } from '../identity/loopback.ts';
import { type Environment, SettingsError, text } from './read.ts';

/** Goes into a policy as it is: no wildcard, and none of the characters that mean something there. */
const originForm = /^https?:\/\/(?:[a-z\d.-]+|\[[a-f\d:]+\])(?::\d+)?$/;

/**
 * Origin of the frames that the console shows cards in; undefined where they have none, which is the default.
 * @param ownHosts host names that the service itself is addressed by
 * @throws SettingsError when it is no origin, or not one that keeps the cards apart from the service
 */
export function readFrameOrigin(env: Environment, ownHosts: readonly string[]): string | undefined {
  const name = 'CONSOLE_FRAME_ORIGIN';
  const value = text(env, name);
  if (value === undefined) {
    return undefined;
  }
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || url.origin !== value || !originForm.test(value)) {
    throw new SettingsError(
      `${name} is "${value}"; it must be an origin such as https://cards.example.com, without a path or a slash at its end.`,
    );
  }
  if (url.protocol === 'http:' && !loopbackNames.includes(url.hostname)) {
    throw new SettingsError(`${name} is "${value}"; outside this machine it must begin with https://.`);
  }
  if (ownHosts.some((host) => host.toLowerCase() === url.hostname)) {
    throw new SettingsError(
      `${name} is "${value}"; it must have a host name of its own, and this one is the service's (PUBLIC_BASE_URL, ALLOWED_HOSTS).`,
    );
  }
  return value;
}
