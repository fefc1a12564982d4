/** Schemes of the service's own addresses, which lead nowhere else. */
const ownScheme = 'knowledge';

/** `![alt](target)`, `![alt][label]`: fetched by whoever shows it, without a click. */
const image = /!\[([^\]]{0,500})\](?:\([^)]{0,2000}\)|\[[^\]]{0,500}\])/g;
/** `[text](target)`: shows one thing and leads to another. */
const link = /\[([^\]]{0,500})\]\(\s*([^)]{0,2000})\)/g;
/** `scheme://`, and those that need no slashes to do something. */
const scheme = new RegExp(
  `\\b(?!${ownScheme}://)(?:([a-z][a-z0-9+.-]{0,30}):(?=//)|(data|javascript|mailto|tel|vbscript|file):(?=\\S))`,
  'gi',
);
/** `//host`, which takes the scheme of the page. */
const schemeless = /(^|[\s("'<[=])\/\/(?=[\w-])/g;
/** `host.tld/path` and `www.host`, which many programs make into links by themselves. */
const hostWithPath = /(?<![\w@.-])(?:[\w-]{1,63}\.){1,8}(?=[a-z]{2,24}[/?#:][^\s])/gi;
const www = /\bwww\.(?=[\w-])/gi;
const tag = /<(?=[a-z/!])/gi;

/**
 * An expert's sentence without anything that leads outside or is fetched when it is shown: what a text in a record
 * makes a model write may carry data away in an address (OWASP LLM Top 10, LLM02 and LLM05). Addresses stay readable:
 * `https[:]//host[.]example/path`. Images are left out but for their words, and markup is no markup.
 */
export function withoutOutsideLinks(text: string): string {
  return text
    .replace(image, '$1')
    .replace(link, (_, words: string, target: string) =>
      target.startsWith(`${ownScheme}://`) ? `[${words}](${target})` : `${words} (${target})`,
    )
    .replace(scheme, (_, before?: string, other?: string) => `${before ?? other}[:]`)
    .replace(schemeless, '$1[/]/')
    .replace(hostWithPath, (host) => host.replaceAll('.', '[.]'))
    .replace(www, (found) => found.replace('.', '[.]'))
    .replace(tag, '‹');
}
