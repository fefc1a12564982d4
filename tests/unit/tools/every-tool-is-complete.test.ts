import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { glob } from 'tinyglobby';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { permissions } from '#contoso/access/permissions';
import { troubleShootDevice } from '#contoso/diagnosis/trouble-shoot-device';
import { businessTools } from '#contoso/tools/index';
import { toolSpec } from '#platform/experts/tool-specs';
import type { AnyTool } from '#platform/mcp/definitions/tool';
import { agenticTools } from '#scripts/docs/agentic-tools';
import { projectDir } from '#scripts/lib/project-dir';
import { exampleCalls } from '#seed/examples/calls';
import { exampleData } from '#seed/examples/data';

const defined = await definitionsIn('shared/contoso/tools/*/*.ts');
const clientTools = [...businessTools, ...agenticTools];
const calls = exampleCalls(clientTools, exampleData('contoso'), 0);

/** The tools that files export, with the file of each. */
async function definitionsIn(pattern: string): Promise<[string, AnyTool][]> {
  const files = await glob(pattern, { cwd: projectDir });
  const exported = await Promise.all(
    files.sort().map(async (file): Promise<[string, unknown][]> => {
      const module: Record<string, unknown> = await import(pathToFileURL(path.join(projectDir, file)).href);
      return Object.values(module).map((value) => [file, value]);
    }),
  );
  return exported.flat().filter((entry): entry is [string, AnyTool] => isTool(entry[1]));
}

function isTool(value: unknown): value is AnyTool {
  return typeof value === 'object' && value !== null && 'handler' in value && 'annotations' in value;
}

test.each(defined)('what %s defines is listed', (file, { name }) => {
  const listed = businessTools.map((tool) => tool.name);
  expect(
    listed,
    `${file} defines ${name}, which shared/contoso/tools/index.ts does not list: add it.`,
  ).toContain(name);
});

test.each(businessTools)('$name is in a file of its name', ({ name }) => {
  const files = defined.filter(([, tool]) => tool.name === name).map(([file]) => path.basename(file));
  expect(files).toEqual([`${name.replaceAll('_', '-')}.ts`]);
});

test.each(businessTools)('$name needs a permission that exists', ({ name, permission }) => {
  const advice = `${name} needs the permission ${permission}, which does not exist: add it to shared/contoso/access/permissions.ts, and say in shared/contoso/access/roles.ts who has it.`;
  expect(permissions, advice).toContain(permission);
});

test.each(defined)('what %s defines has a test at the path that follows from its own', (file, { name }) => {
  const expected = file
    .replace(/^shared\/contoso\/tools\//, 'tests/integration/tools/')
    .replace(/\.ts$/, '.test.ts');
  expect(existsSync(path.join(projectDir, expected)), `${name} has no test: write ${expected}.`).toBe(true);
});

const diagnosis = troubleShootDevice(() => expect.fail('Nothing is called.'));
const changing = [...businessTools, diagnosis].filter(({ annotations }) => !annotations.readOnlyHint);

test.each(changing)('$name changes something, so it takes an idempotency_key and says so', (tool) => {
  const advice = `${tool.name} has no optional idempotency_key: take it from shared/contoso/tools/changes.ts, and keep a receipt with the change.`;
  const { properties = {}, required = [] } = z.toJSONSchema(tool.input, { io: 'input' });
  expect(Object.keys(properties), advice).toContain('idempotency_key');
  expect(required, advice).not.toContain('idempotency_key');
  expect(tool.description).toContain('idempotency_key');
});

test.each(changing)('to experts, who must not make up keys, $name has none', (tool) => {
  expect(JSON.stringify(toolSpec(tool).inputSchema)).not.toContain('idempotency_key');
});

test.each(clientTools)('$name has an example call, which is right', ({ name, input }) => {
  const call = calls.find(({ tool }) => tool === name);
  expect(call, `${name} has no example call: add one to its definition.`).toBeDefined();
  expect(input.safeParse(call?.arguments).error).toBeUndefined();
});
