import path from 'node:path';
import { projectDir } from '#scripts/lib/project-dir';

/** The two pages of the host, by their paths. */
export async function hostPages(): Promise<(request: Request) => Response | undefined> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: projectDir,
    entryPoints: ['host-page', 'sandbox-page'].map((name) => `tests/integration/cards/host/${name}.ts`),
    outdir: path.join('.local', 'host'),
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2023',
    tsconfig: path.join(projectDir, 'cards/tsconfig.json'),
    logLevel: 'silent',
  });
  const scriptOf = (name: string) => outputFiles.find(({ path: file }) => file.includes(name))?.text ?? '';
  return (request) => {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/host') {
      return html(scriptOf('host-page'));
    }
    if (pathname === '/sandbox') {
      const policy = searchParams.get('policy') ?? '';
      return html(scriptOf('sandbox-page'), policy === 'none' ? undefined : policyOf(JSON.parse(policy)));
    }
    return undefined;
  };
}

function html(script: string, policy?: string): Response {
  const text = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>host</title><link rel="icon" href="data:,"></head><body><script>${script.replaceAll('</script', '<\\/script')}</script></body></html>`;
  return new Response(text, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      ...(policy !== undefined && { 'content-security-policy': policy }),
    },
  });
}

/** What a host makes of the domains that a page declares (MCP Apps 2026-01-26, "Host Behavior"). */
function policyOf(csp: { readonly connectDomains?: string[]; readonly resourceDomains?: string[] }): string {
  const list = (domains: string[] = []) => (domains.length === 0 ? "'none'" : domains.join(' '));
  return [
    "default-src 'none'",
    "script-src 'self' 'unsafe-inline'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    `connect-src ${list(csp.connectDomains)}`,
    `frame-src 'self'`,
    "base-uri 'none'",
  ].join('; ');
}
