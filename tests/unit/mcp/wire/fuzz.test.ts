import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wireEndpoint } from './endpoint.ts';
import { eras, metaOf, rightParams } from './messages.ts';
import { newSession, send } from './send.ts';
import { wrongParams } from './wrong-params.ts';

/** Over both eras and every method; see the last assertion. */
const leastMessages = 20_000;
const perMethod = Math.ceil(leastMessages / (eras.length * Object.keys(rightParams).length));
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000_000);

/** How every sentence begins with which a message is refused. */
const ours =
  /^(Invalid params of [\w/]+: [^[{]+ Correct it and send the message again\.|Invalid params: \S+ |Invalid request: |Method not found: this endpoint |Unsupported protocol version: use one of |The headers and the message disagree: |The request needs a capability |The requestState is not one of ours|Unknown (tool|prompt|reference): |There is no such resource: |Task not found: |Invalid arguments for [\w:-]+: |This tool does not run as a task: |The cursor is not valid: )/;
/** Words of parsers, schemas and the runtime. */
const foreign = /Invalid input|expected|received|undefined|\bNaN\b|\[object|Cannot |Unexpected|zod|stack/i;

test(`params of every kind are answered in our words (seed ${seed})`, { timeout: 300_000 }, async () => {
  const endpoint = wireEndpoint();
  const session = await newSession(endpoint);
  const counts: string[] = [];
  let sent = 0;
  for (const [method, right] of Object.entries(rightParams)) {
    for (const era of eras) {
      const meta = metaOf(era);
      const samples = fc.sample(wrongParams({ ...right, _meta: meta }), { seed, numRuns: perMethod });
      const isNotification = method.startsWith('notifications/');
      let refused = 0;
      for (const [index, params] of samples.entries()) {
        const message = { jsonrpc: '2.0', ...(!isNotification && { id: index }), method, params };
        const headers = era === '2025-11-25' && method !== 'initialize' ? session : {};
        const answer = await send(endpoint, era, message, headers);
        const { error } = answer.message;
        const fine =
          answer.status < 500 &&
          (error === undefined ||
            (error.code !== -32603 && ours.test(error.message) && !foreign.test(error.message)));
        if (!fine) {
          expect.fail(`${era} ${JSON.stringify(message)} -> ${answer.status} ${answer.text}`);
        }
        if (error !== undefined) {
          refused += 1;
        }
      }
      sent += samples.length;
      counts.push(`${method} ${era} ${samples.length} (${refused} refused)`);
    }
  }
  process.stdout.write(`seed ${seed}, ${sent} messages: ${counts.join(', ')}\n`);
  expect(sent).toBeGreaterThanOrEqual(leastMessages);
});
