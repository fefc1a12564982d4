import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectSettings } from '#doctor/collect/settings';
import { readLocalSettings } from '#emulators/host/settings/local-settings';
import { readGatewayValues } from '#gateway/deploy/values';
import { policiesFolder, readRegistry } from '#gateway/registry';
import { readTextFile } from '#platform/settings/text-file';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'files-'));
});

afterEach(() => rmSync(dir, { recursive: true }));

const bigEndian = (text: string) => Buffer.from(text, 'utf16le').swap16();

/** How editors and shells write the same text. */
const encodings: readonly (readonly [string, (text: string) => Buffer])[] = [
  ['UTF-8', (text) => Buffer.from(text)],
  ['UTF-8 with a mark', (text) => Buffer.from(`\ufeff${text}`)],
  ['UTF-16 LE with a mark', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16 BE with a mark', (text) => bigEndian(`\ufeff${text}`)],
  ['UTF-16 LE', (text) => Buffer.from(text, 'utf16le')],
  ['UTF-16 BE', bigEndian],
];

describe.each(encodings)('a file in %s', (_name, encode) => {
  function written(name: string, text: string): string {
    const file = path.join(dir, name);
    writeFileSync(file, encode(text));
    return file;
  }

  it('gives its text without a mark', () => {
    expect(readTextFile(written('text', '{"city":"Zürich"} ✔'))).toBe('{"city":"Zürich"} ✔');
  });

  it('is read as settings by the doctor', () => {
    const listed = written('settings.json', '[{"name":"AUTH_MODE","value":"jwt"}]');
    expect(collectSettings(listed, {})).toEqual({ value: { AUTH_MODE: 'jwt' } });
  });

  it('is read as local.settings.json by the host', () => {
    written('local.settings.json', '{ "IsEncrypted": false, /* mine */ "Values": { "A": "b" } }');
    expect(readLocalSettings(dir).environment).toEqual({ A: 'b' });
  });

  it('is read as the registry of tenants', () => {
    const text = readFileSync(`${policiesFolder}tenants.json`, 'utf8');
    expect(readRegistry(written('tenants.json', text))).toEqual(readRegistry());
  });

  it('is read as the values of a gateway', () => {
    const file = written('values.json', '{"namedValues":{"scope":"mcp"},"backends":{}}');
    const wanted = { namedValues: { scope: { secret: false } as never }, backends: [] };
    expect(readGatewayValues(readTextFile(file), wanted).namedValues).toEqual({ scope: 'mcp' });
  });
});

it('a file in another encoding is refused with a sentence that names it', () => {
  const file = path.join(dir, 'latin1.json');
  writeFileSync(file, Buffer.from('{"city":"Zürich"}', 'latin1'));
  expect(() => readTextFile(file)).toThrow(
    /latin1\.json is neither UTF-8 nor UTF-16 text; save it as UTF-8\.$/,
  );
  expect(() => collectSettings(file, {})).toThrow(/save it as UTF-8/);
});
