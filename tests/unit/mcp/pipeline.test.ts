import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type AuditEntry, AuditTrail } from '#platform/access/audit';
import type { EndpointName, Offer } from '#platform/access/offer';
import { NotFound } from '#platform/errors';
import { tenantId } from '#platform/identity/tenant';
import type { ToolCall } from '#platform/mcp/definitions/tool';
import { callPipeline } from '#platform/mcp/pipeline/call-pipeline';
import { compose, NextCalledTwice, type Step } from '#platform/mcp/pipeline/compose';
import { type Invocation, openInvocation } from '#platform/mcp/pipeline/invocation';
import type { Operation } from '#platform/mcp/pipeline/operation';
import { createLogger } from '#platform/telemetry/log';

const now = () => new Date('2026-03-04T10:11:12Z');
let written: AuditEntry[][];
let lines: Readonly<Record<string, unknown>>[];
let trail: AuditTrail;
let run: ReturnType<typeof callPipeline>;

beforeEach(() => {
  [written, lines] = [[], []];
  trail = new AuditTrail({ write: async (entries) => void written.push([...entries]) }, () =>
    expect.fail('An entry was lost.'),
  );
  run = callPipeline({
    logger: createLogger('info', now, (line) => lines.push(JSON.parse(line))),
    trail,
    signingKeys: ['k'.repeat(32)],
    now,
    resources: () => expect.fail('Nobody confirms anything here.'),
  });
});

const reading = {
  kind: 'tool',
  name: 'look',
  title: 'Look',
  offer: { thing: { permission: 'things.read' }, at: ['mcp'] },
  input: z.strictObject({ thing: z.string() }),
  effects: 'reads',
  run: async ({ thing }): Promise<unknown> => `the ${String(thing)}`,
} satisfies Operation;

const burning: Offer = { thing: { permission: 'things.burn' }, at: ['mcp'] };

function called<Result>(
  operation: Operation<Result>,
  args: unknown = { thing: 'key' },
  endpoint: EndpointName = 'mcp',
): Invocation<Result> {
  const principal = {
    tenant: tenantId('contoso'),
    user: 'tid:ada',
    application: 'test',
    actor: 'person',
    roles: ['reader'],
    permissions: new Set(['things.read']),
  };
  const call = { principal, now, correlationId: 'request-1' } as unknown as ToolCall;
  return openInvocation(operation, {
    arguments: args,
    by: 'caller',
    endpoint,
    gone: new AbortController().signal,
    dialogue: {},
    call,
  });
}

describe('a chain of steps', () => {
  const last: Step = async ({ operation, input, call }) => ({
    kind: 'done',
    result: await operation.run(input, call),
  });

  it('refuses a step that calls next a second time, before anything runs twice', async () => {
    let runs = 0;
    const counted = { ...reading, run: async () => ++runs };
    async function impatient(_invocation: unknown, next: () => Promise<never>) {
      await next();
      return await next();
    }
    const answer = compose([impatient as unknown as Step, last])(called(counted));
    await expect(answer).rejects.toBeInstanceOf(NextCalledTwice);
    await expect(answer).rejects.toThrow('impatient');
    expect(runs).toBe(1);
  });

  it('lets a step call next in every call anew', async () => {
    const seen = { ...reading, run: async () => 'seen' };
    const chain = compose([async (_invocation, next) => await next(), last]);
    expect(await chain(called(seen))).toEqual({ kind: 'done', result: 'seen' });
    expect(await chain(called(seen))).toEqual({ kind: 'done', result: 'seen' });
  });

  it('says that nobody answered when nobody did', async () => {
    await expect(compose([async (_invocation, next) => await next()])(called(reading))).rejects.toThrow(
      'must answer',
    );
  });
});

