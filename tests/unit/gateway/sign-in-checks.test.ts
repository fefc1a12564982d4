import { describe, expect, it } from 'vitest';
import type { Deployment } from '#gateway/checks/check';
import { generatedFiles } from '#gateway/generate/files';
import { describeNamedValues } from '#gateway/generate/named-values';
import { policiesOf } from '#gateway/generate/policies-of';
import { withTexts } from '#gateway/language/bundle';
import type { Registry } from '#gateway/registry';
import { brokenSignIn, operation } from './broken-sign-in.ts';
import { complaints, registry } from './deployments.ts';

describe('at the sign-in', () => {
  const proxied: Registry = {
    ...registry,
    tenants: registry.tenants.map((tenant) => ({ ...tenant, signIn: 'proxy' })),
  };
  const ownServers: Deployment = {
    bundle: policiesOf(proxied),
    registry: proxied,
    namedValues: describeNamedValues(proxied),
  };

  function changedSignIn(file: string, from: string | RegExp, to: string): Deployment {
    const source = generatedFiles(proxied).get(file) ?? '';
    const text = source.replace(from, to);
    expect(text).not.toBe(source);
    return { ...ownServers, bundle: withTexts(ownServers.bundle, [[file, text]]) };
  }

  it('finds nothing wrong', () => {
    expect(complaints(ownServers)).toEqual([]);
  });

  it.each(brokenSignIn)('finds %s', (_, file, from, to, wanted) => {
    expect(complaints(changedSignIn(file, from, to)).join('\n')).toContain(wanted);
  });

  it.each([
    [
      'a missing operation',
      ({ id }: { id: string }) => id !== 'revoke',
      'no operation POST /contoso-mcp/oauth/revoke',
    ],
    [
      'missing metadata',
      ({ id }: { id: string }) => id !== 'contoso-openid-configuration',
      'no operation GET /.well-known/openid-configuration/contoso-mcp',
    ],
  ])('finds %s', (_, isKept, wanted) => {
    const { description } = ownServers.bundle;
    const apis = description.apis.map((api) => ({ ...api, operations: api.operations.filter(isKept) }));
    const bundle = { ...ownServers.bundle, description: { ...description, apis } };
    expect(complaints({ ...ownServers, bundle }).join('\n')).toContain(wanted);
  });

  it('finds a place for an answer that is longer than a query may be', () => {
    const { description } = ownServers.bundle;
    const callback = {
      id: 'get-callback',
      method: 'GET',
      urlTemplate: '/callback',
      policy: operation('callback'),
    } as const;
    const apis = description.apis.map((api) =>
      api.id === 'contoso-mcp-sign-in' ? { ...api, operations: [...api.operations, callback] } : api,
    );
    const bundle = { ...ownServers.bundle, description: { ...description, apis } };
    expect(complaints({ ...ownServers, bundle }).join('\n')).toContain(
      'GET /contoso-mcp/oauth/callback takes a code in the query, which has at most 2048 bytes',
    );
  });
});
