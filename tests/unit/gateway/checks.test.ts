import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { directory } from '#emulators/identity/directory';
import type { Deployment } from '#gateway/checks/check';
import { problemsOf } from '#gateway/checks/index';
import { generatedFiles } from '#gateway/generate/files';
import { describeNamedValues } from '#gateway/generate/named-values';
import { policiesOf } from '#gateway/generate/policies-of';
import { staleFiles } from '#gateway/generate/stale';
import { readBundle, withTexts } from '#gateway/language/bundle';
import { checkRegistry, policiesFolder, type Registry, readRegistry } from '#gateway/registry';

const registry = readRegistry();
const whole: Deployment = {
  bundle: readBundle(policiesFolder),
  registry,
  namedValues: describeNamedValues(registry),
};

function complaints(deployment: Deployment): string[] {
  return problemsOf(deployment).map(
    ({ position, description }) => `${position.file}:${position.line}: ${description}`,
  );
}

/** The policies with one text of one file replaced. */
function changed(file: string, from: string | RegExp, to: string): Deployment {
  const source = readFileSync(`${policiesFolder}${file}`, 'utf8');
  const text = source.replace(from, to);
  expect(text).not.toBe(source);
  return { ...whole, bundle: withTexts(whole.bundle, [[file, text]]) };
}

function withTenants(change: (tenants: Registry['tenants']) => Registry['tenants']): Deployment {
  return { ...whole, registry: { ...registry, tenants: change(registry.tenants) } };
}

it('finds nothing wrong with the policies, and nothing stale', () => {
  expect(complaints(whole)).toEqual([]);
  expect([...staleFiles(policiesFolder).keys()]).toEqual([]);
});

const forward = '<forward-request timeout="230" buffer-response="false" />';
const cors =
  '<cors><allowed-origins><origin>*</origin></allowed-origins><allowed-methods><method>GET</method></allowed-methods><allowed-headers><header>A</header></allowed-headers></cors>';
const strip = '<include-fragment fragment-id="strip-headers" />';

