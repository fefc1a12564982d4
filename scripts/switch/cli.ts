import { userInfo } from 'node:os';
import type { Stoppable, SwitchedOff } from '#platform/access/switches';
import { counted } from '#platform/counted';
import { hasFormatControls } from '#platform/format-controls';
import type { TenantId } from '#platform/identity/tenant';
import { type SwitchRecord, switchStore } from '#platform/storage/switch-store';
import { runCommand } from '../command-line/run-command.ts';
import { tenantOption } from '../command-line/tenant-option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { storagesFor } from './storages.ts';
import { switchable } from './switchable.ts';
import { turnSwitch } from './turn.ts';

const usage = `Switches a tool, an expert, all changes or everything off, and on again.

  npm run switch                                                          lists what is off
  npm run switch -- --tenant contoso --tool pay_invoice --off --reason "wrong amounts"
  npm run switch -- --tenant contoso --tool pay_invoice --on --reason "amounts are right again"
  npm run switch -- --all-tenants --changes --off --reason "storage is being moved"

  --tenant SLUG   for one tenant; --all-tenants for all
  --tool NAME     one tool; or --expert DOMAIN, --changes (all tools that change records), --everything
  --off, --on     what is off for all tenants stays off for each of them
  --reason TEXT   why, for the audit trail
  --by NAME       who, for the audit trail; the user of this machine unless given

Every instance follows within five seconds. Works on DATA_STORAGE, or on the running local stack.`;

const options = {
  tenant: { type: 'string' },
  'all-tenants': { type: 'boolean', default: false },
  tool: { type: 'string' },
  expert: { type: 'string' },
  changes: { type: 'boolean', default: false },
  everything: { type: 'boolean', default: false },
  off: { type: 'boolean', default: false },
  on: { type: 'boolean', default: false },
  reason: { type: 'string' },
  by: { type: 'string' },
} as const;

const longestText = 200;

await runCommand({ usage, options }, async (values) => {
  const tenant = values.tenant === undefined ? undefined : tenantOption(values.tenant);
  const what = whatOf(values);
  if (!values.off && !values.on) {
    if (what !== undefined || values.reason !== undefined) {
      throw new UsageError('Say with --off or --on which way to turn the switch.');
    }
    await list(tenant);
    return;
  }
  if (values.off === values.on) {
    throw new UsageError('Give one of --off and --on.');
  }
  if ((tenant === undefined) !== values['all-tenants']) {
    throw new UsageError('Say for whom: --tenant SLUG, or --all-tenants.');
  }
  if (what === undefined) {
    throw new UsageError('Say what to turn: --tool NAME, --expert DOMAIN, --changes or --everything.');
  }
  const turn = {
    tenant,
    what,
    to: values.off ? 'off' : 'on',
    reason: textOf('--reason', values.reason),
    by: textOf('--by', values.by ?? userInfo().username),
  } as const;
  for (const storage of await storagesFor(tenant)) {
    await turnSwitch(storage, turn, () => new Date());
    for (const rest of await stillOff(switchStore(storage).read(), turn)) {
      console.error(`Still off: ${lineOf(rest)}`);
    }
  }
  console.log(`${nameOf(turn)} is ${turn.to}. Every instance follows within five seconds.`);
});

interface Named {
  readonly tool?: string | undefined;
  readonly expert?: string | undefined;
  readonly changes: boolean;
  readonly everything: boolean;
}

function whatOf({ tool, expert, changes, everything }: Named): Stoppable | undefined {
  const named: readonly Stoppable[] = [
    ...(tool === undefined ? [] : [switchable.tool(tool)]),
    ...(expert === undefined ? [] : [switchable.expert(expert)]),
    ...(changes ? ['changes' as const] : []),
    ...(everything ? ['everything' as const] : []),
  ];
  if (named.length > 1) {
    throw new UsageError('Turn one switch at a time: --tool, --expert, --changes or --everything.');
  }
  return named[0];
}

/** It goes into the trail, where people read it on a terminal. */
function textOf(option: string, value: string | undefined): string {
  const text = value?.trim() ?? '';
  if (text === '' || text.length > longestText || hasFormatControls(text)) {
    throw new UsageError(
      `Give ${option} a text of 1 to ${longestText} characters that can all be seen: the audit trail keeps it.`,
    );
  }
  return text;
}

async function list(tenant: TenantId | undefined): Promise<void> {
  const found = new Set<string>();
  for (const storage of await storagesFor(tenant)) {
    for (const record of await switchStore(storage).read()) {
      if (tenant === undefined || record.tenant === undefined || record.tenant === tenant) {
        found.add(lineOf(record));
      }
    }
  }
  for (const line of found) {
    console.log(line);
  }
  console.error(`${counted(found.size, 'switch', 'switches')} off.`);
}

/** What stops the same thing for the same people although this switch was turned on. */
async function stillOff(
  all: Promise<readonly SwitchRecord[]>,
  { to, tenant, what }: SwitchedOff & { readonly to: string },
): Promise<readonly SwitchRecord[]> {
  return to === 'off'
    ? []
    : (await all).filter(
        (other) =>
          (other.tenant === undefined || other.tenant === tenant) &&
          [what, 'changes', 'everything'].includes(other.what),
      );
}

function nameOf({ tenant, what }: SwitchedOff): string {
  return `${what} for ${tenant ?? 'all tenants'}`;
}

function lineOf(record: SwitchRecord): string {
  return `${nameOf(record)}  since ${record.since}  by ${record.by}  (${record.reason})`;
}
