import { runningTenants } from '../../emulators/stack/state.ts';
import type { Caller } from './access.ts';

/** Tools whose endpoint is the experts' one. */
const agentic = /^(ask_|trouble_shoot_)/;

/**
 * The endpoint that was asked for, else the one of the caller's tenant on the running local stack. Strangers have none
 * there; they knock at the first.
 */
export async function endpointUrl(asked: string | undefined, { tenant }: Caller, tool = ''): Promise<string> {
  if (asked !== undefined) {
    return asked;
  }
  const tenants = await runningTenants();
  const access = tenants?.[tenant.slug] ?? Object.values(tenants ?? {})[0];
  if (access === undefined) {
    return 'http://127.0.0.1:7071/contoso-mcp/mcp';
  }
  return agentic.test(tool) ? access.agentic : access.mcp;
}
