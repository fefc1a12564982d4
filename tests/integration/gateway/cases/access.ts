import assert from 'node:assert/strict';
import { permissionsOf, roles } from '#contoso/access/roles';
import { ownExposure } from '#gateway/generate/exposure';
import { assertForwarded, assertRefused } from './assertions.ts';
import { type Case, everywhere, otherOf, paths, send, tenants, userToken } from './case.ts';

const callOf = (tool: string) => ({ 'mcp-method': 'tools/call', 'mcp-name': tool });

/** Every tool × every role, as the product's table says; and a user without any role. */
const toolCases: readonly Case[] = ownExposure.tools.flatMap(({ name, permission }, index) =>
  ['nobody', ...roles].map((role): Case => {
    const allowed = permissionsOf([role]).has(permission);
    const tenant = tenants[index % 2] ?? 'contoso';
    const path = paths[index % 2] ?? '/mcp';
    return {
      name: `${role} calls ${name}: ${allowed ? 200 : 403}`,
      variant: 'ordinary',
      async run(edge, surroundings) {
        const token = await userToken(surroundings.authority, tenant, role);
        const outcome = await send(edge, surroundings, { tenant, path, token, headers: callOf(name) });
        if (allowed) {
          assertForwarded(outcome, tenant);
          return;
        }
        const detail = `The tool needs the permission ${permission}; ask your administrator for a role that has it.`;
        assertRefused(outcome, 403, 'Forbidden', detail);
      },
    };
  }),
);

/** What is not the call of a known tool is the backend's to judge. */
const passed: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'mcp-method': 'tools/list' },
  { 'mcp-method': 'resources/read', 'mcp-name': 'unlock_account' },
  callOf('no_such_tool'),
];

const passedCases = passed.flatMap((headers) =>
  everywhere((tenant, path) => ({
    name: `a user without a role sends ${JSON.stringify(headers)} to ${tenant} ${path}: 200`,
    variant: 'ordinary',
    async run(edge, surroundings) {
      const token = await surroundings.authority.token(tenant);
      assertForwarded(await send(edge, surroundings, { tenant, path, token, headers }), tenant);
    },
  })),
);

/** Refusals are told to the telemetry. */
const traceCases = everywhere((tenant, path) => ({
  name: `refusals at ${tenant} ${path} are traced`,
  variant: 'ordinary',
  async run(edge, surroundings) {
    const { authority } = surroundings;
    const oid = `oid-of-${tenant}${path}`;
    const stranger = otherOf(tenant);
    await send(edge, surroundings, { tenant, path, token: await authority.token(stranger) });
    const token = await authority.token(tenant, { oid, roles: ['query'] });
    await send(edge, surroundings, { tenant, path, token, headers: callOf('unlock_account') });
    const common = { source: 'edge', severity: 'information' };
    assertTraced(edge.events, {
      ...common,
      message: 'The token is of another organisation.',
      metadata: { route: `${tenant}-mcp` },
    });
    assertTraced(edge.events, {
      ...common,
      message: 'The caller lacks a permission.',
      metadata: { oid, tool: 'unlock_account' },
    });
  },
}));

function assertTraced(events: readonly unknown[], wanted: unknown): void {
  const texts = events.map((event) => JSON.stringify(event));
  assert.ok(texts.includes(JSON.stringify(wanted)));
}

export const accessCases: readonly Case[] = [...toolCases, ...passedCases, ...traceCases];
