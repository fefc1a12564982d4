import { createHash } from 'node:crypto';
import path from 'node:path';
import { build, type Metafile } from 'esbuild';
import { projectDir } from '../lib/project-dir.ts';

/** Largest page, in bytes. */
export const largestPage = 60_000;

/**
 * One card as a single file of HTML that loads nothing. Its own policy says so, too: only the script and the style that are
 * in it count, whatever else gets into the page, and it reaches no address.
 * @param name its folder below `cards/`
 * @throws Error when it cannot be bundled, or is too large
 */
export async function cardPage(name: string): Promise<string> {
  const { outputFiles } = await bundleOf(name);
  const bundled = (end: string) => outputFiles.find((file) => file.path.endsWith(end))?.text.trim() ?? '';
  const html = htmlOf(bundled('.js'), bundled('.css'));
  const bytes = Buffer.byteLength(html);
  if (bytes > largestPage) {
    throw new Error(`The page of the card ${name} has ${bytes} bytes; it may have ${largestPage}.`);
  }
  return html;
}

/** What is in the page of a card, libraries included: the page itself is one text to whoever bundles the product. */
export async function cardMetafile(name: string): Promise<Metafile> {
  const { metafile } = await bundleOf(name);
  return metafile;
}

function bundleOf(name: string) {
  return build({
    absWorkingDir: projectDir,
    entryPoints: [`cards/${name}/main.tsx`],
    outdir: path.join('.local', 'cards', name),
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2023',
    charset: 'utf8',
    legalComments: 'none',
    tsconfig: path.join(projectDir, 'cards/tsconfig.json'),
    logLevel: 'silent',
  });
}

function htmlOf(script: string, style: string): string {
  const policy = [
    "default-src 'none'",
    `script-src ${hashed(script)}`,
    `style-src ${hashed(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>Card</title><style>${style}</style></head><body>`,
    `<script type="module">${script}</script></body></html>`,
  ].join('');
}

/** As a policy names what it allows (CSP 3, hash-source). */
function hashed(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
