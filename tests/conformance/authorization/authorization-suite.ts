import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { InstalledApart } from '../../../scripts/apart/install.ts';
import { endOf } from '../../support/run.ts';
import { resultsOf, type ScenarioResult, suite } from '../suite.ts';

/** What the suite, which is the client here, asks an authorization server for. */
export interface AuthorizationRun {
  readonly installed: InstalledApart;
  readonly issuer: string;
  /** The endpoint that the token is for (RFC 8707). */
  readonly resource: string;
  readonly clientId: string;
  /** The suite waits there for the answer, at `/callback`. */
  readonly port: number;
  /** Does what a person does in a browser, with an address that the suite prints, until the suite has its answer. */
  readonly signIn: (address: string) => Promise<void>;
}

/** Runs the scenarios of the official suite that concern authorization servers. */
export async function runAuthorizationSuite(run: AuthorizationRun): Promise<ScenarioResult[]> {
  const { installed, issuer, resource, clientId, port, signIn } = run;
  const asked = ['--url', issuer, '--resource', resource, '--client-id', clientId, '--port', String(port)];
  return await resultsOf(async (dir) => {
    const args = [suite(installed), 'authorization', ...asked, '-o', dir];
    const child = spawn(installed.node, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = endOf(child);
    let failure: unknown;
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (/^https?:\S+[?&]code_challenge=/.test(line)) {
        signIn(line).catch((error: unknown) => {
          failure = error;
          child.kill(); // it would wait for minutes
        });
      }
    });
    const { output } = await ended;
    if (failure !== undefined) {
      throw new Error('The person could not sign in.', { cause: failure });
    }
    return output;
  });
}
