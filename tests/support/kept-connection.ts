import http from 'node:http';

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes of white space to send before the body; whether their number is said beforehand. */
  readonly padding?: { readonly bytes: number; readonly framing: 'length' | 'chunks' };
  readonly body?: string;
}

/** What became of a request: the status, or `cut` when the connection ended before its answer had come. */
export type Fate = { readonly status: number; readonly text: string } | 'cut';

/** A client that keeps its connection and sends one request after the other over it, as a proxy does for many users. */
export interface KeptConnection {
  ask(url: string, asked?: Asked): Promise<Fate>;
  /** How many connections there have been so far: another one begins when the server closed the last. */
  readonly opened: number;
  close(): void;
}

const ignore = () => {};
const piece = Buffer.alloc(64 * 1024, ' ');

export function keptConnection(): KeptConnection {
  const agent = new CountingAgent({ keepAlive: true, maxSockets: 1 });
  return {
    ask: (url, asked = {}) => ask(agent, url, asked),
    get opened() {
      return agent.opened;
    },
    close: () => agent.destroy(),
  };
}

class CountingAgent extends http.Agent {
  opened = 0;

  override createConnection(...args: Parameters<http.Agent['createConnection']>) {
    this.opened += 1;
    return super.createConnection(...args);
  }
}

async function ask(agent: http.Agent, url: string, asked: Asked): Promise<Fate> {
  const { method = 'POST', headers = {}, padding, body = '' } = asked;
  const length = String((padding?.bytes ?? 0) + Buffer.byteLength(body));
  const framing =
    padding?.framing === 'chunks' ? { 'transfer-encoding': 'chunked' } : { 'content-length': length };
  const request = http.request(url, {
    agent,
    method,
    headers: { ...headers, ...framing },
  });
  const fate = new Promise<Fate>((resolve) => {
    request.on('response', async (response) => {
      let text = '';
      try {
        for await (const part of response) {
          text += part;
        }
        resolve({ status: response.statusCode ?? 0, text });
      } catch {
        resolve('cut');
      }
    });
    request.on('error', () => resolve('cut'));
    // When the answer is there and the rest of the body fails to go, Node takes its own listener away too early.
    request.on('socket', (socket) => {
      if (!socket.listeners('error').includes(ignore)) {
        socket.on('error', ignore);
      }
    });
  });
  for (let left = padding?.bytes ?? 0; left > 0; left -= piece.length) {
    request.write(piece.subarray(0, left));
  }
  request.end(body);
  return await fate;
}
