import { beforeEach, expect, test, vi } from 'vitest';
import type { ToolCall } from '#contoso/define';
import { stepNames } from '#contoso/diagnosis/steps';
import { troubleShootDevice } from '#contoso/diagnosis/trouble-shoot-device';
import { NotFound, Refused, Unavailable } from '#platform/errors';
import { createKnowledgeSearch } from '#platform/knowledge/lexical';
import { type JobDesk, openJobDesk, request } from './job-desk.ts';

let desk: JobDesk;
beforeEach(async () => {
  desk = await openJobDesk();
});

const tool = troubleShootDevice(() => desk.jobs);

function aCall(fields: Partial<ToolCall> = {}): ToolCall {
  return {
    principal: desk.ada,
    store: desk.store,
    knowledge: createKnowledgeSearch(desk.store.knowledge),
    policy: { confirmPaymentsAbove: 100, confirmPaymentsWithinHours: 24 },
    now: () => desk.clock.now,
    correlationId: 'call',
    signal: new AbortController().signal,
    progress: () => {},
    ...fields,
  };
}

/** The job of a call that is under way. */
async function jobId(): Promise<string> {
  return await vi.waitFor(
    async () => {
      const [job] = await desk.jobs.list(desk.ada);
      if (job === undefined) {
        throw new Error('There is no job yet.');
      }
      return job.id;
    },
    { timeout: 50_000 },
  );
}

test('follows the job, tells its progress and returns the report', async () => {
  const told: number[] = [];
  const answer = tool.handler(request, aCall({ progress: (progress) => told.push(progress) }));
  await desk.engine.advance(await jobId());
  const result = tool.output.strict().parse(await answer);
  expect(told.filter((progress) => progress > 0)).toEqual([6, 17, 28, 39, 50, 61, 72, 83, 94, 100]);
  expect(result.findings.map(({ step }) => step)).toEqual(
    result.findings.map(({ step }) => step).sort((a, b) => stepNames.indexOf(a) - stepNames.indexOf(b)),
  );
  expect(tool.summary(result)).toBe(result.summary);
});

test('names the task to ask for when it cannot wait any longer, and the job goes on', async () => {
  const controller = new AbortController();
  const answer = tool.handler(request, aCall({ signal: controller.signal }));
  const refusal = answer.catch((error: unknown) => error);
  const id = await jobId();
  controller.abort();
  const error = await refusal;
  expect(error).toBeInstanceOf(Unavailable);
  expect(String(error)).toContain(id);
  expect(await desk.jobs.get(id, desk.ada)).toMatchObject({ status: 'working' });
});

test('says that the job was cancelled', async () => {
  const answer = tool.handler(request, aCall()).catch((error: unknown) => error);
  await desk.jobs.cancel(await jobId(), desk.ada);
  expect(await answer).toBeInstanceOf(Refused);
});

test('an unknown subscription, such as one of another tenant, is not found', async () => {
  await expect(tool.handler({ ...request, subscription_id: 99 }, aCall())).rejects.toThrow(NotFound);
  expect(await desk.jobs.list(desk.ada)).toEqual([]);
});

test.each([
  [{ detail: '' }],
  [{ detail: 'x'.repeat(10_000) }],
  [{ detail: 'bell\u0007' }],
  [{ device_name: 'x'.repeat(101) }],
  [{ device_name: 'two\nlines' }],
  [{ subscription_id: "1' or '1'='1" }],
  [{ tenant: 'fabrikam' }],
])('refuses %j', (fields) => {
  const { success, error } = tool.input.safeParse({ ...request, ...fields });
  expect(success).toBe(false);
  expect(error?.issues[0]?.message).toBeTruthy();
});
