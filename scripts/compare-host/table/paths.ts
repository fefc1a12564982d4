import type { RequestRow } from '../row.ts';
import { bare, one } from './asking.ts';

const withoutToken = (name: string, target: string) => one(name, bare(`POST ${target}`));

/** Which function an address leads to, and what the host keeps for itself. */
export const pathRows: readonly RequestRow[] = [
  one('GET /health/live', bare('GET /health/live')),
  one('GET /health/live with a query', bare('GET /health/live?one=1&one=2&empty=')),
  one('HEAD /health/live', bare('HEAD /health/live')),
  one('POST /health/live', bare('POST /health/live')),
  one('GET /health/ready', bare('GET /health/ready')),
  one('GET of what does not exist', bare('GET /nowhere')),
  one('HEAD of what does not exist', bare('HEAD /nowhere')),
  one('OPTIONS of what does not exist', bare('OPTIONS /nowhere')),
  one('GET /api/mcp', bare('GET /api/mcp')),
  withoutToken('a slash at the end', '/mcp/'),
  withoutToken('a path in upper case', '/MCP'),
  withoutToken('a path with dot segments', '/x/../mcp'),
  withoutToken('an encoded letter in a path', '/%6dcp'),
  withoutToken('an encoded slash in a path', '/agentic%2Fmcp'),
  one('GET //', bare('GET //')),
  one('GET /health//live', bare('GET /health//live')),
  one('a target in absolute form', bare('GET {origin}/health/live')),
  one('GET /', bare('GET /'), {
    compares: ['status', 'headers', 'body'],
    note: 'a page of 150 KB, unless `AzureWebJobsDisableHomepage` is `true`',
    decided: [
      { part: 'status', why: 'one of the two has AzureWebJobsDisableHomepage' },
      { part: 'headers', why: 'as its body' },
      { part: 'body', why: 'a page of 150 KB for visitors is of no use on a developer’s machine' },
    ],
  }),
  ...[
    'GET /admin/host/status',
    'GET /admin/functions',
    'GET /runtime/webhooks/durabletask/instances/nobody',
  ].map((line) =>
    one(`${line} without a key`, bare(line), {
      note: 'with `WWW-Authenticate: Bearer`',
      decided: (['status', 'headers', 'body'] as const).map((part) => ({
        part,
        why: 'open on a developer’s machine, unless --enable-auth',
      })),
    }),
  ),
];
