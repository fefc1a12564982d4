import { stackUrl } from '../stack/state.ts';

/** The endpoint that was asked for, else that of the running local stack, else where it would be. */
export async function endpointUrl(asked: string | undefined): Promise<string> {
  return asked ?? (await stackUrl()) ?? 'http://localhost:7071/mcp';
}
