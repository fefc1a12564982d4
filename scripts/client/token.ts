import { runCommand } from '../../scripts/command-line/run-command.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { accessToken, callerOf } from './access.ts';
import { endpointUrl } from './endpoint-url.ts';
import { problemOf } from './problem.ts';

const usage = `Prints an access token of the local identity provider, for curl and other clients.

  npm run -s token -- --user sara@contoso [--url URL]

Users: quinn (query), bill (query, billing), agnes (query, agent), sara (security), anna (query, approver), nobody; @contoso or another tenant.`;

await runCommand({ usage, options: { user: { type: 'string' }, url: { type: 'string' } } }, print);

async function print(values: { user?: string | undefined; url?: string | undefined }): Promise<number> {
  if (values.user === undefined) {
    throw new UsageError('Name a user with --user.');
  }
  const caller = callerOf({ user: values.user });
  const url = await endpointUrl(values.url, caller);
  try {
    console.log(await accessToken(url, caller));
    return 0;
  } catch (error) {
    const problem = problemOf(error, url);
    console.error(problem.message);
    return problem.exitCode;
  }
}
