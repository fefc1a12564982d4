import type { TenantAccess } from '#emulators/stack/options';
import { accessToken, callerOf, directToken } from '../../client/access.ts';
import { currentClient } from '../clients.ts';
import type { Report } from '../report.ts';

/** What the gateway lets through, and what it keeps from the backends. */
export async function edge(contoso: TenantAccess, fabrikam: TenantAccess, report: Report): Promise<void> {
  report.heading('At the edge');
  const token = await accessToken(contoso.mcp, callerOf({ user: 'quinn@contoso' }));
  const ours = await currentClient({ url: contoso.mcp, token });
  report.check("Contoso's user works at Contoso's address", (await ours.toolNames()).length > 0);
  await ours.close();
  report.check("and is refused at Fabrikam's (403)", (await knock(fabrikam.mcp, token)).status === 403);

  const foreign = await directToken(contoso.authority, contoso.mcp, callerOf({ user: 'sam@stranger' }));
  const refused = (await knock(contoso.mcp, foreign)).status;
  report.check(
    `a genuine token of an organisation that is not onboarded is refused (${refused})`,
    refused === 401 || refused === 403,
  );

  const { status, headers } = await knock(contoso.mcp);
  const challenge = headers.get('www-authenticate') ?? '';
  report.check(
    `without a token the answer is 401 and says where to get one: ${challenge}`,
    status === 401 && challenge.includes('resource_metadata='),
  );
  const tooMany = await limited(fabrikam.mcp);
  const pause = tooMany?.headers.get('retry-after') ?? '';
  report.check(`over the limit of the plan the answer is 429, again after ${pause} s`, Number(pause) > 0);
  report.check(
    'nobody gets past the gateway to a backend (403)',
    (await knock(contoso.backend, token)).status === 403,
  );
}

/** More requests than the user's plan allows in a minute. */
const mostKnocks = 500;

/** Knocks until the gateway has had enough. */
async function limited(url: string): Promise<Response | undefined> {
  const token = await accessToken(url, callerOf({ user: 'agnes@fabrikam' }));
  for (let knocks = 0; knocks < mostKnocks; knocks += 1) {
    const response = await knock(url, token);
    if (response.status === 429) {
      return response;
    }
    await response.body?.cancel();
  }
  return undefined;
}

/** One bare request, as a browser or a script would send it. */
async function knock(url: string, token?: string): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  });
}
