import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { serve } from '../../peers/serve.ts';

/**
 * Stands in front of Azurite, whose port is the argument, and does to some requests what storage in trouble does: answers
 * late, 503, 429, resets the connection before or after the change was made. The parent process switches it on and off.
 */
const azurite = Number(process.argv[2]);
const agent = new http.Agent({ keepAlive: true });
/** Share of the requests that something happens to. */
const share = 0.08;

let isFaulty = false;
/** The first request after the switch is always one: where much is cached, few come. */
let isDue = false;
process.on('message', ({ faults = isFaulty }: { readonly faults?: boolean }) => {
  isDue ||= faults && !isFaulty;
  isFaulty = faults;
});

serve(async (request, response) => {
  const body = await buffer(request);
  if (isFaulty && (isDue || Math.random() < share)) {
    isDue = false;
    process.send?.({ faulted: true });
    await misbehave(request, body, response);
  } else {
    forward(request, body, (answer) => passOn(answer, response), response);
  }
});

async function misbehave(request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
  const kind = Math.floor(Math.random() * 5);
  switch (kind) {
    case 0:
    case 1:
      return void response.writeHead(kind === 0 ? 503 : 429, { 'retry-after': '1' }).end();
    case 2:
      return void request.socket.resetAndDestroy();
    case 3:
      return forward(request, body, () => void request.socket.resetAndDestroy(), response);
    default:
      await wait(Math.random() * 1_500);
      return forward(request, body, (answer) => passOn(answer, response), response);
  }
}

function passOn(answer: IncomingMessage, response: ServerResponse): void {
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  answer.pipe(response);
}

function forward(
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  answered: (answer: IncomingMessage) => void,
  response: ServerResponse,
): void {
  const onward = http.request({ port: azurite, host: '127.0.0.1', agent, method, path: url, headers });
  onward.on('response', answered);
  onward.on('error', () => response.destroy());
  onward.end(body);
}
