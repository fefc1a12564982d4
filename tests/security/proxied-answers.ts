import { request as forward, type IncomingMessage, type ServerResponse } from 'node:http';

/** What happens to requests that match. */
export interface Fault {
  /** Looked for in method, address and body. */
  readonly pattern: RegExp;
  /**
   * An error of the service, rows that are not what they should be, no answer until `release`, or a request that is
   * carried out and whose answer is lost with the connection.
   */
  readonly effect: 'fail' | 'garble' | 'hold' | 'lose';
  /** How many requests it happens to; all of them when it is left out. */
  readonly times?: number;
}

/** A row without most of its columns, and with a person in the wrong one. */
export const garbled = {
  PartitionKey: 'quintessa.v@private.example',
  RowKey: 'Vandermolen',
  customer_id: 'quintessa.v@private.example',
};

export function respond(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** The signature of a request does not cover the port, so it stays right. */
export function pass(
  { port }: URL,
  incoming: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
  answered?: () => void,
): void {
  const { method, url: path, headers } = incoming;
  const onward = forward({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
    if (answered !== undefined) {
      answer.resume().once('end', answered);
      return;
    }
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  onward.end(body);
}
