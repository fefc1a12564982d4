import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DurableHost, hasCustomStatus, startDurableHost } from './durable-host.ts';

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

  test.each([
    ['an id of its own each time', false],
    ['the id that the app chose', true],
  ])('of a sub-orchestration run it again under %s', async (_what, chosen) => {
    expect((await host.run('retryChild', { input: { chosen } })).output).toBe(3);
  });

  test('with a time limit fail with an explanation where Azure would wait for ever', async () => {
    expect(await host.run('retryWithTimeout')).toMatchObject({
      runtimeStatus: 'Failed',
      output: expect.stringContaining('In Azure the orchestration now waits for ever'),
    });
  });
});

describe('external events', () => {
  test('beat a timer, and a cancelled timer is not waited for', async () => {
    const { id } = await host.start('approval');
    await host.until(id, hasCustomStatus('waiting'));
    await host.client('raiseEvent', id, 'go', { by: 'Ann' });
    expect((await host.until(id)).output).toEqual({ approved: { by: 'Ann' } });
  });

  test('that come before anybody waits are kept in order', async () => {
    const { id } = await host.start('collect', { input: { count: 3 } });
    for (const item of [1, 2, 3]) {
      await host.client('raiseEvent', id, 'item', item);
    }
    expect((await host.until(id)).output).toEqual([1, 2, 3]);
  });

  test('a timer that nobody cancelled keeps the instance running', async () => {
    const { id } = await host.start('approval', { input: { cancel: false } });
    await host.until(id, hasCustomStatus('waiting'));
    const links = await host.webhook(`instances/${id}/raiseEvent/go`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '1',
    });
    expect(links.status).toBe(202);
    // The turn that took the event in is in the history: what it left is what stays.
    const history = async () =>
      ((await (await host.webhook(`instances/${id}?showHistory=true`)).json()) as HistoryBody).historyEvents;
    await expect
      .poll(async () => (await history()).map(({ EventType }) => EventType))
      .toContain('EventRaised');
    expect((await host.status(id)).runtimeStatus).toBe('Running');
    await host.client('terminate', id, 'enough');
    expect(await host.until(id)).toMatchObject({ runtimeStatus: 'Terminated', output: 'enough' });
  });
});

interface HistoryBody {
  readonly historyEvents: readonly { readonly EventType: string }[];
}

describe('sub-orchestrations', () => {
  test('give their result, or their failure, to their parent', async () => {
    const { output, instanceId } = await host.run('parent');
    expect(output).toEqual({
      good: { value: 'kid', parent: instanceId },
      problem: expect.stringContaining("Orchestrator function 'child' failed: child died"),
    });
    // An id that the app chose is the id of an instance like any other.
    expect(await host.status(`${instanceId}-kid`)).toMatchObject({ name: 'child', runtimeStatus: 'Failed' });
  });

  test('fail when somebody else has their id', async () => {
    const { id } = await host.start('approval');
    expect(await host.run('childUnderTakenId', { input: id })).toMatchObject({
      runtimeStatus: 'Failed',
      output: expect.stringMatching(/An Orchestration instance with the status \w+ already exists\./),
    });
    await host.client('terminate', id, 'end of the test');
  });
});

describe('continueAsNew', () => {
  test('begins again with a new input, and keeps the custom status', async () => {
    expect(await host.run('rounds', { input: { round: 1, of: 50 } })).toMatchObject({
      output: 'done after 50',
      customStatus: { round: 50 },
      input: { round: 50, of: 50 },
    });
  });
});

describe('suspended', () => {
  test('an instance takes nothing in until it is resumed', async () => {
    const { id } = await host.start('approval');
    await host.until(id, hasCustomStatus('waiting'));
    await host.client('suspend', id, 'wait');
    await host.until(id, ({ runtimeStatus }) => runtimeStatus === 'Suspended');
    await host.client('raiseEvent', id, 'go', 2);
    await expect(host.client('suspend', id, 'again')).rejects.toThrow('unexpected status code: 500');
    expect((await host.status(id)).runtimeStatus).toBe('Suspended');
    await host.client('resume', id, 'go on');
    expect((await host.until(id)).output).toEqual({ approved: 2 });
  });

  test('an instance can be terminated', async () => {
    const { id } = await host.start('approval');
    await host.client('suspend', id, 'wait');
    await host.until(id, ({ runtimeStatus }) => runtimeStatus === 'Suspended');
    await host.client('terminate', id, 'never mind');
    expect(await host.until(id)).toMatchObject({ runtimeStatus: 'Terminated', output: 'never mind' });
  });

  test('resume of a running instance is an error', async () => {
    const { id } = await host.start('approval');
    await host.until(id, hasCustomStatus('waiting'));
    await expect(host.client('resume', id, 'x')).rejects.toThrow(
      'Cannot resume an orchestration instance in the Running state.',
    );
    await host.client('terminate', id, 'end of the test');
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

  test('cannot be cleared, as in Azure', async () => {
    expect((await host.run('clearStatus')).customStatus).toBe('one');
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
    expect((await host.run('tooLarge', { input: 2_000_000 })).output).toMatch(
      /The result has 2000002 bytes, and the local host stores at most 1048576: keep the data elsewhere/,
    );
    expect(await host.run('tooMuch')).toMatchObject({
      runtimeStatus: 'Failed',
      output: expect.stringMatching(/failed: This would store \d+ bytes/),
    });
    await expect(host.client('startNew', 'steps', { input: 'x'.repeat(1_100_000) })).rejects.toThrow(
      'The input has 1100002 bytes',
    );
  });
});

describe('what is not emulated', () => {
  test.each([
    ['usesEntity', 'callEntity is not emulated by this local host'],
    ['usesHttp', 'callHttp is not emulated by this local host'],
  ])('%s fails and says so', async (name, sentence) => {
    expect(await host.run(name)).toMatchObject({
      runtimeStatus: 'Failed',
      output: expect.stringContaining(sentence),
    });
  });

  test('entities and rewind are named by the client', async () => {
    await expect(host.client('readEntityState', { name: 'counter', key: 'one' })).rejects.toThrow(
      "The durable entity 'counter/one' is not emulated by this local host",
    );
    const { instanceId } = await host.run('fails');
    await expect(host.client('rewind', instanceId, 'again')).rejects.toThrow('Rewind is not emulated');
  });
});

test('an error without a message fails with an explanation where Azure would hang', async () => {
  expect(await host.run('throwsNothing')).toMatchObject({
    runtimeStatus: 'Failed',
    output:
      "Orchestrator function 'throwsNothing' failed: it threw an error without a message. In Azure the instance stays Running for ever.",
  });
});

test('a timer that is given to Task.any twice is warned about', async () => {
  const { id } = await host.start('sameTimerTwice');
  await host.waitForOutput(/Task\.any or Task\.all was given a timer that looks like one from before/);
  await host.client('terminate', id, 'end of the test');
});

test('a timer of more than six days is set, and can be ended', async () => {
  const { id } = await host.start('nap', { input: 7 * 86_400_000 });
  await host.until(id, hasCustomStatus('asleep'));
  await host.client('terminate', id, 'enough');
  expect((await host.until(id)).runtimeStatus).toBe('Terminated');
});
