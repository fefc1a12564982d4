import { accessOf, startStack } from '#emulators/stack/stack';
import { accessToken, callerOf } from '#scripts/client/access';
import { currentClient } from '#scripts/demo/clients';
import { quietStack } from '#tests/support/quiet-stack';

// Starts the local stack, asks one question through all of it, prints the answer and ends.
const stack = await startStack(quietStack);
try {
  const { mcp: url } = accessOf(stack, 'contoso');
  const token = await accessToken(url, callerOf({ user: 'quinn@contoso' }));
  const client = await currentClient({ url, token });
  const { data } = await client.call('get_customer_detail', { customer_id: 251 });
  await client.close();
  console.log(`${data.first_name} ${data.last_name}`);
} finally {
  await stack.stop();
}
