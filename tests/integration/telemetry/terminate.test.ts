import { afterAll, beforeAll, expect, it } from 'vitest';
import { type HostProcess, startHostProcess } from '#emulators/stack/host-process';
import { doorAt } from '../../security/door.ts';
import { startTarget, type Target, targetEnvironment } from '../../security/target.ts';
import { testDataStorage } from '../../support/azurite.ts';
import { type Collector, startCollector } from './collector.ts';

let collector: Collector;
let target: Target;
let host: HostProcess;

beforeAll(async () => {
  collector = await startCollector();
  target = await startTarget();
  host = await startHostProcess({
    env: {
      ...targetEnvironment(target.authority, target.tenants),
      DATA_STORAGE: testDataStorage(),
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    },
  });
});

afterAll(async () => {
  await host?.kill();
  await target?.stop();
  await collector?.stop();
});

it('a host that is asked to end exports what its process still holds, long before the next export was due', async () => {
  const door = doorAt(host.origin, (request) => fetch(request));
  const token = target.authority.mint(target.tenants[0].tid);
  await door.callTool(token, 'get_customer_detail', { customer_id: 1 });
  await host.stop();
  expect(await host.ended).toBe(0);
  const names = collector.spans().map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['POST /mcp', 'tools/call get_customer_detail']));
  // The audit entry is written before the export ends, so its writing is seen, too.
  expect(names).toContainEqual(expect.stringMatching(/^transact .*Audit$/));
  expect(collector.points('contoso.tool.calls')).toMatchObject([{ count: 1 }]);
});
