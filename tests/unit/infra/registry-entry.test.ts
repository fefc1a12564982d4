import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { fingerprintOf } from '#platform/json/fingerprint';
import { projectDir } from '#scripts/lib/project-dir';
import { toolFingerprints } from '../../../scripts/docs/registry-entry.ts';
import { readPins } from '../../../scripts/pins/files.ts';

/** What the registry asks of an entry (its schema of 11 December 2025), as far as ours goes. */
const variable = z.strictObject({ description: z.string(), isRequired: z.boolean() });
const serverJson = z.strictObject({
  $schema: z.url(),
  name: z
    .string()
    .max(200)
    .regex(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/),
  title: z.string().min(1).max(100),
  description: z.string().min(1).max(100),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  websiteUrl: z.url({ protocol: /^https$/ }),
  icons: z.array(
    z.strictObject({
      src: z.url({ protocol: /^https$/ }),
      mimeType: z.enum(['image/png', 'image/jpeg', 'image/svg+xml', 'image/webp']),
    }),
  ),
  remotes: z.array(
    z.strictObject({
      type: z.literal('streamable-http'),
      url: z.string().regex(/^https:\/\/\{host\}\/\{route\}\//),
      variables: z.strictObject({ host: variable, route: variable }),
    }),
  ),
  _meta: z.strictObject({
    'io.modelcontextprotocol.registry/publisher-provided': z.strictObject({
      toolFingerprints: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)),
    }),
  }),
});

const text = readFileSync(path.join(projectDir, 'infra/registry/server.json'), 'utf8');
const entry = serverJson.parse(JSON.parse(text));
const meta = entry._meta['io.modelcontextprotocol.registry/publisher-provided'];

const fingerprintIn = (listed: unknown) =>
  z.looseObject({ _meta: z.strictObject({ fingerprint: z.string() }) }).parse(listed)._meta.fingerprint;

describe('the entry for the registry', () => {
  it('says of every tool that is pinned what it was', () => {
    expect(Object.keys(meta.toolFingerprints).length).toBeGreaterThan(15);
    expect(meta.toolFingerprints).toEqual(toolFingerprints(readPins()));
  });

  it('says the same as the tools say of themselves', () => {
    const tools = [...readPins().values()].filter(({ kind }) => kind === 'tool');
    const said = tools.map(({ name, content: { listed } }) => [name, fingerprintIn(listed)]);
    expect(Object.fromEntries(said)).toEqual(meta.toolFingerprints);
  });

  it('has as much of its own as the registry takes', () => {
    expect(Buffer.byteLength(JSON.stringify(meta))).toBeLessThanOrEqual(4096);
  });

  it('leads to both endpoints', () => {
    expect(entry.remotes.map(({ url }) => url)).toEqual([
      'https://{host}/{route}/mcp',
      'https://{host}/{route}/agentic/mcp',
    ]);
  });
});

describe('a fingerprint', () => {
  const tool = { name: 'pay', description: 'Pays.', inputSchema: { type: 'object', required: ['a', 'b'] } };

  it('is that of the canonical form', () => {
    // printf '{"a":[1,{"b":null,"c":true}],"d":"é"}' | sha256sum
    expect(fingerprintOf({ d: 'é', a: [1, { c: true, b: null }] })).toBe(
      'cc3bbe1da00c081305c07d6541769ec9da4bb1dea5b8ef1c4ced3b0acfa43c4c',
    );
  });

  it('does not know the order of members, and knows everything else', () => {
    const { name, ...rest } = tool;
    expect(fingerprintOf({ ...rest, name })).toBe(fingerprintOf(tool));
    expect(fingerprintOf({ ...tool, description: 'Pays!' })).not.toBe(fingerprintOf(tool));
    const turned = { ...tool, inputSchema: { type: 'object', required: ['b', 'a'] } };
    expect(fingerprintOf(turned)).not.toBe(fingerprintOf(tool));
  });
});
