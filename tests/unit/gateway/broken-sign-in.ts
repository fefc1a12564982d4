import { cors } from './broken-policies.ts';

/** The file of an operation of the sign-in. */
export const operation = (name: string) => `operations/sign-in-${name}.xml`;
const branch = (condition: string) => new RegExp(`<when condition='[^']*${condition}.*?</when>`, 's');

/** What is wrong, the file and what is changed there, and what the checks have to say of it. */
export const brokenSignIn: readonly (readonly [
  what: string,
  file: string,
  from: string | RegExp,
  to: string,
  complaint: string,
])[] = [
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
  ['an operation that pages cannot call', operation('token'), /<cors.*<\/cors>/s, '', 'pages of any origin'],
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
];
