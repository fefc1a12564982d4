import { accessToken, callerOf } from '../../client/access.ts';
import { currentClient } from '../clients.ts';
import type { Report } from '../report.ts';

/** A genuine token of an organisation that is not onboarded, and no token at all. */
export async function stranger(url: string, report: Report): Promise<void> {
  report.heading('Strangers');
  const token = await accessToken(url, callerOf({ user: 'sam@stranger' }));
  const refusal = await currentClient({ url, token }).then(
    (client) => client.close(),
    (error: unknown) => error,
  );
  report.check(
    'a genuine token of an organisation that is not onboarded is refused',
    refusal instanceof Error,
  );
  const { status, headers } = await fetch(url, { method: 'POST', body: '{}' });
  const challenge = headers.get('www-authenticate') ?? '';
  report.check(
    `without a token the answer is 401 and says where to get one: ${challenge}`,
    status === 401 && challenge.includes('resource_metadata='),
  );
}
