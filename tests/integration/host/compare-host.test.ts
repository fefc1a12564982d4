import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { requestRows } from '../../../scripts/compare-host/table/index.ts';
import { projectDir } from '../../../scripts/lib/project-dir.ts';
import { testDataStorage } from '../../support/azurite.ts';
import { type HostProcess, startHostProcess } from '../../support/host-process.ts';
import { type Ended, runEntry } from '../../support/run.ts';
import { environment, seedTenant, tokenFor } from '../../support/service.ts';

/** Two hosts with the same data, one as developers have it and one as the real one is. */
let usual: HostProcess;
let strict: HostProcess;
let dir: string;
let tokenFile: string;
let token: string;

beforeAll(async () => {
  const tenant = await seedTenant('a0000000-0000-4000-8000-00000000000a');
  const env = {
    ...environment([tenant]),
    AzureWebJobsStorage: testDataStorage(),
    STATE_SIGNING_KEY: 'a key of the tests that is longer than 32 bytes',
    TROUBLESHOOT_SECONDS: '2',
    // of two hosts that share a hub either may run a job
    AzureFunctionsJobHost__extensions__durableTask__hubName: 'ComparedHosts',
    AzureFunctionsJobHost__logging__logLevel__default: 'Warning',
  };
  [usual, strict] = await Promise.all([
    startHostProcess(projectDir, { env }),
    startHostProcess(projectDir, { env, args: ['--strict', '--enable-auth'] }),
  ]);
  dir = await mkdtemp(path.join(tmpdir(), 'compare-host-'));
  tokenFile = path.join(dir, 'token');
  token = tokenFor(tenant, ['security']);
  await writeFile(tokenFile, `${token}\n`);
});

afterAll(async () => {
  await Promise.all([usual?.stop(), strict?.stop(), rm(dir, { recursive: true, force: true })]);
});

const compare = (real: string, ...options: readonly string[]): Promise<Ended> =>
  runEntry('scripts/compare-host/cli.ts', ['--host', real, '--local', strict.url, ...options]);

it('two local hosts are the same but for what was decided, row by row', async () => {
  const { code, output } = await compare(usual.url, '--token-file', tokenFile);
  expect(output).not.toContain('DIFFERENT');
  // what is open without a key
  const counts = `${requestRows.length - 3} of ${requestRows.length} the same, 3 different as decided`;
  expect(output).toContain(counts);
  expect(code).toBe(0);
  expect(output).not.toContain(token);
}, 240_000);

it('a difference that nobody has explained is shown, and is a failure', async () => {
  // a host that calls what does not exist gone
  const other = http.createServer((request, response) => {
    const there = http.request(`${usual.url}${request.url}`, { method: request.method, agent: false });
    there.on('response', (answer) => {
      const { statusCode = 500, headers } = answer;
      response.writeHead(statusCode === 404 ? 410 : statusCode, headers);
      answer.pipe(response);
    });
    request.pipe(there);
  });
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { code, output } = await compare(`http://127.0.0.1:${port}`, '--only', 'GET of what does not exist');
  other.close();
  expect(output).toMatch(
    /^DIFFERENT GET of what does not exist: 410\n +status\n +real {3}410\n +local {2}404$/m,
  );
  expect(output).toContain('1 different without a reason, 0 not asked');
  expect(code).toBe(1);
});

it('what needs a token is not asked without one', async () => {
  const { code, output } = await compare(usual.url, '--only', 'tools/list of 2026');
  expect(output).toContain('not asked tools/list of 2026: it needs --token-file');
  expect(output).toContain('0 of 0 the same');
  expect(code).toBe(0);
});

it('the page is not written from another local host', async () => {
  const file = path.join(projectDir, 'docs/azure-fidelity.md');
  const before = await readFile(file, 'utf8');
  const { code, output } = await compare(usual.url, '--write', '--seen-on', 'host 1');
  expect(output).toMatch(/ is a local host, too\. Nothing was written\.$/m);
  expect(code).toBe(2);
  expect(await readFile(file, 'utf8')).toBe(before);
});
