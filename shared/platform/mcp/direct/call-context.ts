import type { ServerContext } from '@modelcontextprotocol/server';
import type { Principal } from '../../identity/principal.ts';
import { authInfoOf } from '../principal.ts';

/** Calls that are answered directly ask and tell nobody anything on the way. */
function nothing(): never {
  throw new Error('A call that is answered at once sends nothing but its answer.');
}

/** What the protocol layer would say of a request whose answer is all that is sent. */
export function callContext(request: Request, id: string | number, principal: Principal): ServerContext {
  return {
    mcpReq: {
      id,
      method: 'tools/call',
      requestState: () => undefined,
      signal: request.signal,
      send: nothing,
      notify: nothing,
      log: nothing,
      elicitInput: nothing,
      requestSampling: nothing,
    },
    http: {
      req: request,
      // hardly anything asks for it
      get authInfo() {
        return authInfoOf(principal, request.headers.get('mcp-protocol-version')?.trim());
      },
    },
  };
}
