import { describe, expect, it } from 'vitest';
import { apiApp, cliApp } from '../../emulators/identity/directory.ts';
import { blocksOf } from './reading/markdown.ts';
import { documents, readFile } from './reading/tree.ts';

const snippets = documents.flatMap((file) =>
  blocksOf(readFile(file)).flatMap((block) =>
    block.kind === 'fence' && block.language === 'json'
      ? [{ place: `${file}:${block.line}`, text: block.lines.join('\n') }]
      : [],
  ),
);

it.each(snippets)('the JSON of $place can be read', ({ text }) => {
  expect(() => JSON.parse(text)).not.toThrow();
});

interface ClientServer {
  readonly type: string;
  readonly url: string;
  readonly oauth: { readonly clientId: string };
}

/** What the documents of VS Code (`servers`) and Claude Code (`mcpServers`) call it. */
function serversOf(key: string): readonly ClientServer[] {
  const files = snippets.map(({ text }) => JSON.parse(text) as Record<string, Record<string, ClientServer>>);
  return files.flatMap((file) => Object.values(file[key] ?? {}));
}

describe.each(['servers', 'mcpServers'])('the file of a client with %s', (key) => {
  it('has addresses of the local gateway, and the client id that the identity provider knows', () => {
    const servers = serversOf(key);
    expect(servers.length).toBeGreaterThan(0);
    for (const { type, url, oauth } of servers) {
      expect(type).toBe('http');
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:7071\/contoso-mcp\/(?:agentic\/)?mcp$/);
      expect(oauth).toEqual({ clientId: cliApp.clientId });
    }
  });
});

it('every id of an application in the quickstart is one of the identity provider', () => {
  const ids = readFile('docs/quickstart.md').match(/\ba0000000-[\w-]+/g) ?? [];
  expect(ids.length).toBeGreaterThan(2);
  for (const id of ids) {
    expect([cliApp.clientId, apiApp.clientId]).toContain(id);
  }
});
