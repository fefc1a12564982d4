import { counted } from '#platform/counted';
import { accessOf, type Stack, startStack } from '../../emulators/stack/stack.ts';
import { terminalReport } from '../../emulators/stack/terminal.ts';
import { accessToken, callerOf } from '../client/access.ts';
import type { ConnectOptions } from '../client/connect.ts';
import { currentClient, type DemoClient, formerClient } from './clients.ts';
import { Report } from './report.ts';
import { auditTrail } from './scenes/audit-trail.ts';
import { edge } from './scenes/edge.ts';
import { expert } from './scenes/expert.ts';
import { highInvoice } from './scenes/high-invoice.ts';
import { lockedAccount } from './scenes/locked-account.ts';
import { policies } from './scenes/policies.ts';
import { refusals } from './scenes/refusals.ts';
import { tasks } from './scenes/tasks.ts';
import { tools } from './scenes/tools.ts';
import { troubleshooting } from './scenes/troubleshooting.ts';
import { unrehearsed } from './scenes/unrehearsed.ts';

type Connect = (options: ConnectOptions) => Promise<DemoClient>;
type Scene = (client: DemoClient, report: Report) => Promise<void>;

/** Who plays which scenes: a reader, a billing clerk, and an officer who may do everything. */
const cast: readonly (readonly [string, readonly Scene[]])[] = [
  ['quinn', [tools, policies]],
  ['bill', [highInvoice]],
  ['sara', [refusals, lockedAccount]],
];

/** Each client works for a company of its own, because an account can be unlocked once. */
const companies = [
  [currentClient, 'contoso'],
  [formerClient, 'fabrikam'],
] as const;

/**
 * Starts a stack, walks through everything with it, and stops it.
 * @returns the exit code: 1 when something was not as it must be
 */
export async function demonstrate(): Promise<number> {
  const stack = await startStack({
    port: 0,
    ephemeral: true,
    pooled: false,
    // Long enough to watch, short enough to wait for; 45 s where nothing is set.
    settings: { TROUBLESHOOT_SECONDS: '9' },
    dataStorage: undefined,
    report: terminalReport(process.stdout),
    onHostLine: () => {},
  });
  try {
    return await walkThrough(stack);
  } finally {
    await stack.stop();
  }
}

async function walkThrough(stack: Stack): Promise<number> {
  const report = new Report();
  for (const [connect, tenant] of companies) {
    const { mcp: url, dataStorage } = accessOf(stack, tenant);
    for (const [name, scenes] of cast) {
      const user = `${name}@${tenant}`;
      const token = await accessToken(url, callerOf({ user }));
      const client = await connect({ url, token, agree: async () => true });
      try {
        report.heading(`${user}, ${client.era}`);
        for (const scene of scenes) {
          await scene(client, report);
        }
      } finally {
        await client.close();
      }
    }
    await agentic(stack, connect, tenant, report);
    await auditTrail(tenant, dataStorage, connect === currentClient, report);
  }
  await tasksThroughACrash(stack, report);
  await edge(accessOf(stack, 'contoso'), accessOf(stack, 'fabrikam'), report);
  report.heading(
    report.failures === 0 ? 'All of it worked.' : `${counted(report.failures, 'check')} failed.`,
  );
  return report.failures === 0 ? 0 : 1;
}

/** The experts' endpoint, as somebody who may only read. */
async function agentic(stack: Stack, connect: Connect, tenant: string, report: Report): Promise<void> {
  const { agentic: url, mcp } = accessOf(stack, tenant);
  const connected = async (to: string) =>
    connect({ url: to, token: await accessToken(to, callerOf({ user: `quinn@${tenant}` })) });
  const [client, records] = await Promise.all([connected(url), connected(mcp)]);
  try {
    report.heading(`quinn@${tenant} at the experts, ${client.era}`);
    await expert(client, report);
    await unrehearsed(client, records, report);
    await troubleshooting(client, report);
  } finally {
    await Promise.all([client.close(), records.close()]);
  }
}

async function tasksThroughACrash(stack: Stack, report: Report): Promise<void> {
  const { agentic: url } = accessOf(stack, 'contoso');
  const token = await accessToken(url, callerOf({ user: 'quinn@contoso' }));
  report.heading('quinn@contoso, with tasks');
  await tasks({ url, token, crash: () => stack.crash('contoso') }, report);
}
