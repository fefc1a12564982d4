import { randomBytes } from 'node:crypto';
import { installApart } from '../../scripts/apart/install.ts';
import { startRoundRobin } from '../support/round-robin.ts';
import { runAuthorization } from './authorization/authorization.ts';
import { startFixture } from './fixture-process.ts';
import { runSuite, type ScenarioResult } from './suite.ts';

export interface Part {
  readonly name: string;
  readonly results: readonly ScenarioResult[];
}

/** No revision requires those of an extension, so they are asked for one by one. */
const ofSkills = ['enumeration', 'directory', 'manifest'].map((part) => `sep-2640-skills-${part}`);

const isTasks = ({ scenario }: ScenarioResult): boolean => scenario.startsWith('tasks-');

/**
 * Runs all of the suite that concerns servers, and authorization servers. Two processes share storage and nothing else, and every request goes to
 * the other one than the request before. The tasks of the fixture are in memory, so their scenarios use one process.
 * @param dataStorage connection string of the storage through which the processes reach each other
 */
export async function runConformance(dataStorage: string): Promise<readonly Part[]> {
  const installed = await installApart('conformance');
  const shared = { dataStorage, signingKey: randomBytes(32).toString('base64url') };
  const [one, other] = await Promise.all([startFixture(shared), startFixture(shared)]);
  const both = await startRoundRobin([one.port, other.port]);
  try {
    const legacy = await runSuite({ installed, port: both.port, scenarios: { requirements: '2025-11-25' } });
    const modern = await runSuite({ installed, port: both.port, scenarios: { requirements: '2026-07-28' } });
    const single = await runSuite({ installed, port: one.port, scenarios: { requirements: '2026-07-28' } });
    const skills = [];
    for (const scenario of ofSkills) {
      skills.push(await runSuite({ installed, port: both.port, scenarios: { scenario } }));
    }
    return [
      { name: '2025-11-25, two processes', results: legacy },
      { name: '2026-07-28, two processes', results: modern.filter((result) => !isTasks(result)) },
      { name: 'Tasks extension, one process', results: single.filter(isTasks) },
      { name: 'Skills extension, two processes', results: skills.flat() },
      ...(await runAuthorization(installed, dataStorage)),
    ];
  } finally {
    await both.close();
    await Promise.all([one.stop(), other.stop()]);
  }
}

/** What failed, or what is only recommended, a line each. */
export function linesOf(parts: readonly Part[], kind: 'failures' | 'warnings'): string[] {
  return parts.flatMap(({ name, results }) =>
    results.flatMap((result) => result[kind].map((line) => `${name}: ${result.scenario}: ${line}`)),
  );
}
