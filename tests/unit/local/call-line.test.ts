import { describe, expect, it } from 'vitest';
import { directory } from '#emulators/identity/directory';
import { callLine, demoNames } from '#emulators/stack/call-line';
import { tenantId } from '#platform/identity/tenant';
import { callRecord, logFieldsOf } from '#platform/mcp/pipeline/call-record';
import { createLogger } from '#platform/telemetry/log';
import { pseudonyms } from '#platform/telemetry/pseudonym';

const key = 'k'.repeat(32);
const id = '0e2f446a-26dd-4319-81cf-05e3ac36e407';
const nameOf = demoNames(key);
const plain = (_tone: string, text: string) => text;
const toned = (tone: string, text: string) => `<${tone}>${text}</>`;

/** The line that the service itself writes for a call of sara@contoso. */
async function lineOfCall(outcome: string): Promise<string> {
  const lines: string[] = [];
  const logger = createLogger(
    'info',
    () => new Date('2026-03-04T10:11:12Z'),
    (line) => lines.push(line),
  );
  const contoso = directory.find(({ slug }) => slug === 'contoso');
  const sara = contoso?.users.find(({ name }) => name === 'sara');
  const record = callRecord({
    time: new Date('2026-03-04T10:11:12Z'),
    caller: { tenant: tenantId('contoso'), user: `${contoso?.tid}:${sara?.oid}`, application: 'test' },
    subject: 'unlock_account',
    decision: 'denied',
    reason: 'missing:security.write',
    outcome,
    durationMs: 1,
    correlationId: id,
  });
  logger.log('info', 'tool called', logFieldsOf(record, pseudonyms(key)));
  return lines[0] ?? '';
}

const logged = (fields: object) =>
  JSON.stringify({ time: '2026-03-04T10:11:12Z', level: 'info', message: 'x', correlationId: id, ...fields });

describe('what is shown of a log line', () => {
  it('of a call: time, the demo user, tool, outcome, milliseconds, id, in one line', async () => {
    const shown = callLine(await lineOfCall('ok'), nameOf, plain);
    expect(shown).toMatch(new RegExp(`^\\d\\d:11:12  sara@contoso  unlock_account  ok  \\d+ ms  ${id}$`));
  });

  it.each([
    ['ok', 'good'],
    ['not_found', 'warning'],
    ['internal_error', 'bad'],
  ])('of the outcome %s: its colour', async (outcome, tone) => {
    expect(callLine(await lineOfCall(outcome), nameOf, toned)).toContain(`<${tone}>${outcome}</>`);
  });

  it.each([
    [
      { message: 'request refused', outcome: 'refused', reason: 'audience' },
      /somebody unverified {2}request {2}refused \(audience\)/,
    ],
    [
      { message: 'tool called', user: 'nobody-we-know', tool: 'a', by: 'expert', outcome: 'ok' },
      /nobody-we-know {2}a \(by an expert\) {2}ok/,
    ],
    [{ level: 'warn', message: 'not ready', reason: 'Storage' }, /not ready \(Storage\)/],
    [{ level: 'error', message: 'request failed', error: 'TypeError' }, /request failed \(TypeError\)/],
  ])('of %j', (fields, expected) => {
    expect(callLine(logged(fields), nameOf, plain)).toMatch(expected);
  });

  it.each([
    logged({ message: 'expert answered' }),
    logged({ level: 'debug', message: 'protocol error' }),
    "[2026-03-04T10:11:12.000Z] Executing 'Functions.mcp' (Reason='…')",
    "[2026-03-04T10:11:12.000Z] Executed 'Functions.mcp' (Succeeded, Id=1, Duration=9ms)",
    '{"no":"log line"}',
    '{',
    '',
  ])('nothing of %s', (line) => {
    expect(callLine(line, nameOf, plain)).toBeUndefined();
  });

  it('what the host says of a failed function', () => {
    const line = "[2026-03-04T10:11:12.000Z] Executed 'Functions.mcp' (Failed, Id=1, Duration=9ms)";
    expect(callLine(line, nameOf, toned)).toBe(`<bad>${line}</>`);
  });
});
