import { parseArgs } from 'node:util';
import { UsageError } from '../lib/usage-error.ts';
import { accessToken, callerOf } from './access.ts';
import { endpointUrl } from './endpoint-url.ts';
import { problemOf } from './problem.ts';

const usage = `Prints an access token of the local identity provider, for curl and other clients.

  npm run -s token -- --user sara@contoso [--url URL]

Users: quinn (query), bill (query, billing), agnes (query, agent), sara (security), nobody; @contoso or another tenant.`;

try {
  const { values } = parseArgs({
    options: { user: { type: 'string' }, url: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) console.log(usage);
  else await print(values);
} catch (error) {
  console.error(`${(error as Error).message}\n\n${usage}`);
  process.exitCode = 2;
}

async function print(values: { user?: string; url?: string }): Promise<void> {
  if (values.user === undefined) throw new UsageError('Name a user with --user.');
  const caller = callerOf({ user: values.user });
  const url = await endpointUrl(values.url, caller);
  try {
    console.log(await accessToken(url, caller));
  } catch (error) {
    const problem = problemOf(error, url);
    console.error(problem.message);
    process.exitCode = problem.exitCode;
  }
}
