import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');

/** Needs no .NET: whoever has none learns here that a version was changed in one of the two files only. */
it('the lock file has what the project asks for', () => {
  const references = [
    ...read('Clients.csproj').matchAll(/<PackageReference Include="([^"]+)" Version="([^"]+)"/g),
  ];
  const lock = JSON.parse(read('packages.lock.json')) as {
    dependencies: Record<string, Record<string, { type: string; resolved: string }>>;
  };
  const direct = Object.values(lock.dependencies).flatMap((framework) =>
    Object.entries(framework).filter(([, { type }]) => type === 'Direct'),
  );
  expect(direct.map(([name, { resolved }]) => [name, resolved]).sort()).toEqual(
    references.map(([, name, version]) => [name, version]).sort(),
  );
});
