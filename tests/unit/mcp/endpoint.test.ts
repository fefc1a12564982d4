import { describe, expect, it } from 'vitest';
import { audited, endpoint, lines, refusals, switches, trail } from './endpoint-under-test.ts';
import { modern, send } from './sent-to-endpoint.ts';

describe('the endpoint', () => {
  it('answers a call with the readable sentence, the data and the structured content', async () => {
    const { message } = await modern('tools/call', { name: 'greet', arguments: {} });
    expect(message.result.structuredContent).toEqual({ said: 'hello' });
    expect(message.result.content).toEqual([
      { type: 'text', text: 'hello' },
      { type: 'text', text: '{"said":"hello"}' },
    ]);
  });

  it('lists only what the caller may use, privately cacheable, in a fixed order', async () => {
    const { message } = await modern('tools/list');
    expect(message.result.tools.map((listed) => listed.name)).toEqual(['greet', 'missing', 'broken']);
    expect(message.result).toMatchObject({ ttlMs: 300_000, cacheScope: 'private' });
  });

  it('does not promise list changes', async () => {
    const { message } = await modern('server/discover');
    expect(message.result.capabilities).toEqual({ tools: { listChanged: false } });
  });

  it('says who it is without asking what is switched off, and lists and calls nothing without that', async () => {
    switches.asked = 0;
    await modern('server/discover');
    const initialize = {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'test', version: '1' },
    };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: initialize });
    expect((await send({ body })).status).toBe(200);
    expect(switches.asked).toBe(0);
    await modern('tools/list');
    expect(switches.asked).toBe(1);
    await modern('tools/call', { name: 'greet', arguments: {} });
    expect(switches.asked).toBe(2);
  });

  it('answers 403 with what is missing when the caller lacks the permission', async () => {
    const { response, message } = await modern('tools/call', { name: 'guarded', arguments: {} });
    expect(response.status).toBe(403);
    expect(message.error).toEqual({
      code: -32003,
      message: 'guarded needs the permission security.write; ask your administrator for a role that has it.',
    });
  });

  it('does not send the caller to sign in for it', async () => {
    const { response } = await modern('tools/call', { name: 'guarded', arguments: {} });
    expect(response.headers.has('www-authenticate')).toBe(false);
  });

  it('answers 401 with a challenge that has no error when no token was sent', async () => {
    const response = await endpoint(
      new Request('http://localhost/mcp', { method: 'POST', headers: { host: 'localhost' }, body: '{}' }),
    );
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).not.toMatch(/error/);
  });

  it('answers 401 to a header that holds two tokens', async () => {
    const response = await send({ headers: { authorization: 'Bearer one, Bearer two' }, body: '{}' });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/error="invalid_token"/);
  });

  it('passes a business error on as one sentence', async () => {
    const { message } = await modern('tools/call', { name: 'missing', arguments: {} });
    expect(message.result).toMatchObject({
      isError: true,
      content: [{ type: 'text', text: 'There is no such thing; look elsewhere.' }],
    });
    expect(message.result.structuredContent).toBeUndefined();
  });

  it('never passes an unexpected exception on, and logs it without its text', async () => {
    lines.length = 0;
    const { message } = await modern('tools/call', { name: 'broken', arguments: {} });
    const [{ text }] = message.result.content;
    const id = /id ([0-9a-f-]{36})/.exec(text)?.[1];
    expect(text).not.toMatch(/hunter2/);
    expect(lines.join('\n')).toContain(id);
    expect(lines.join('\n')).not.toMatch(/hunter2/);
  });

  it('names wrong fields without repeating values', async () => {
    const { message } = await modern('tools/call', { name: 'greet', arguments: { word: 7, 'x\u0000y': 1 } });
    const [{ text }] = message.result.content;
    expect(text).toMatch(/^Invalid arguments for greet: word: /);
    expect(text).not.toContain('\u0000');
  });

  it('answers an unknown tool with invalid params, and tells the audit trail', async () => {
    refusals.length = 0;
    const { message } = await modern('tools/call', { name: 'nothing', arguments: {} });
    expect(message.error).toMatchObject({ code: -32602 });
    expect(refusals).toEqual(['unknown_tool']);
  });

  it('gives a call one id: in the answer, in the log, in the audit trail', async () => {
    lines.length = 0;
    audited.length = 0;
    const { response } = await modern('tools/call', { name: 'greet', arguments: {} });
    const id = response.headers.get('x-correlation-id');
    await trail.flush();
    expect(lines.map((line) => JSON.parse(line).correlationId)).toContain(id);
    expect(audited).toContain(id);
  });

  it('does so in the 2025 era too', async () => {
    lines.length = 0;
    const body = JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'greet', arguments: {} },
    });
    const response = await send({ headers: { 'mcp-protocol-version': '2025-11-25' }, body });
    await response.text();
    expect(lines.join('\n')).toContain(response.headers.get('x-correlation-id'));
  });
});
