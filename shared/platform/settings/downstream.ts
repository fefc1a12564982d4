import * as z from 'zod';
import type { DownstreamOptions, ServiceProof } from '../downstream/options.ts';
import type { AuthSettings } from './auth.ts';
import { keyRing } from './keys.ts';
import { type Environment, SettingsError, text } from './read.ts';
import type { TenantSettings } from './tenants.ts';
import type { Where } from './where.ts';

const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/**
 * How calls act for their users at other services (`DOWNSTREAM_IDENTITY`).
 * @returns undefined where they do not
 */
export function readDownstream(
  env: Environment,
  where: Where,
  auth: AuthSettings,
  tenants: readonly TenantSettings[],
): DownstreamOptions | undefined {
  const proof = readProof(env, where);
  if (proof === undefined) {
    return undefined;
  }
  if (auth.mode !== 'jwt') {
    throw new SettingsError(
      `AUTH_MODE is ${auth.mode}, in which there is no token of a user to act with; remove DOWNSTREAM_IDENTITY and DOWNSTREAM_SECRET, or set AUTH_MODE to jwt.`,
    );
  }
  const { authority, identifier, audiences } = auth;
  const clientId = audiences.map((audience) => guid.exec(audience)?.[0]).find((id) => id !== undefined);
  if (clientId === undefined && tenants.every(({ exchange }) => exchange === undefined)) {
    throw new SettingsError(
      "MCP_API_AUDIENCE has no client id, and DOWNSTREAM_IDENTITY is set: users can be acted for by the API's own registration only; add its client id to the audience, or give a tenant an exchange.",
    );
  }
  return { clientId: clientId ?? '', proof, authority, identifier, tenants };
}

function readProof(env: Environment, { development, azure }: Where): ServiceProof | undefined {
  const [identity, secrets] = [text(env, 'DOWNSTREAM_IDENTITY'), keyRing(env, 'DOWNSTREAM_SECRET')];
  if (secrets !== undefined && (azure || !development)) {
    throw new SettingsError(
      'DOWNSTREAM_SECRET is set, which is for a developer’s machine alone; remove it, and set DOWNSTREAM_IDENTITY, which needs no secret.',
    );
  }
  if (secrets !== undefined && identity !== undefined) {
    throw new SettingsError('DOWNSTREAM_IDENTITY and DOWNSTREAM_SECRET are set; keep only one of them.');
  }
  if (identity !== undefined && !z.guid().safeParse(identity).success) {
    throw new SettingsError(
      `DOWNSTREAM_IDENTITY is "${identity}"; it must be the client id of a user-assigned managed identity, a GUID.`,
    );
  }
  if (identity !== undefined) {
    return { identity };
  }
  return secrets && { secrets };
}
