import { setTimeout as wait } from 'node:timers/promises';
import type { Trial, TrialCall } from '#platform/business';
import { endpointsOf } from '#platform/settings';
import type { Environment } from '#platform/settings/read';
import type { Known, LiveEvidence, ResourceMetadata } from '../evidence.ts';
import { collectAudit } from './audit.ts';
import { askForTools, forgedToken, readClaims, readMetadata, readServerMetadata } from './http.ts';
import { attempt, both, known } from './known.ts';
import { callOnce, listTools, timeFirstConnect, watchLongJob } from './mcp.ts';

export interface LiveOptions {
  /** Address of the MCP endpoint of the business tools, through the gateway or not. */
  readonly url: string | undefined;
  readonly token: string | undefined;
  /** A token of a caller that has no role. */
  readonly rolelessToken: string | undefined;
  /** Whether to have a job run that takes about a minute. */
  readonly longJob: boolean;
  /** How long to wait before the first request, in which an app without calls falls asleep. */
  readonly idleMinutes: number;
}

/** Lets so many minutes pass. */
type LetPass = (minutes: number) => Promise<void>;

const letPass: LetPass = (minutes) => wait(minutes * 60_000);

const notSaid = 'The business does not say what may be tried: see its trial.';

/** Asks a running service, one thing after the other. Never throws: what went wrong is evidence too. */
export async function collectLive(
  options: LiveOptions,
  environment: Known<Environment>,
  trial: Pick<Trial, 'call' | 'job'> = {},
  passing: LetPass = letPass,
): Promise<LiveEvidence> {
  const url = known(options.url, 'No running service was named: give --url.');
  const token = known(options.token, 'No token was given: give --token.');
  const roleless = known(options.rolelessToken, 'No token without roles was given: give --roleless-token.');
  const wanted = known(options.longJob || undefined, 'No long job was asked for: give --long-job.');
  const job = both(wanted, known(trial.job, notSaid));
  const caller = both(url, token);
  const { idleMinutes } = options;
  if (idleMinutes > 0) {
    await passing(idleMinutes);
  }
  // before anything else could wake the app
  const firstConnect = await attempt(caller, async ([at, own]) => ({
    milliseconds: await timeFirstConnect(at, own),
    idleMinutes,
  }));
  const claims = await attempt(token, readClaims);
  const metadata = await attempt(url, readMetadata);
  return {
    url,
    firstConnect,
    claims,
    withoutToken: await attempt(url, (at) => askForTools(at)),
    withForgedToken: await attempt(url, (at) => askForTools(at, forgedToken(options.token))),
    metadata,
    serverMetadata: await attempt(ownServer(both(url, metadata)), readServerMetadata),
    tools: await attempt(caller, ([at, own]) => listTools(at, own)),
    agenticTools: await attempt(caller, ([at, own]) => listTools(agenticOf(at), own)),
    toolsWithoutRole: await attempt(both(url, roleless), ([at, own]) => listTools(at, own)),
    labelled: await attempt(both(caller, known(trial.call, notSaid)), ([[at, own], call]) =>
      callOnce(at, own, call),
    ),
    audited: await auditOf(both(caller, known(trial.call, notSaid)), claims, environment),
    longJob: await attempt(both(job, caller), ([[, start], [at, own]]) =>
      watchLongJob(agenticOf(at), own, start),
    ),
  };
}

/** The authorization server that clients are sent to, where that is the service itself. */
function ownServer(found: Known<readonly [string, ResourceMetadata]>): Known<string> {
  if (!('value' in found)) {
    return found;
  }
  const [url, { authorizationServers }] = found.value;
  const own = authorizationServers.find((server) => server.startsWith(`${new URL(url).origin}/`));
  return known(own, 'Clients are sent to the identity provider, which has to know them.');
}

async function auditOf(
  probe: Known<readonly [readonly [string, string], TrialCall]>,
  claims: LiveEvidence['claims'],
  environment: Known<Environment>,
): Promise<Known<boolean>> {
  const found = await attempt(both(both(probe, claims), environment), ([[[[url, token], call], who], env]) =>
    collectAudit({ call, url, token, claims: who, env }),
  );
  return 'value' in found ? found.value : found;
}

/** The other endpoint of the same tenant. */
function agenticOf(url: string): string {
  return endpointsOf(url.replace(/\/mcp$/, '')).agentic;
}
