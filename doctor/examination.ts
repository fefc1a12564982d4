import type { Environment } from '#platform/settings/read';
import { deployed } from '#shared/deployed';
import type { Options } from './arguments.ts';
import { examine } from './checks/index.ts';
import { collectBackups } from './collect/backups.ts';
import { collectGateway, collectGatewayValues } from './collect/gateway.ts';
import { collectLive } from './collect/live.ts';
import { collectModel, collectOtherModels } from './collect/models.ts';
import { collectPeople } from './collect/people.ts';
import { collectRelease } from './collect/release.ts';
import { collectSettings, readSettingsFile } from './collect/settings.ts';
import { collectSwitches } from './collect/switches.ts';
import type { Evidence, Known } from './evidence.ts';
import { reportLines } from './report.ts';

/**
 * Collects the evidence, judges it and prints what was found.
 * @returns the exit code: 1 when something fails
 */
export async function examination(options: Options): Promise<number> {
  const { idleMinutes } = options.live;
  if (idleMinutes > 0) {
    console.error(`Waiting for ${idleMinutes} minutes; nobody may call the service in that time.`);
  }
  const environment: Known<Environment> = options.onlyLive
    ? { missing: 'Only the running service was looked at.' }
    : collectSettings(options.settings, process.env);
  const live = await collectLive(options.live, environment, deployed.trial);
  const evidence: Evidence = {
    environment,
    flexSettings: flexSettingsOf(options, environment),
    beside: options.beside.map((file) => ({ file, settings: readSettingsFile(file) })),
    gateway: await collectGateway(),
    gatewayValues: await collectGatewayValues(options.gatewayValues),
    tier: options.gatewayTier === undefined ? noTier : { value: options.gatewayTier },
    tools: deployed.tools,
    model: await collectModel(deployed, environment, options.askModel),
    otherModels: await collectOtherModels(deployed, environment, options.askModel),
    people: await collectPeople(live.claims, environment),
    switches: await collectSwitches(live.claims, environment),
    release: await collectRelease(options.release),
    backups: await collectBackups(options.backups, Date.now()),
    live,
  };
  const items = examine(evidence);
  for (const line of options.json ? [JSON.stringify(items, null, 2)] : reportLines(items)) {
    console.log(line);
  }
  return items.some(({ status }) => status === 'fail') ? 1 : 0;
}

const noTier = { missing: 'The tier of the gateway was not named: give --gateway-tier.' };

/** Only what a file says was set by somebody; in a process there is also what the platform sets. */
function flexSettingsOf({ settings, plan }: Options, environment: Known<Environment>): Known<Environment> {
  if (plan !== 'flex') {
    return { missing: 'The plan is another one.' };
  }
  return settings === undefined ? { missing: 'No file with app settings was given.' } : environment;
}
