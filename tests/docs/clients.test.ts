import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { mcpRemoteVersion } from '../support/mcp-remote.ts';

/** Whoever takes a newer version looks at what it does, and writes that down. */
it('the page on clients tells of the versions that are tested', () => {
  const page = readFileSync('docs/clients.md', 'utf8');
  const told = Object.fromEntries(
    [...page.matchAll(/^\| `([^`]+)` \| ([\d.]+) \|/gm)].map(([, client, version]) => [client, version]),
  );
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  expect(told).toEqual({
    '@modelcontextprotocol/client': devDependencies['@modelcontextprotocol/client'],
    '@modelcontextprotocol/sdk': devDependencies['@modelcontextprotocol/sdk'],
    'mcp-remote': mcpRemoteVersion,
  });
});
