import { assertProblem } from './assertions.ts';
import { type Case, everywhere, send, userToken } from './case.ts';

export const unreachable = 'The service cannot be reached. Try again in a minute.';
const tooSlow = 'The service did not answer in time. Try again later.';
const gatewayFault = 'The gateway could not handle the request. Try again later.';

const backendDown = everywhere((tenant, path) => ({
  name: `${tenant} ${path} answers 502 while its backend is down`,
  variant: 'without-backend',
  async run(edge, surroundings) {
    const token = await userToken(surroundings.authority, tenant, 'query');
    const outcome = await send(edge, surroundings, { tenant, path, token });
    assertProblem(outcome, 502, 'Bad Gateway', unreachable);
  },
}));

const backendSlow = everywhere((tenant, path) => ({
  name: `${tenant} ${path} answers 504 when its backend does not answer in time`,
  variant: 'short time-out',
  async run(edge, surroundings) {
    const token = await userToken(surroundings.authority, tenant, 'query');
    const outcome = await send(edge, surroundings, { tenant, path, token, headers: { 'x-hang': '1' } });
    assertProblem(outcome, 504, 'Gateway Timeout', tooSlow);
  },
}));

/** Not 401: the caller's token may be perfectly good. */
const authorityDown = everywhere((tenant, path) => ({
  name: `${tenant} ${path} answers 500 while no signing keys can be had`,
  variant: 'without-authority',
  async run(edge, surroundings) {
    const token = await userToken(surroundings.authority, tenant, 'query');
    const outcome = await send(edge, surroundings, { tenant, path, token });
    assertProblem(outcome, 500, 'Internal Server Error', gatewayFault);
  },
}));

const nowhere: readonly [method: string, path: string][] = [
  ['POST', '/'],
  ['GET', '/mcp'],
  ['GET', '/contoso-mcp'],
  ['POST', '/contoso-mcp/'],
  ['POST', '/contoso-mcp/mcp//'],
  ['POST', '/contoso-mcp/mcp/more'],
  ['POST', '/contoso-mcp/health/ready'],
  ['PUT', '/contoso-mcp/mcp'],
  ['OPTIONS', '/contoso-mcp/mcp'],
  ['POST', '/nowhere-mcp/mcp'],
  ['GET', '/.well-known/oauth-protected-resource'],
  ['GET', '/.well-known/oauth-protected-resource/nowhere-mcp/mcp'],
];

const unknown = nowhere.map(
  ([method, path]): Case => ({
    name: `${method} ${path} is nowhere: 404`,
    variant: 'ordinary',
    async run(edge) {
      const response = await fetch(`${edge.origin}${path}`, { method });
      const arrivals = new Map();
      const { status, headers } = response;
      const outcome = { status, headers, body: await response.text(), arrivals };
      assertProblem(outcome, 404, 'Not Found', 'There is nothing at this address, or not with this method.');
    },
  }),
);

export const failureCases: readonly Case[] = [...backendDown, ...authorityDown, ...backendSlow, ...unknown];
