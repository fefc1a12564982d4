import { text } from 'node:stream/consumers';
import type { Operation } from '../subjects/messages.ts';
import { serve } from './serve.ts';

/** What any answer costs at least: node:http reads the JSON and sends bytes that were made before. */
const answers = JSON.parse(process.env.BENCH_ANSWERS ?? '{}') as Record<Operation, string>;

serve(async (request, response) => {
  const { method } = JSON.parse(await text(request)) as { method: Operation };
  response.writeHead(200, { 'content-type': 'application/json' }).end(answers[method]);
});
