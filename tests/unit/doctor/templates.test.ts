import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readGatewaySource } from '#gateway/deploy/source';
import { valuesTemplate, writeNew } from '#gateway/deploy/template';
import { readSettings } from '#shared/settings';
import { settingsTemplate } from '../../../doctor/settings-template.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'templates-'));
afterAll(() => rmSync(dir, { recursive: true }));

describe('a file to fill in', () => {
  const listed = JSON.parse(settingsTemplate()) as { name: string; value: string }[];
  const inAzure = { WEBSITE_SITE_NAME: 'app', AZURE_FUNCTIONS_ENVIRONMENT: 'Production' };
  const given = { ...Object.fromEntries(listed.map(({ name, value }) => [name, value])), ...inAzure };

  it('with app settings starts no service as it is, and one when it is filled in', () => {
    expect(() => readSettings(given)).toThrow('MCP_API_AUDIENCE has "CLIENT-ID-OF-THE-API"');
    const filled = { ...given, MCP_API_AUDIENCE: 'a1b2c3d4-0000-4000-8000-000000000000' };
    expect(readSettings(filled).tenants.map(({ slug }) => slug)).toEqual(['contoso']);
  });

  it('with the gateway’s values has every name that is wanted, and no secret', () => {
    const { values } = readGatewaySource(valuesTemplate());
    expect(values.namedValues['backend-key']).toHaveProperty('keyVaultSecret');
    expect(Object.keys(values.backends)).toEqual(['contoso', 'fabrikam']);
  });

  it('never takes the place of one that is there', () => {
    const file = path.join(dir, 'values.json');
    writeNew(file, 'first');
    expect(() => writeNew(file, 'second')).toThrow(`${file} is there already`);
    expect(existsSync(file) && readFileSync(file, 'utf8')).toBe('first');
  });
});
