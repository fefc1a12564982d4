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
    ...frameworks(),
  });
});

/** As the project names them; its lock file has the same. */
function packagesInCSharp(): Record<string, string | undefined> {
  const project = readFileSync('tests/dotnet/Clients.csproj', 'utf8');
  const references = project.matchAll(/<PackageReference Include="([^"]+)" Version="([^"]+)"/g);
  return Object.fromEntries([...references].map(([, name, version]) => [name, version]));
}

/** Those of them that a program connects with. */
function frameworks(): Record<string, string | undefined> {
  const { dependencies } = JSON.parse(readFileSync('tests/frameworks/package.json', 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const names = ['@ai-sdk/mcp', '@langchain/mcp-adapters', '@openai/agents'];
  return Object.fromEntries(names.map((name) => [name, dependencies[name]]));
}

/** They are run by `npm run test:dotnet` and `npm run test:commands`. */
it.each([
  ['csharp', 'tests/dotnet', '.cs'],
  ['js', 'tests/frameworks', '.mjs'],
])('the page’s code in %s stands in the clients of %s', (language, folder, ending) => {
  const page = readFileSync('docs/clients.md', 'utf8');
  const sources = readdirSync(folder).filter((name) => name.endsWith(ending));
  const code = sources.map((name) => unindented(readFileSync(`${folder}/${name}`, 'utf8'))).join('\n');
  const fences = page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm);
  const snippets = [...fences].filter((fence) => fence[1] === language).map(([, , text = '']) => text);
  expect(snippets.length).toBeGreaterThan(0);
  for (const snippet of snippets) {
    expect(code).toContain(unindented(snippet));
  }
});

const unindented = (text: string) => text.replace(/^ +/gm, '');
