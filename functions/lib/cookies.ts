import type { Cookie } from '@azure/functions';

const sameSites = { lax: 'Lax', none: 'None', strict: 'Strict' } as const;

/**
 * The cookies of a response apart from its other headers, as the library wants them: it takes headers one by one, and of
 * several `Set-Cookie` keeps the last alone.
 */
export function cookiesApart(all: Headers): { readonly headers: Headers; readonly cookies: Cookie[] } {
  if (!all.has('set-cookie')) {
    return { headers: all, cookies: [] };
  }
  const headers = new Headers(all);
  headers.delete('set-cookie');
  return { headers, cookies: cookiesOf(all) };
}

function cookiesOf(headers: Headers): Cookie[] {
  return headers.getSetCookie().map((text) => {
    const [pair = '', ...attributes] = text.split(/; */);
    const [name = '', value = ''] = split(pair);
    const cookie: Cookie = { name, value };
    for (const attribute of attributes) {
      const [key = '', given = ''] = split(attribute);
      Object.assign(cookie, attributeOf(key.toLowerCase(), given));
    }
    return cookie;
  });
}

function attributeOf(name: string, value: string): Partial<Cookie> {
  switch (name) {
    case 'path':
      return { path: value };
    case 'max-age':
      return { maxAge: Number(value) };
    case 'httponly':
      return { httpOnly: true };
    case 'secure':
      return { secure: true };
    case 'samesite':
      return { sameSite: sameSites[value.toLowerCase() as keyof typeof sameSites] };
    default:
      throw new RangeError(`A cookie has the attribute ${name}, which is not handed on.`);
  }
}

/** At the first equals sign. */
function split(text: string): string[] {
  const at = text.indexOf('=');
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
