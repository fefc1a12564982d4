import { randomBytes } from 'node:crypto';
import { portOf } from '../../scripts/command-line/port.ts';
import { runCommand } from '../../scripts/command-line/run-command.ts';
import { UsageError } from '../../scripts/command-line/usage-error.ts';
import { listenError } from '../lib/port-taken.ts';
import type { Gateway } from './gateway.ts';

const usage = `Runs apim-policies/ on this machine, in front of backends that are running already.

  npm run gateway -- --authority <address> --audience <client id> --backend contoso=<address> --backend fabrikam=<address>

  --authority   address of the identity provider
  --audience    aud claim of the tokens
  --scope       name of the delegated scope (mcp.access)
  --backend     id=address, once for each backend
  --key         what the backends expect in X-Gateway-Key (a random one)
  --value       name=value, for any other named value
  --port        port to listen on (7080; 0 picks a free one)`;

const options = {
  authority: { type: 'string' },
  audience: { type: 'string' },
  scope: { type: 'string', default: 'mcp.access' },
  backend: { type: 'string', multiple: true, default: [] as string[] },
  key: { type: 'string', default: randomBytes(24).toString('base64url') },
  value: { type: 'string', multiple: true, default: [] as string[] },
  port: { type: 'string', default: '7080' },
} as const;

await runCommand({ usage, options }, async (values) => {
  const port = portOf(values.port);
  const gateway = await start(values, port).catch((error: unknown) => {
    throw isSocketError(error) ? listenError(error, '127.0.0.1', port) : error;
  });
  const { readRegistry } = await import('../../gateway/registry.ts');
  for (const { route } of readRegistry().tenants) {
    console.log(`${gateway.origin}/${route}/mcp`);
  }
  process.once('SIGINT', () => void gateway.stop());
  process.once('SIGTERM', () => void gateway.stop());
});

interface Options {
  readonly authority?: string | undefined;
  readonly audience?: string | undefined;
  readonly scope: string;
  readonly backend: readonly string[];
  readonly key: string;
  readonly value: readonly string[];
}

async function start(options: Options, port: number): Promise<Gateway> {
  const { authority, audience, scope, key } = options;
  if (authority === undefined || audience === undefined) {
    throw new UsageError('--authority and --audience are needed.');
  }
  const [{ startGateway }, { localNamedValues }] = await Promise.all([
    import('./gateway.ts'),
    import('./local-values.ts'),
  ]);
  const overrides = pairs(options.value);
  return startGateway({
    port,
    backends: pairs(options.backend),
    namedValues: (origin) =>
      localNamedValues({ origin, authority, audience, scope, backendKey: key, overrides }),
    onTrace: (event) => console.log(`${event.source}: ${event.message} ${JSON.stringify(event.metadata)}`),
  });
}

/** @throws UsageError when one is not written name=value */
function pairs(list: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    list.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) {
        throw new UsageError(`"${text}" must be written name=value.`);
      }
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

function isSocketError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
