import { expect, test } from 'vitest';
import { permissionTable } from '#contoso/access/roles';
import { issuersOf } from '#platform/identity/issuers';
import type { TenantId } from '#platform/identity/tenant';
import { readAuth } from '#platform/settings/auth';
import { SettingsError } from '#platform/settings/read';

const tid = 'c0000000-0000-4000-8000-000000000001';
const tenants = [{ slug: 'contoso' as TenantId, tenantIds: [tid] }];

test.each([
  ['https://login.microsoftonline.com', 'https://sts.windows.net'],
  ['https://login.microsoftonline.us', 'https://sts.windows.net'],
  ['https://login.partner.microsoftonline.cn', 'https://sts.chinacloudapi.cn'],
  ['https://login.example.com', 'https://login.example.com'],
])('%s: v2 tokens name it, v1 tokens name %s', (authority, v1) => {
  expect([...issuersOf(tenants, authority).values()].map(({ issuer, version }) => [version, issuer])).toEqual(
    [
      ['2.0', `${authority}/${tid}/v2.0`],
      ['1.0', `${v1}/${tid}/`],
    ],
  );
});

test.each([
  ['https://login.windows.net', 'https://login.microsoftonline.com'],
  ['https://login.usgovcloudapi.net', 'https://login.microsoftonline.us'],
  ['https://login.chinacloudapi.cn', 'https://login.partner.microsoftonline.cn'],
])('%s as AUTHORITY stops the start: no token names it', (AUTHORITY, right) => {
  const env = { AUTHORITY, MCP_API_AUDIENCE: 'a1b2c3d4-0000-4000-8000-000000000000' };
  const read = () => readAuth(env, { development: false, azure: true }, permissionTable, []);
  expect(read).toThrow(SettingsError);
  expect(read).toThrow(`must be ${right}.`);
});
