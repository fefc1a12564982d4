import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Needs no .NET: whoever has none learns here that a version was changed in one of the two files only. */
it.each(['./Clients.csproj', '../durable-extension/host/DurableExtension.csproj'])(
  'the lock file has what %s asks for',
  (name) => {
    const project = new URL(name, import.meta.url);
    const references = [
      ...readFileSync(project, 'utf8').matchAll(/<PackageReference Include="([^"]+)" Version="([^"]+)"/g),
    ];
    const lock = JSON.parse(readFileSync(new URL('packages.lock.json', project), 'utf8')) as {
      dependencies: Record<string, Record<string, { type: string; resolved: string }>>;
    };
    const direct = Object.values(lock.dependencies).flatMap((framework) =>
      Object.entries(framework).filter(([, { type }]) => type === 'Direct'),
    );
    expect(direct.map(([package_, { resolved }]) => [package_, resolved]).sort()).toEqual(
      references.map(([, package_, version]) => [package_, version]).sort(),
    );
  },
);
