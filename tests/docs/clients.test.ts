import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { mcpRemoteVersion } from '../support/mcp-remote.ts';

/** Whoever takes a newer version looks at what it does, and writes that down. */
it('the page on clients tells of the versions that are tested', () => {
  const page = readFileSync('docs/clients.md', 'utf8');
  const told = Object.fromEntries(
    [...page.matchAll(/^\| `([^`]+)` \| ([\d.]+)(?:, in C#)? \|/gm)].map(([, client, version]) => [
      client,
      version,
    ]),
  );
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  expect(told).toEqual({
    '@modelcontextprotocol/client': devDependencies['@modelcontextprotocol/client'],
    '@modelcontextprotocol/sdk': devDependencies['@modelcontextprotocol/sdk'],
    'mcp-remote': mcpRemoteVersion,
    ...packagesInCSharp(),
  });
});

/** As the project names them; its lock file has the same. */
function packagesInCSharp(): Record<string, string | undefined> {
  const project = readFileSync('tests/dotnet/Clients.csproj', 'utf8');
  const references = project.matchAll(/<PackageReference Include="([^"]+)" Version="([^"]+)"/g);
  return Object.fromEntries([...references].map(([, name, version]) => [name, version]));
}

/** They are built and run by `npm run test:dotnet`. */
it('the page’s C# stands in the clients that are tested', () => {
  const page = readFileSync('docs/clients.md', 'utf8');
  const sources = readdirSync('tests/dotnet').filter((name) => name.endsWith('.cs'));
  const code = sources.map((name) => unindented(readFileSync(`tests/dotnet/${name}`, 'utf8'))).join('\n');
  const snippets = [...page.matchAll(/^```csharp\n([\s\S]*?)^```$/gm)].map(([, text = '']) =>
    unindented(text),
  );
  expect(snippets.length).toBeGreaterThan(0);
  for (const snippet of snippets) {
    expect(code).toContain(snippet);
  }
});

const unindented = (text: string) => text.replace(/^ +/gm, '');
