import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { collectSettings } from '#doctor/collect/settings';

const dir = mkdtempSync(path.join(tmpdir(), 'doctor-'));

afterAll(() => rmSync(dir, { recursive: true }));

function fileWith(content: unknown): string {
  const file = path.join(dir, 'settings.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

describe('settings come from', () => {
  it('local.settings.json', () => {
    const file = fileWith({ IsEncrypted: false, Values: { A: 'one', B: true, C: 2, D: null }, Host: {} });
    expect(collectSettings(file, {})).toEqual({ value: { A: 'one', B: 'true', C: '2' } });
  });

  it('what the Azure CLI prints', () => {
    const file = fileWith([{ name: 'A', value: 'one', slotSetting: false }]);
    expect(collectSettings(file, { B: 'own' })).toEqual({ value: { A: 'one' } });
  });

  it('the process, when no file is named', () => {
    expect(collectSettings(undefined, { B: 'own' })).toEqual({ value: { B: 'own' } });
  });
});

it.each([
  ['is not JSON', '{', /cannot be read/],
  ['holds something else', { name: 'contoso-mcp' }, /has no app settings; give a local\.settings\.json/],
])('a file that %s is refused', (_, content, message) => {
  expect(() => collectSettings(fileWith(content), {})).toThrow(message);
});

it('a file that is not there is refused', () => {
  expect(() => collectSettings(path.join(dir, 'none.json'), {})).toThrow(/none\.json cannot be read/);
});
