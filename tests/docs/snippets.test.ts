import { describe, expect, it } from 'vitest';
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
}

/** What the documents of VS Code (`servers`) and Claude Code (`mcpServers`) call it. */
function serversOf(key: string): readonly ClientServer[] {
  const files = snippets.map(({ text }) => JSON.parse(text) as Record<string, Record<string, ClientServer>>);
  return files.flatMap((file) => Object.values(file[key] ?? {}));
}

describe.each(['servers', 'mcpServers'])('the file of a client with %s', (key) => {
  it('has addresses of the local gateway, and nothing besides', () => {
    const servers = serversOf(key);
    expect(servers.length).toBeGreaterThan(0);
    for (const { type, url, ...besides } of servers) {
      expect(type).toBe('http');
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:7071\/contoso-mcp\/(?:agentic\/)?mcp$/);
      expect(besides).toEqual({});
    }
  });
});

it('the quickstart names no client id', () => {
  expect(readFile('docs/quickstart.md')).not.toMatch(/\b[0-9a-f]{8}-[\w-]+/);
});
