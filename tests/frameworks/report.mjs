/** Messages that were sent, such as `tools/call 2026-07-28`. */
export const sent = [];

const send = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  if (/\bjson\b/.test(request.headers.get('content-type') ?? '')) {
    const { method } = await request.clone().json();
    if (method !== undefined) {
      sent.push(`${method} ${request.headers.get('mcp-protocol-version') ?? '-'}`);
    }
  }
  return await send(input, init);
};

/** What comes of it; an exception as a text. */
export async function outcomeOf(act) {
  try {
    return await act();
  } catch (error) {
    return `${error.constructor.name}: ${error.message}`;
  }
}

/** The end of a run. */
export function report(seen) {
  process.stdout.write(`${JSON.stringify({ seen: { sent, ...seen } })}\n`, () => process.exit());
}

export const textsOf = (parts) => parts.map(({ text }) => text);
export const calls = {
  customer: ['get_customer_detail', { customer_id: 251 }],
  stranger: ['get_customer_detail', { customer_id: 99_999_999 }],
  unlock: ['unlock_account', { customer_id: 254, reason: 'The customer called.' }],
  diagnosis: ['trouble_shoot_device', { device_name: 'Router', detail: 'It is slow.' }],
};
