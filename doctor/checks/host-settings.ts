import type { Environment } from '#platform/settings/read';
import type { Evidence } from '../evidence.ts';
import { type Finding, fail, pass } from '../finding.ts';
import { type Check, given } from './check.ts';

const timeout = 'AzureFunctionsJobHost__functionTimeout';
const hub = 'AzureFunctionsJobHost__extensions__durableTask__hubName';
const scheduler = 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING';
const account = 'AzureWebJobsStorage__accountName';
const connection = 'AzureWebJobsStorage';

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
    judge: ({ flexSettings, beside }) => given(flexSettings, (settings) => judgeHub(settings, beside)),
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
function judgeHub(settings: Environment, beside: Evidence['beside']): Finding {
  const name = settingOf(settings, hub);
  const remedy = `Set ${hub} to a name of this app and slot: 3 to 45 letters and digits, a letter first.`;
  if (!name) {
    return fail(
      'The task hub is that of host.json: of two apps or slots that share it, only one has its jobs done.',
      remedy,
    );
  }
  const sharing = beside.filter((other) => isSame(placeOf(settings), placeOf(other.settings)));
  if (sharing.length > 0) {
    const others = sharing.map(({ file }) => file).join(', ');
    return fail(
      `The task hub ${name} is that of ${others}, too: only one of them has its jobs done.`,
      remedy,
    );
  }
  return pass(
    beside.length === 0
      ? `The task hub is ${name}; --beside tells whether another app or slot has the same.`
      : `The task hub is ${name}, and none of the others has it.`,
  );
}

/** Where a task hub is: names of hubs and accounts know no case. A hub without a name is that of host.json. */
function placeOf(settings: Environment): { readonly hub: string; readonly storage: string | undefined } {
  const text = settingOf(settings, connection) ?? '';
  const storage =
    settingOf(settings, scheduler) ??
    settingOf(settings, account) ??
    (/(?:^|;)AccountName=([^;]+)/i.exec(text)?.[1] || text || undefined);
  return { hub: (settingOf(settings, hub) ?? '').toLowerCase(), storage: storage?.toLowerCase() };
}

/** Where one does not say where its storage is, the name alone is what can be told. */
function isSame(one: ReturnType<typeof placeOf>, other: ReturnType<typeof placeOf>): boolean {
  const sameStorage = [one.storage, other.storage].includes(undefined) || one.storage === other.storage;
  return one.hub === other.hub && sameStorage;
}

/** Names of settings know no case in Azure. */
function settingOf(settings: Environment, name: string): string | undefined {
  return Object.entries(settings)
    .find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
    ?.trim();
}
