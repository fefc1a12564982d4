import path from 'node:path';
import { type Environment, SettingsError, text } from './read.ts';

/** Where else the audit trail goes. */
export interface TrailSettings {
  /** A container of Blob Storage, or a folder of this machine, that takes copies of its sealed heads. */
  readonly copies: string | undefined;
  /** An event hub that takes its entries. */
  readonly eventHub: string | undefined;
}

export function readTrailSettings(env: Environment): TrailSettings {
  const copies = text(env, 'TRAIL_COPIES');
  return {
    copies:
      copies === undefined || path.isAbsolute(copies)
        ? copies
        : addressOf('TRAIL_COPIES', copies, 'https://ACCOUNT.blob.core.windows.net/CONTAINER'),
    eventHub: addressOf(
      'TRAIL_EVENT_HUB',
      text(env, 'TRAIL_EVENT_HUB'),
      'https://NAMESPACE.servicebus.windows.net/HUB',
    ),
  };
}

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/** An address with one segment behind the host; nothing of the trail leaves this machine unencrypted. */
function addressOf<Value extends string | undefined>(
  name: string,
  value: Value,
  form: string,
): Value | string {
  if (value === undefined) {
    return value;
  }
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.includes(url.hostname));
  const isBare = url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (!isSafe || !isBare || !/^\/[\w.-]+\/?$/.test(url.pathname)) {
    throw new SettingsError(`${name} is "${value}"; it must be an address such as ${form}.`);
  }
  return `${url.origin}${url.pathname.replace(/\/$/, '')}`;
}
