import type { Environment } from '#platform/settings/read';
import { type Finding, fail, pass } from '../finding.ts';
import { type Check, given } from './check.ts';

const timeout = 'AzureFunctionsJobHost__functionTimeout';
const hub = 'AzureFunctionsJobHost__extensions__durableTask__hubName';

/** What app settings say to the Functions host in the place of host.json. */
export const hostSettingsChecks: readonly Check[] = [
  {
    id: 'backend.timeout',
    group: 'Backend',
    title: 'One call cannot have the app restarted',
    judge: ({ flexSettings }) => given(flexSettings, judgeTimeout),
  },
  {
    id: 'backend.task-hub',
    group: 'Backend',
    title: 'The app has a task hub of its own',
    judge: ({ flexSettings }) => given(flexSettings, judgeHub),
  },
];

/** The service bounds all work by clocks of its own; the host's restarts the worker, and with it cuts everybody's calls. */
function judgeTimeout(settings: Environment): Finding {
  return settingOf(settings, timeout) === '-1'
    ? pass('The host sets no limit; the service has its own.')
    : fail(
        'A call that does not end has the host restart the app after five minutes, which cuts every other call.',
        `Set ${timeout}=-1; the old Linux Consumption plan alone does not take it.`,
      );
}

/** Of several apps, or slots, with one hub only the holder of its lease works (Durable extension 3.19.0). */
function judgeHub(settings: Environment): Finding {
  const name = settingOf(settings, hub);
  return name
    ? pass(`The task hub is ${name}.`)
    : fail(
        'The task hub is that of host.json: of two apps or slots that share it, only one has its jobs done.',
        `Set ${hub} to a name of this app and slot: 3 to 45 letters and digits, a letter first.`,
      );
}

/** Names of settings know no case in Azure. */
function settingOf(settings: Environment, name: string): string | undefined {
  return Object.entries(settings)
    .find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
    ?.trim();
}
