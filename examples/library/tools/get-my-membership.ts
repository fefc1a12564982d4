import * as z from 'zod';
import { NotFound, Refused, Unavailable } from '#platform/errors';
import { readOnly } from '#platform/mcp/definitions/tool';
import { defineTool } from '../define.ts';
import { membership } from '../labels.ts';

const output = z.object({
  card: z.string(),
  member_since: z.iso.date(),
  fees: z.number().min(0).describe('Dollars that the member still has to pay.'),
});

export const getMyMembership = defineTool({
  name: 'get_my_membership',
  title: 'My membership',
  description:
    'Returns the card, the first day of membership and the unpaid fees of whoever asks, from the register of members. It knows nobody else; for books call find_books.',
  permission: 'membership.read',
  progress: 'Asking the register of members',
  annotations: readOnly,
  labels: membership,
  input: z.strictObject({}),
  output,
  example: () => ({}),
  /** The register sees who asks, and decides by itself what that one may see. */
  async handler(_nothing, { downstream, policy: { register }, signal }) {
    if (register === undefined || downstream === undefined) {
      throw new Refused('This library has no register of members that can be asked; ask at the counter.');
    }
    const token = await downstream(register.scope);
    const response = await fetch(`${register.url}/me`, {
      headers: { authorization: `Bearer ${token}` },
      redirect: 'error',
      signal,
    }).catch((cause: unknown) => {
      signal.throwIfAborted();
      throw new Unavailable('The register of members does not answer; try again in a minute.', { cause });
    });
    if (response.status === 404) {
      throw new NotFound('You are no member of this library yet; ask at the counter for a card.');
    }
    if (!response.ok) {
      throw new Unavailable('The register of members does not answer as it should; try again in a minute.');
    }
    return output.parse(await response.json());
  },
  summary: ({ card, member_since, fees }) =>
    `Card ${card}, a member since ${member_since}; fees of $${fees.toFixed(2)} are unpaid.`,
});