it.each([
  [
    'an element that is not known',
    changed('global.xml', strip, `${strip}<quota />`),
    '<quota> is not a supported policy',
  ],
  ['another timeout', changed('global.xml', 'timeout="230"', 'timeout="60"'), 'needs timeout="230"'],
  ['buffering', changed('global.xml', ' buffer-response="false"', ''), 'needs buffer-response="false"'],
  [
    'a body that is read',
    changed('global.xml', '<value>no</value>', '<value>@(context.Response.Body.As())</value>'),
    'reads a body',
  ],
  [
    'validated content',
    changed('global.xml', forward, `${forward}<validate-content />`),
    '<validate-content> holds streams back',
  ],
  [
    'something before the removal',
    changed('global.xml', strip, `<set-variable name="a" value="b" />${strip}`),
    '<set-variable> stands before the removal',
  ],
  [
    'something before validation',
    changed('global.xml', strip, `${strip}<set-backend-service backend-id="contoso" />`),
    '<set-backend-service> stands before validate-jwt',
  ],
  [
    'no removal of a trusted header',
    changed('fragments/strip-headers.xml', '<set-header name="X-Gateway-Key" exists-action="delete" />', ''),
    'does not delete X-Gateway-Key',
  ],
  [
    'no validation',
    changed('api-contoso.xml', /<validate-jwt.*<\/validate-jwt>/s, ''),
    'forwards without validate-jwt',
  ],
  [
    'a named value that is not described',
    changed('fragments/backend.xml', '{{backend-key}}', '{{other}}'),
    'fragments/backend.xml:8: the named value {{other}} is not described',
  ],
  [
    'a named value that is not used',
    changed('global.xml', /{{allowed-origin}}/g, 'x'),
    'no policy uses the named value {{allowed-origin}}',
  ],
  [
    'a second policy in the backend section',
    changed('global.xml', forward, `<set-header name="A" exists-action="delete" />${forward}`),
    '<backend> holds one policy',
  ],
  [
    'a policy beside base in the backend section',
    changed(
      'api-contoso.xml',
      '<backend>\n    <base />',
      '<backend>\n    <trace source="a"><message>b</message></trace>\n    <base />',
    ),
    '<backend> holds one policy',
  ],
  [
    'a fragment of two policies in the backend section',
    changed(
      'api-contoso.xml',
      '<backend>\n    <base />',
      '<backend>\n    <include-fragment fragment-id="caller" />',
    ),
    '<backend> holds one policy',
  ],
  [
    'cors twice in a section',
    changed('global.xml', strip, `${cors}${strip}`),
    '<cors> can be used once in a section',
  ],
  [
    'cors behind another policy',
    changed('global.xml', '<inbound>', '<inbound><set-header name="A" exists-action="delete" />'),
    '<cors> is not the first policy of inbound',
  ],
  [
    'a variable of a type that variables cannot have',
    changed(
      'fragments/backend.xml',
      '<fragment>',
      `<fragment><set-variable name="a" value='@(new string[] { "b" })' />`,
    ),
    'a variable cannot hold a string[]',
  ],
  [
    'a claim without an accepted value',
    changed(
      'api-contoso.xml',
      /<claim name="tid" match="any">.*?<\/claim>/s,
      '<claim name="tid" match="any" />',
    ),
    '<claim> needs <value>',
  ],
  [
    'child elements in another order',
    changed('fragments/problem.xml', /(<set-status.*?\/>)(.*?)(<set-body>.*<\/set-body>)/s, '$3$2$1'),
    'must stand before <set-body>',
  ],
  [
    'a window that is longer than allowed',
    changed('fragments/rate-limits.xml', 'renewal-period="60"', 'renewal-period="301"'),
    'renewal-period is at most 300',
  ],
  [
    'a fragment that holds nothing',
    changed('fragments/trace-context.xml', /<set-header.*<\/set-header>/s, ''),
    '<fragment> holds at least one policy',
  ],
  [
    'a header that the gateway does not let policies change',
    changed('global.xml', '<set-header name="X-Accel-Buffering"', '<set-header name="Transfer-Encoding"'),
    'cannot change the header Transfer-Encoding',
  ],
  [
    'the tenant counted before the user',
    changed('fragments/rate-limits.xml', /(<rate-limit-by-key.*\/>)\s*(<rate-limit-by-key.*\/>)/, '$2$1'),
    'counts the tenant before the user',
  ],
  [
    'a directory that may vouch for another',
    changed('fragments/caller.xml', /<when.*?<\/when>/s, ''),
    'a token of one directory that names another does not set token-problem',
  ],
  [
    'a refusal that nobody is told of',
    changed('api-contoso.xml', '<include-fragment fragment-id="report-refusal" />', ''),
    'this refuses a call, and the backend is not told',
  ],
  [
    'a refusal that is told after its answer',
    changed(
      'api-contoso.xml',
      /(<include-fragment fragment-id="count-refusal" \/>)\s*(<include.*?\/>)/,
      '$2$1',
    ),
    'this refuses a call, and the backend is not told',
  ],
  [
    "refusals that go to another tenant's backend",
    changed('api-contoso.xml', '{{backend-url-contoso}}', '{{backend-url-fabrikam}}'),
    "contoso's refusals go to {{backend-url-contoso}}/gateway/refusals",
  ],
  [
    'a report to an address that a client could choose',
    changed(
      'fragments/report-refusal.xml',
      /<set-url>.*<\/set-url>/,
      '<set-url>@(context.Request.Headers.GetValueOrDefault("A", ""))</set-url>',
    ),
    'a report goes to the variable refusals-url and nowhere else',
  ],
  [
    'a report with the token in it',
    changed('fragments/count-refusal.xml', '"traceparent", ""', '"Authorization", ""'),
    'a report holds no token',
  ],
  [
    'a report without the gateway key',
    changed('fragments/count-refusal.xml', /<set-header name="X-Gateway-Key".*?<\/set-header>/s, ''),
    'a report shows the gateway key',
  ],
  [
    'a one-way request that copies what the client sent',
    changed('fragments/count-refusal.xml', 'mode="new"', 'mode="copy"'),
    'must be one of new',
  ],
  [
    'an issuer of another tenant',
    changed(
      'api-contoso.xml',
      '</issuers>',
      '<issuer>{{authority}}/f0000000-0000-4000-8000-000000000002/v2.0</issuer></issuers>',
    ),
    'is not of this tenant',
  ],
  [
    'a directory of another tenant',
    changed('api-contoso.xml', '</claim>', '<value>f0000000-0000-4000-8000-000000000002</value></claim>'),
    'is not of this tenant',
  ],
])('finds %s', (_, deployment, wanted) => {
  expect(complaints(deployment).join('\n')).toContain(wanted);
});

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

  const operation = (name: string) => `operations/sign-in-${name}.xml`;
  const branch = (condition: string) => new RegExp(`<when condition='[^']*${condition}.*?</when>`, 's');

  it('finds nothing wrong', () => {
    expect(complaints(ownServers)).toEqual([]);
  });

  it.each([
    [
      'an operation without limits',
      'sign-in-contoso.xml',
      '<include-fragment fragment-id="sign-in-limits" />',
      '',
      'contoso-mcp-sign-in token forwards without rate-limit-by-key',
    ],
    [
      'a backend that is chosen before the limits',
      'sign-in-contoso.xml',
      /(<include-fragment fragment-id="sign-in-limits" \/>)(.*)(<include-fragment fragment-id="backend" \/>)/s,
      '$3$2$1',
      '<set-backend-service> stands before rate-limit-by-key',
    ],
    [
      'forgeable headers that stay',
      'operations/server-metadata-contoso.xml',
      '<include-fragment fragment-id="strip-headers" />',
      '',
      'does not delete X-Gateway-Key before rate-limit-by-key',
    ],
    [
      'the tenant counted before the address',
      'fragments/sign-in-limits.xml',
      /(<rate-limit-by-key.*\/>)\s*(<rate-limit-by-key.*\/>)/,
      '$2$1',
      'counts the tenant before the user',
    ],
    [
      'an operation that pages cannot call',
      operation('token'),
      /<cors.*<\/cors>/s,
      '',
      'pages of any origin',
    ],
    [
      'a page that may call what people go to',
      operation('authorize'),
      '<base />',
      `${cors}<base />`,
      'no page',
    ],
    [
      'cookies that come along',
      operation('register'),
      '<set-header name="Cookie" exists-action="delete" />',
      '',
      'cookies must not come along',
    ],
    [
      'an origin that two would answer for',
      operation('revoke'),
      '<set-header name="Origin" exists-action="delete" />',
      '',
      'a backend that sees the origin answers for it once more',
    ],
    [
      'an origin that the backend has to see',
      operation('consent'),
      '<base />',
      '<base /><set-header name="Origin" exists-action="delete" />',
      'the backend has to see where its form comes from',
    ],
    ['scripts', operation('callback'), branch('Sec-Fetch-Dest'), '', 'what a script asks for'],
    ["other pages' forms", operation('consent'), branch('"Origin"'), '', 'forms of other pages'],
    ['bodies of any length', operation('token'), branch('Content-Length'), '', 'a body that is too long'],
    [
      'bodies of any kind',
      operation('register'),
      branch('Content-Type'),
      '',
      'a body that is not application/json',
    ],
    [
      'a query where none belongs',
      operation('callback'),
      'copy-unmatched-params="false"',
      'copy-unmatched-params="true"',
      'the query must not reach the backend',
    ],
    [
      'a request without its query',
      operation('authorize'),
      'copy-unmatched-params="true"',
      'copy-unmatched-params="false"',
      'the query has to reach the backend',
    ],
    [
      'a refusal that nobody is told of',
      operation('consent'),
      '<include-fragment fragment-id="count-refusal" />',
      '',
      'this refuses a call, and the backend is not told',
    ],
    [
      "refusals that go to another tenant's backend",
      'sign-in-contoso.xml',
      '{{backend-url-contoso}}',
      '{{backend-url-fabrikam}}',
      "contoso's refusals go to {{backend-url-contoso}}/gateway/refusals",
    ],
  ])('finds %s', (_, file, from, to, wanted) => {
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

it('finds tenants that share a directory, a route or a slug, or have no plan or issuer', () => {
  const [contoso, fabrikam] = registry.tenants;
  if (contoso === undefined || fabrikam === undefined) {
    throw new Error('There are two tenants.');
  }
  const twice = complaints(withTenants(() => [contoso, { ...contoso, plan: 'gold' }, fabrikam]));
  expect(twice).toContain(`tenants.json:1: the directory id ${contoso.tenantIds[0]} appears twice`);
  expect(twice).toContain('tenants.json:1: the route contoso-mcp appears twice');
  expect(twice).toContain('tenants.json:1: the slug contoso appears twice');
  expect(twice).toContain('tenants.json:1: contoso is on the plan "gold", which does not exist');
  const moved = complaints(
    withTenants(() => [{ ...contoso, tenantIds: ['e0000000-0000-4000-8000-00000000000e'] }, fabrikam]),
  );
  expect(moved.join('\n')).toContain('contoso has no issuer');
  expect(moved.join('\n')).toContain('contoso has no tid');
  expect(moved.join('\n')).toContain('is not of this tenant');
});

it('finds tenants that share a backend and sign in in different ways', () => {
  const [contoso, fabrikam] = registry.tenants.map((tenant) => ({ ...tenant, backend: 'pooled' }));
  if (contoso === undefined || fabrikam === undefined) {
    throw new Error('There are two tenants.');
  }
  const wanted = 'contoso shares the backend pooled with a tenant that signs in another way';
  const ways = (first: 'remote' | 'proxy', second: 'remote' | 'proxy') =>
    complaints(
      withTenants(() => [
        { ...contoso, signIn: first },
        { ...fabrikam, signIn: second },
      ]),
    ).join('\n');
  expect(ways('remote', 'proxy')).toContain(wanted);
  expect(ways('proxy', 'proxy')).not.toContain(wanted);
});

describe('sizes', () => {
  const padded = (file: string, bytes: number) => changed(file, /^/, `<!--${'x'.repeat(bytes)}-->`);

  it.each([
    ['a fragment of more than 32 KiB', 'fragments/backend.xml', 32_768, 'a fragment has at most 32 KiB'],
    ['a document of more than 256 KiB', 'api-contoso.xml', 262_144, 'a policy document has at most 256 KiB'],
  ])('%s', (_, file, bytes, wanted) => {
    expect(complaints(padded(file, bytes)).join('\n')).toContain(`${file}:1: `);
    expect(complaints(padded(file, bytes)).join('\n')).toContain(wanted);
    expect(complaints(padded(file, Math.floor(bytes / 2)))).toEqual([]);
  });

  it('counts what the fragments add to a document', () => {
    const almost = padded('api-contoso.xml', 262_144 - 9_000);
    expect(complaints(almost).join('\n')).toContain('with its fragments');
  });

  it('counts bytes, not characters', () => {
    const text = changed('fragments/backend.xml', /^/, `<!--${'é'.repeat(16_400)}-->`);
    expect(complaints(text).join('\n')).toContain('a fragment has at most 32 KiB');
  });

  it('knows what the Consumption tier has less of', () => {
    const consumption = { ...whole, tier: 'consumption' } as const;
    expect(complaints(consumption).join('\n')).toContain('the Consumption tier has no <rate-limit-by-key>');
    const large = { ...padded('global.xml', 16_384), tier: 'consumption' } as const;
    expect(complaints(large).join('\n')).toContain('a policy document has at most 16 KiB');
  });
});

it('finds an endpoint without metadata, and a file that nothing uses', () => {
  const { description } = whole.bundle;
  const apis = description.apis.filter(({ id }) => id !== 'oauth-metadata');
  const bundle = { ...whole.bundle, description: { ...description, apis } };
  expect(complaints({ ...whole, bundle })).toContain(
    'apis.json:1: there is no operation GET /.well-known/oauth-protected-resource/contoso-mcp/mcp',
  );
  const unused = withTexts(whole.bundle, [['fragments/old.xml', '<fragment />']]);
  expect(complaints({ ...whole, bundle: unused })).toContain('fragments/old.xml:1: nothing uses this file');
});

it('refuses a registry that is not right', () => {
  expect(() => checkRegistry({ plans: {}, tenants: [] })).toThrow('tenants');
  const tenants = registry.tenants.map((tenant) => ({ ...tenant, route: '../x' }));
  expect(() => checkRegistry({ ...registry, tenants })).toThrow('tenants.0.route');
});

it.each(registry.tenants)('$slug has people who can sign in on this machine', ({ slug, tenantIds }) => {
  const found = directory.find((tenant) => tenant.slug === slug);
  expect(found).toMatchObject({ tid: tenantIds[0] });
  expect(found?.users.length).toBeGreaterThan(0);
});
