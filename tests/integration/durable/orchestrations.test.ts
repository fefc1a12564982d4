import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DurableHost, startDurableHost } from './durable-host.ts';

let host: DurableHost;
beforeAll(async () => {
  host = await startDurableHost();
});
afterAll(() => host?.stop());

describe('activities', () => {
  test('run one after another, with progress in the custom status and a timer at the end', async () => {
    const status = await host.run('steps', { input: { name: 'a' } });
    expect(status).toMatchObject({
      runtimeStatus: 'Completed',
      customStatus: { step: 3, of: 3 },
      output: { results: ['a-1', 'a-2', 'a-3'], isDue: true, id: status.instanceId },
    });
  });

  test('get their input as the extension hands it over: text where it was JSON, and booleans in .NET spelling', async () => {
    const { output, input } = await host.run('inputs');
    // The client sends an empty JSON string when there is no input.
    expect(input).toBe('');
    expect(output).toEqual({
      input: '',
      echoed: ['Tokyo', '123', 5, 'True', 'False', null, null, { a: [1] }, [1, 2], ''],
      others: [null, 'AQID'],
    });
  });

  test('run side by side', async () => {
    const { output } = await host.run('fanOut', { input: { width: 20 } });
    expect(output).toEqual({ all: Array.from({ length: 20 }, (_, index) => index), tail: 'tail' });
  });

  test('that fail, fail the orchestration', async () => {
    expect(await host.run('fails')).toMatchObject({
      runtimeStatus: 'Failed',
      output: expect.stringMatching(
        /^Orchestrator function 'fails' failed: Activity function 'bad' failed: always bad/,
      ),
    });
  });

  test('that do not exist, fail the orchestration, and the ones that do are named', async () => {
    expect((await host.run('unknownActivity')).output).toMatch(
      /^Orchestrator function 'unknownActivity' failed: The function 'nobody' doesn't exist, is disabled, or is not an activity function\. Additional info: The following are the known activity functions: '.*echo/,
    );
  });
});

test('an orchestrator that does not exist is accepted, and fails; the ones that do are named', async () => {
  expect(await host.run('nobody')).toMatchObject({
    runtimeStatus: 'Failed',
    output: expect.stringMatching(
      /^Orchestrator function 'nobody' failed: The function 'nobody' doesn't exist.* known orchestrator functions: '.*steps/,
    ),
  });
});

describe('retries', () => {
  test('end with the first success', async () => {
    expect((await host.run('retryUntilGood')).output).toBe(3);
  });

  test('end with the last failure, and what comes next gets the right result', async () => {
    expect((await host.run('retryInVain')).output).toEqual({
      problem: expect.stringContaining("Activity function 'bad' failed: always bad"),
      after: 'after',
    });
  });

  test('among other tasks leave the others alone', async () => {
    expect((await host.run('retryAmongOthers')).output).toBe('end');
  });

  test('with a time limit, after which Azure would wait for ever, are not emulated', async () => {
    expect(await host.run('retryWithTimeout')).toMatchObject({
      runtimeStatus: 'Failed',
      output: expect.stringContaining('retryTimeoutInMilliseconds is not emulated'),
    });
  });
});

describe('replay', () => {
  test('gives the same ids and times every time', async () => {
    expect((await host.run('determinism')).output).toEqual({
      echoed: [true, true, true, true, true],
      ascending: true,
    });
  });

  test('tells the function what it has seen before', async () => {
    const { instanceId } = await host.run('steps', { input: { name: 'x' } });
    const lines = host.output().match(new RegExp(`${instanceId} begins step \\d`, 'g'));
    expect(lines).toEqual([1, 2, 3].map((step) => `${instanceId} begins step ${step}`));
  });

  test('turns a property called Timestamp into a date, as the library does', async () => {
    const { output } = await host.run('timestamp', { input: { Timestamp: '2024-01-01T00:00:00Z' } });
    expect(output).toBe(true);
  });
});

describe('custom status', () => {
  test('of more than 16 KB fails the orchestration', async () => {
    expect(await host.run('bigStatus')).toMatchObject({
      runtimeStatus: 'Failed',
      output:
        "Orchestrator function 'bigStatus' failed: The UTF-16 size of the JSON-serialized payload must not exceed 16 KB. The current payload size is 17 KB.",
    });
  });

  test('is gone when the function sets none', async () => {
    expect((await host.run('clearStatus')).customStatus).toBeNull();
  });
});

describe('payloads', () => {
  test('of 200 KB pass in every direction, unharmed', async () => {
    const text = 'aé漢😀\u2028"\\'.repeat(25_000);
    const { id } = await host.start('largePayloads', { input: text });
    await host.client('raiseEvent', id, 'more', text);
    const { output, input } = await host.until(id);
    expect(output).toEqual({ same: true, output: text, event: text.length });
    expect(input).toBe(text);
  });

  test('over the limit fail with a sentence that says what to do', async () => {
    for (const { runtimeStatus, output } of [
      await host.run('tooLarge', { input: 4_000_000 }),
      await host.run('tooMuch'),
    ]) {
      expect(runtimeStatus).toBe('Failed');
      expect(output).toMatch(/failed: This would store \d+ bytes at once .* keep the data elsewhere/);
    }
    await expect(host.client('startNew', 'steps', { input: 'x'.repeat(4_000_000) })).rejects.toThrow(
      'This would store',
    );
    const { id } = await host.start('approval');
    await expect(host.client('raiseEvent', id, 'go', 'x'.repeat(4_000_000))).rejects.toThrow(
      'This would store',
    );
    await host.client('terminate', id, 'end of the test');
  });
});

describe('what is not emulated', () => {
  test.each([
    ['usesEntity', 'callEntity is not emulated by this local host'],
    ['usesHttp', 'callHttp is not emulated by this local host'],
    ['usesChild', 'callSubOrchestrator is not emulated by this local host'],
    ['startsOver', 'continueAsNew is not emulated by this local host'],
  ])('%s fails and says so', async (name, sentence) => {
    expect(await host.run(name)).toMatchObject({
      runtimeStatus: 'Failed',
      output: expect.stringContaining(sentence),
    });
  });

  test('entities and rewind are named by the client', async () => {
    await expect(host.client('readEntityState', { name: 'counter', key: 'one' })).rejects.toThrow(
      'entities/counter/one is not emulated by this local host',
    );
    const { instanceId } = await host.run('fails');
    await expect(host.client('rewind', instanceId, 'again')).rejects.toThrow(
      'rewind?reason=again is not emulated',
    );
  });
});

test('an error without a message fails with an explanation', async () => {
  expect(await host.run('throwsNothing')).toMatchObject({
    runtimeStatus: 'Failed',
    output: "Orchestrator function 'throwsNothing' failed: it threw an error without a message.",
  });
});
