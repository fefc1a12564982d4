import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eras } from './door-messages.ts';
import { startTarget, type Target } from './target.ts';

const clientCredentials = 'io.modelcontextprotocol/oauth-client-credentials';

let target: Target;
beforeAll(async () => {
  target = await startTarget();
});
afterAll(() => target?.stop());

/** What the server says to a caller of the tenant that it can. */
async function extensionsFor(tid: string, path: string, era: (typeof eras)[number]) {
  const modern = era === '2026-07-28';
  const { status, text } = await target.rpc({
    path,
    era,
    token: target.authority.mint(tid),
    method: modern ? 'server/discover' : 'initialize',
    ...(!modern && {
      params: { protocolVersion: era, capabilities: {}, clientInfo: { name: 'tests', version: '1' } },
    }),
  });
  expect(status).toBe(200);
  const data = /^data: (.+)$/m.exec(text)?.[1] ?? text;
  const { result } = JSON.parse(data) as { result: { capabilities: { extensions?: object } } };
  return Object.keys(result.capabilities.extensions ?? {});
}

describe.each(eras)('a server of %s', (era) => {
  it.each(['/mcp', '/agentic/mcp'])('says at %s that applications need no person', async (path) => {
    for (const { tid } of target.tenants) {
      expect(await extensionsFor(tid, path, era)).toContain(clientCredentials);
    }
  });
});
