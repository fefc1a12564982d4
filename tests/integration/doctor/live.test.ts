import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Judged } from '#doctor/checks/index';
import { endpointsOf } from '#platform/settings';
import { switchStore } from '#platform/storage/switch-store';
import { type Authority, startAuthority } from '../../support/authority.ts';
import { testStorage } from '../../support/azurite.ts';
import { runEntry } from '../../support/run.ts';
import { environment, type Service, startService, tokenFor } from '../../support/service.ts';
import { apiClientId } from '../../support/token-claims.ts';

let authority: Authority;
let dir: string;
let verifying: Service;
let trusting: Service;

beforeAll(async () => {
  authority = await startAuthority();
  dir = await mkdtemp(path.join(tmpdir(), 'doctor-'));
  const env = { AUTH_MODE: 'jwt', AUTHORITY: authority.url, MCP_API_AUDIENCE: apiClientId };
  [verifying, trusting] = await Promise.all([startService({ env }), startService()]);
});

afterAll(async () => {
  await Promise.all([verifying?.stop(), trusting?.stop(), authority?.stop()]);
  await rm(dir, { recursive: true });
});

const urlOf = ({ host }: Service) => endpointsOf(`http://localhost:${host.port}`).mcp;

/** Runs the command; gives the items by id. */
async function examine(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { code, output } = await runEntry('doctor/cli.ts', ['--json', ...args], env);
  const items = JSON.parse(output) as Judged[];
  return { code, items: new Map(items.map((item) => [item.id, item])) };
}

/** A file with the settings of a service, as the Azure CLI prints them. */
async function settingsFile({ tenants }: Service): Promise<string> {
  const file = path.join(dir, 'settings.json');
  const settings = Object.entries(environment(tenants)).map(([name, value]) => ({ name, value }));
  await writeFile(file, JSON.stringify(settings));
  return file;
}

describe('a service that verifies tokens', () => {
  it('passes what can be seen from outside', async () => {
    const [tenant] = verifying.tenants;
    const { items } = await examine(
      ['--settings', await settingsFile(verifying), '--url', urlOf(verifying)],
      {
        DOCTOR_TOKEN: authority.mint(tenant.tid, {
          roles: ['query', 'billing'],
          idtyp: 'user',
          xms_act_fct: '3 9',
        }),
        DOCTOR_ROLELESS_TOKEN: authority.mint(tenant.tid, { roles: [] }),
      },
    );
    const seen = [
      'edge.tls',
      'edge.challenge',
      'backend.forgery',
      'backend.roles',
      'backend.actor',
      'backend.no-role',
      'backend.audit',
      'backend.metadata-live',
      'agentic.labels',
      'operations.typed-live',
      'operations.switches',
    ];
    for (const id of seen) {
      expect(items.get(id), id).toMatchObject({ status: 'pass' });
    }
    expect(items.get('operations.streaming-live')).toMatchObject({
      status: 'skipped',
      reason: 'No long job was asked for: give --long-job.',
    });
  });

  it('has what is switched off said, and misses no tool that is', async () => {
    const [{ slug, tid }] = verifying.tenants;
    const off = { tenant: slug, what: 'tool:get_promotions' } as const;
    const store = switchStore(await testStorage());
    const since = new Date().toISOString();
    await store.add({ ...off, by: 'operator:ada', reason: 'a test', since });
    const { items } = await examine(
      ['--settings', await settingsFile(verifying), '--url', urlOf(verifying)],
      { DOCTOR_TOKEN: authority.mint(tid, { roles: ['query'] }) },
    );
    await store.remove(off);
    expect(items.get('operations.switches')).toMatchObject({
      status: 'warn',
      reason: `Switched off: tool:get_promotions for ${slug}, since ${since}.`,
    });
    expect(items.get('backend.roles')).toMatchObject({ status: 'pass' });
  });

  it('passes as a whole when only the open door is looked at', async () => {
    const { code, items } = await examine(['--only-live', '--url', urlOf(verifying)]);
    expect(code, JSON.stringify([...items.values()].filter(({ status }) => status === 'fail'))).toBe(0);
    expect(items.get('backend.settings')).toMatchObject({ status: 'skipped' });
  });
});

describe('a service that believes everybody', () => {
  it('fails', async () => {
    const [tenant] = trusting.tenants;
    const token = tokenFor(tenant, []);
    const { code, items } = await examine(['--only-live', '--url', urlOf(trusting), '--token', token]);
    expect(code).toBe(1);
    expect(items.get('backend.forgery')).toMatchObject({
      status: 'fail',
      reason: 'A forged token was answered with 200.',
    });
    expect(items.get('backend.metadata-live')).toMatchObject({
      status: 'fail',
      reason: expect.stringMatching(/answered with 404 and no metadata/),
    });
  });
});

describe('the command', () => {
  it('fails when nothing answers', async () => {
    const { code, items } = await examine(['--only-live', '--url', 'http://127.0.0.1:1/mcp']);
    expect(code).toBe(1);
    expect(items.get('edge.challenge')).toMatchObject({
      status: 'fail',
      reason: expect.stringMatching(/^fetch failed: /),
    });
  });

  it('prints a checklist for people', async () => {
    const { code, output } = await runEntry('doctor/cli.ts', ['--settings', 'local.settings.sample.json']);
    expect(code).toBe(1);
    expect(output).toMatch(/FAIL {2}Tokens are verified, and passthrough is off \(backend\.verification\)/);
    expect(output).toMatch(/\d+ pass, \d+ warn, \d+ fail, \d+ skipped\n$/);
  });

  it.each([
    [['--what'], 2, /Unknown option '--what'.*npm run doctor/s],
    [['--settings', 'none.json'], 1, /^none\.json cannot be read/],
    [['--help'], 0, /^Checks a deployment/],
  ])('%j ends with one message', async (args, expected, message) => {
    const { code, output } = await runEntry('doctor/cli.ts', args);
    expect(code).toBe(expected);
    expect(output).toMatch(message);
    expect(output).not.toMatch(/^\s+at /m);
  });
});
