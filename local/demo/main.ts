import { developmentToken } from '../client/token.ts';
import { startStack } from '../stack/stack.ts';
import { terminalReport } from '../stack/terminal.ts';
import { currentClient, formerClient } from './clients.ts';
import { Report } from './report.ts';
import { highInvoice } from './scenes/high-invoice.ts';
import { policies } from './scenes/policies.ts';
import { refusals } from './scenes/refusals.ts';
import { tools } from './scenes/tools.ts';

/**
 * `npm run demo`: the main job end to end with both official clients, on a throw-away copy of the stack, so that the
 * data of a stack that runs beside it stays as it is. Exits 0 only when everything was as it must be.
 */
try {
  const stack = await startStack({
    port: 0,
    ephemeral: true,
    dataStorage: undefined,
    report: terminalReport(process.stdout),
    onHostLine: () => {},
  });
  try {
    process.exitCode = await walkThrough(stack.url);
  } finally {
    await stack.stop();
  }
} catch (error) {
  console.error(`\n${(error as Error).message}`);
  process.exitCode = 1;
}

async function walkThrough(url: string): Promise<number> {
  const report = new Report();
  const token = developmentToken({ tenant: 'contoso', roles: ['security'] });
  for (const connect of [currentClient, formerClient]) {
    const client = await connect({ url, token });
    try {
      for (const scene of [tools, highInvoice, policies, refusals]) await scene(client, report);
    } finally {
      await client.close();
    }
  }
  report.heading(report.failures === 0 ? 'All of it worked.' : `${report.failures} checks failed.`);
  return report.failures === 0 ? 0 : 1;
}