describe('the way of a call', () => {
  const { stackTraceLimit } = Error;
  beforeAll(() => {
    Error.stackTraceLimit = 100;
  });
  afterAll(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });

  it('is in a stack trace, step by step', async () => {
    let stack = '';
    await run(
      called({
        ...reading,
        run: async () => {
          stack = new Error('here').stack ?? '';
        },
      }),
    );
    const steps = [
      ...['runOperation', 'auditStart', 'confirm', 'checkInput', 'deadline', 'access'],
      ...['errorBoundary', 'observe'],
    ];
    const names = [...stack.matchAll(/at (?:async )?([\w.]+) /g)].map(([, name]) => name);
    expect(names.filter((name) => steps.includes(name ?? ''))).toEqual(steps);
  });
});

describe('a call that comes in where the thing is not offered', () => {
  it.each(['agentic', 'expert:anybody', 'an endpoint that nobody knows'])(
    'is refused at %s like one of nothing, and is on record',
    async (endpoint) => {
      let runs = 0;
      const counted = { ...reading, run: async () => ++runs };
      expect(await run(called(counted, undefined, endpoint as EndpointName))).toMatchObject({
        kind: 'failed',
        code: 'refused',
        sentence: expect.stringContaining('nothing of this name'),
      });
      await trail.flush();
      expect(written.flat()).toMatchObject([{ tool: 'look', decision: 'denied', reason: 'not_offered' }]);
      expect(runs).toBe(0);
    },
  );

  it('is refused to the caller of a tenant that does not have it', async () => {
    const offer: Offer = { ...reading.offer, at: ['mcp'], tenants: [tenantId('fabrikam')] };
    expect(await run(called({ ...reading, offer }))).toMatchObject({ kind: 'failed', code: 'refused' });
  });
});

describe('the record of a call', () => {
  const changing = { ...reading, name: 'move', effects: 'writes' } as const;
  const entries = async () => {
    await trail.flush();
    return written.flat();
  };

  it.each([
    ['a result', reading, { thing: 'key' }, 'ok'],
    ['arguments that are wrong', reading, { thing: 1 }, 'invalid_input'],
    [
      'a refusal of the business',
      { ...reading, run: () => Promise.reject(new NotFound('No key.')) },
      { thing: 'key' },
      'not_found',
    ],
    ['no permission', { ...reading, offer: burning }, { thing: 'key' }, 'refused'],
  ])('is one for trail and log, for %s', async (_what, operation, args, outcome) => {
    await run(called(operation, args));
    const [entry, ...more] = await entries();
    const [line, ...others] = lines;
    expect([more, others]).toEqual([[], []]);
    expect(entry?.outcome).toBe(outcome);
    const same = { decision: entry?.decision, durationMs: entry?.durationMs, tool: entry?.tool };
    expect(line).toMatchObject({ ...same, outcome, message: 'tool called', correlationId: 'request-1' });
  });

  it('is there before what changes something begins, and complete before it is answered', async () => {
    let before: AuditEntry[] = [];
    await run(
      called({
        ...changing,
        run: async () => {
          before = written.flat();
        },
      }),
    );
    expect(before).toMatchObject([{ tool: 'move', outcome: 'started' }]);
    expect(written.flat()).toMatchObject([{ outcome: 'started' }, { outcome: 'ok', id: before[0]?.id }]);
  });

  it.each([
    ['tool', 'look', 'look'],
    ['resource', 'some-document', 'resource:some-document'],
    ['prompt', 'some_prompt', 'prompt:some_prompt'],
    ['task', 'cancel', 'tasks/cancel'],
  ] as const)('names a %s in trail, log and refusals alike', async (kind, name, subject) => {
    expect(await run(called({ ...reading, kind, name }, {}))).toMatchObject({
      sentence: expect.stringContaining(`Invalid arguments for ${subject}: `),
    });
    expect(await entries()).toMatchObject([{ tool: subject }]);
    expect(lines).toMatchObject([{ tool: subject }]);
  });

  it('is not made of what is not to be recorded, which is checked all the same', async () => {
    const quiet = { ...reading, isUnrecorded: true } as const;
    expect(await run(called(quiet))).toEqual({ kind: 'done', result: 'the key' });
    const foreign = { ...quiet, offer: burning };
    expect(await run(called(foreign))).toMatchObject({ kind: 'failed', code: 'refused' });
    expect([await entries(), lines]).toEqual([[], []]);
  });
});
