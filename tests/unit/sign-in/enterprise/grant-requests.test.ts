import { describe, expect, it } from 'vitest';
import { acme, assertion, document, problem, useAuthority, world } from './grant-world.ts';

useAuthority();

describe('a request', () => {
  it('for scopes that nobody grants gets ours alone, and none without it', async () => {
    const redeem = world();
    const asked = (scope: string) => redeem({ assertion: assertion(), client_id: document, scope });
    expect((await asked('writer mcp.access')).scope).toBe('mcp.access');
    await expect(asked('writer')).rejects.toThrowError(problem('invalid_scope', /mcp\.access/));
  });

  it('names no other resource than the assertion', async () => {
    const redeem = world();
    const asked = (resource: string) => redeem({ assertion: assertion(), client_id: document, resource });
    await expect(asked(`${acme.base}/mcp`)).resolves.toBeDefined();
    await expect(asked(`${acme.base}/agentic/mcp`)).rejects.toThrowError(
      problem('invalid_target', /resource/),
    );
  });

  it('comes from an application that may call', async () => {
    const redeem = world({}, ['another']);
    const redeemed = redeem({ assertion: assertion(), client_id: document });
    await expect(redeemed).rejects.toThrowError(problem('unauthorized_client', /allowed/));
  });
});
