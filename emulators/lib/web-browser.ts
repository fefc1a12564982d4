/** What has a person's passkeys: answers as the script of a page that asks for one would. */
export interface PasskeyDevice {
  /** @param kind `create` or `get` */
  answer(kind: string, optionsJson: string, origin: string): string;
}

/** What a browser shows, or where it was sent when that is a client's redirect. */
export interface Place {
  readonly url: URL;
  /** Undefined for a client's redirect: nothing is asked for there. */
  readonly page: string | undefined;
  readonly status: number;
  readonly headers: Headers;
  /** Where a form led here that may lead to this origin only; a redirect after it is held to that as well. */
  readonly boundTo?: string | undefined;
}

interface Cookie {
  readonly value: string;
  readonly sameSite: string;
}

interface Sent extends RequestInit {
  readonly isCrossSite?: boolean;
  readonly boundTo?: string | undefined;
}

/** More would be a circle. */
const mostSteps = 20;

/**
 * What a web browser does with pages that need no script: redirects, refreshing pages, forms that send themselves, and
 * cookies, which belong to a host whatever its port; those for the same site only are left out when another site's form
 * is sent. Where the policy of a page keeps its forms to their own origin, so it does (CSP level 3 section 6.4.1).
 */
export class WebBrowser {
  readonly #cookies = new Map<string, Map<string, Cookie>>();
  readonly #isClient: (url: URL) => boolean;
  /** Addresses that were asked for, and the client's redirects, in order. */
  readonly visited: string[] = [];

  readonly #device: PasskeyDevice | undefined;
  readonly #fetch: typeof fetch;

  /**
   * @param isClient whether an address is a client's redirect
   * @param device what has the person's passkeys
   */
  constructor(
    isClient: (url: URL) => boolean,
    { device, reach = fetch }: { device?: PasskeyDevice; reach?: typeof fetch } = {},
  ) {
    this.#isClient = isClient;
    this.#device = device;
    this.#fetch = reach;
  }

  /** Goes to an address, and on until a person is asked something or a client is answered. */
  async open(address: string | URL): Promise<Place> {
    return await this.#settle(await this.#send(new URL(address), { method: 'GET' }));
  }

  /** Presses a button of a page's form. @param fields what the person filled in, and the button's own */
  async submit(place: Place, fields: Readonly<Record<string, string>>): Promise<Place> {
    return await this.#settle(await this.#sendForm(place, fields));
  }

  cookiesOf(host: string): ReadonlyMap<string, Cookie> {
    return this.#cookies.get(host) ?? new Map();
  }

  async #settle(first: Place): Promise<Place> {
    let place = first;
    for (let steps = 0; steps < mostSteps; steps += 1) {
      const next = await this.#next(place);
      if (next === undefined) {
        return place;
      }
      place = next;
    }
    throw new Error(`The browser is sent round in circles: ${this.visited.join(' ')}`);
  }

  async #next({ url, page, headers, status, boundTo }: Place): Promise<Place | undefined> {
    const location = status >= 300 && status < 400 ? headers.get('location') : null;
    if (location !== null) {
      return await this.#send(new URL(location, url), { method: 'GET', boundTo });
    }
    const onward = refreshOf(page ?? '');
    if (onward !== undefined) {
      return await this.#send(new URL(onward, url), { method: 'GET' });
    }
    const asked = /<form\b[^>]*\bdata-kind="[^>]*>/i.exec(page ?? '')?.[0];
    if (asked !== undefined) {
      return await this.#usePasskey({ url, page, headers, status }, asked);
    }
    return sendsItself(page ?? '') ? await this.#sendForm({ url, page, headers, status }, {}) : undefined;
  }

  /** What the page's script does when the person presses its button; nothing without a device. */
  async #usePasskey(place: Place, form: string): Promise<Place | undefined> {
    if (this.#device === undefined) {
      return undefined;
    }
    const [kind = '', options = ''] = [attribute(form, 'data-kind'), attribute(form, 'data-options')];
    return await this.#sendForm(place, { code: this.#device.answer(kind, options, place.url.origin) });
  }

  async #sendForm(
    { url, page = '', headers }: Place,
    fields: Readonly<Record<string, string>>,
  ): Promise<Place> {
    const action = attribute(/<form\b[^>]*>/i.exec(page)?.[0] ?? '', 'action');
    const hidden = [...page.matchAll(/<input\b[^>]*type="hidden"[^>]*>/gi)].map(([tag]): [string, string] => [
      attribute(tag, 'name') ?? '',
      attribute(tag, 'value') ?? '',
    ]);
    const body = new URLSearchParams({ ...Object.fromEntries(hidden), ...fields });
    const target = new URL(action ?? '', url);
    const policy = headers.get('content-security-policy') ?? '';
    return await this.#send(target, {
      method: 'POST',
      body,
      headers: {
        origin: url.origin,
        'sec-fetch-site': url.origin === target.origin ? 'same-origin' : 'cross-site',
      },
      isCrossSite: url.hostname !== target.hostname,
      boundTo: /\bform-action 'self'/.test(policy) ? url.origin : undefined,
    });
  }

  async #send(url: URL, { isCrossSite = false, boundTo, ...init }: Sent): Promise<Place> {
    if (boundTo !== undefined && url.origin !== boundTo) {
      throw new Error(`The policy of a page at ${boundTo} keeps its form from ${url.origin}.`);
    }
    this.visited.push(url.href);
    if (this.#isClient(url)) {
      return { url, page: undefined, status: 0, headers: new Headers() };
    }
    const sent = [...this.cookiesOf(url.hostname)].filter(
      ([, { sameSite }]) => !isCrossSite || sameSite === 'none',
    );
    const response = await this.#fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, cookie: sent.map(([name, { value }]) => `${name}=${value}`).join('; ') },
    });
    for (const cookie of response.headers.getSetCookie()) {
      this.#keep(url.hostname, cookie);
    }
    const { status, headers } = response;
    return { url, page: await response.text(), status, headers, boundTo };
  }

  #keep(host: string, text: string): void {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
    if (name === undefined || value === undefined) {
      return;
    }
    const cookies = this.#cookies.get(host) ?? new Map<string, Cookie>();
    this.#cookies.set(host, cookies);
    cookies.delete(name);
    if (!/; *max-age=0\b/i.test(text) && !/; *expires=Thu, 01 Jan 1970/i.test(text)) {
      cookies.set(name, { value, sameSite: /; *samesite=(\w+)/i.exec(text)?.[1]?.toLowerCase() ?? 'lax' });
    }
  }
}

function refreshOf(page: string): string | undefined {
  const content = attribute(/<meta\b[^>]*http-equiv="refresh"[^>]*>/i.exec(page)?.[0] ?? '', 'content');
  return /^0;\s*url=(.*)$/i.exec(content ?? '')?.[1];
}

/** The page of a `form_post` answer (OAuth 2.0 Form Post Response Mode). */
function sendsItself(page: string): boolean {
  return /forms\[0\]\.submit\(\)|\.submit\(\)/.test(page) && /<form\b[^>]*method="post"/i.test(page);
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\b${name}="([^"]*)"`, 'i')
    .exec(tag)?.[1]
    ?.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
