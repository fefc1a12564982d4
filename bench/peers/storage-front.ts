import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { serve } from './serve.ts';

/**
 * Stands in front of Azurite, whose port is the argument, and takes audit entries itself: it answers them at once and
 * keeps nothing. Table Storage takes them on machines of its own; Azurite would take them on the cores that are
 * measured, and cannot take as many as a saturated service writes. Everything else goes to Azurite as it is.
 */
const azurite = Number(process.argv[2]);
const agent = new http.Agent({ keepAlive: true });

serve(async (request, response) => {
  const body = await buffer(request);
  const changes = request.url?.endsWith('/$batch') ? auditChanges(body.toString('latin1')) : 0;
  if (changes > 0) {
    answerBatch(response, changes);
  } else {
    forward(request, body, response);
  }
});

/** How many entries a transaction writes to the audit table; 0 when it is about another table. */
function auditChanges(batch: string): number {
  return batch.match(/^(?:PUT|PATCH|MERGE|POST) http\S*Audit\b/gm)?.length ?? 0;
}

/** Each change is answered by a part of its own (OData batch, "changeset response"). */
function answerBatch(response: ServerResponse, changes: number): void {
  const part = [
    '--changesetresponse_bench',
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    '',
    'HTTP/1.1 204 No Content',
    '',
    '',
  ];
  const lines = [
    '--batchresponse_bench',
    'Content-Type: multipart/mixed; boundary=changesetresponse_bench',
    '',
    ...Array.from({ length: changes }, () => part).flat(),
    '--changesetresponse_bench--',
    '--batchresponse_bench--',
    '',
  ];
  response
    .writeHead(202, { 'content-type': 'multipart/mixed; boundary=batchresponse_bench' })
    .end(lines.join('\r\n'));
}

function forward({ method, url, headers }: IncomingMessage, body: Buffer, response: ServerResponse): void {
  const onward = http.request({ port: azurite, host: '127.0.0.1', agent, method, path: url, headers });
  onward.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  onward.end(body);
}
