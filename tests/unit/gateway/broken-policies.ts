import type { Deployment } from '#gateway/checks/check';
import { changed } from './deployments.ts';

const forward = '<forward-request timeout="230" buffer-response="false" />';
export const cors =
  '<cors><allowed-origins><origin>*</origin></allowed-origins><allowed-methods><method>GET</method></allowed-methods><allowed-headers><header>A</header></allowed-headers></cors>';
const strip = '<include-fragment fragment-id="strip-headers" />';

/** What is wrong, the policies with that fault, and what the checks have to say of it. */
export const brokenPolicies: readonly (readonly [what: string, deployment: Deployment, complaint: string])[] =
  [
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
      changed(
        'fragments/strip-headers.xml',
        '<set-header name="X-Gateway-Key" exists-action="delete" />',
        '',
      ),
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
  ];
