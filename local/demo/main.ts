import { accessToken, callerOf } from '../client/access.ts';
import { accessOf, type Stack, startStack } from '../stack/stack.ts';
import { terminalReport } from '../stack/terminal.ts';
import { currentClient, type DemoClient, formerClient } from './clients.ts';
import { Report } from './report.ts';
import { auditTrail } from './scenes/audit-trail.ts';
import { edge } from './scenes/edge.ts';
import { highInvoice } from './scenes/high-invoice.ts';
import { lockedAccount } from './scenes/locked-account.ts';
import { policies } from './scenes/policies.ts';
import { refusals } from './scenes/refusals.ts';
import { tools } from './scenes/tools.ts';

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
        for (const scene of scenes) await scene(client, report);
      } finally {
        await client.close();
      }
    }
    await auditTrail(tenant, dataStorage, connect === currentClient, report);
  }
  await edge(accessOf(stack, 'contoso'), accessOf(stack, 'fabrikam'), report);
  report.heading(report.failures === 0 ? 'All of it worked.' : `${report.failures} checks failed.`);
  return report.failures === 0 ? 0 : 1;
}

/**
 * `npm run demo`: the main job end to end with both official clients, on a throw-away copy of the stack, so that the
 * data of a stack that runs beside it stays as it is. Exits 0 only when everything was as it must be.
 */
try {
  const stack = await startStack({
    port: 0,
    ephemeral: true,
    pooled: false,
    dataStorage: undefined,
    report: terminalReport(process.stdout),
    onHostLine: () => {},
  });
  try {
    process.exitCode = await walkThrough(stack);
  } finally {
    await stack.stop();
  }
} catch (error) {
  console.error(`\n${(error as Error).message}`);
  process.exitCode = 1;
}
