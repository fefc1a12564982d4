import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type HttpServer, listen } from './serve-http.ts';

/** What the model says: an answer, perhaps only after something else, calls of tools, or nothing until the one who asked is gone. */
export type ScriptedTurn =
  | { readonly text: string; readonly after?: Promise<unknown> }
  | { readonly calls: readonly { readonly name: string; readonly arguments: object }[] }
  | 'nothing';

export interface ScriptedModelServer {
  /** Of an OpenAI-compatible server. */
  readonly baseUrl: string;
  /** How often it was asked, and how often whoever asked left before the answer. */
  readonly seen: { asked: number; left: number };
  /** Appends turns; each request takes the first one that is left. */
  plan(...turns: readonly ScriptedTurn[]): void;
  close: HttpServer['close'];
}

/** A language model that says what a test has planned, and counts. */
export async function startScriptedModel(): Promise<ScriptedModelServer> {
  const planned: ScriptedTurn[] = [];
  const seen = { asked: 0, left: 0 };
  const { port, close } = await listen(
    createServer(async (request, response) => {
      request.resume();
      await once(request, 'end');
      seen.asked += 1;
      response.on('close', () => {
        seen.left += response.writableFinished ? 0 : 1;
      });
      const { asked } = seen;
      const turn = planned.shift() ?? { text: 'Nothing is planned.' };
      await (typeof turn === 'object' && 'text' in turn ? turn.after : undefined);
      say(turn, asked, response);
    }),
  );
  const plan = (...turns: readonly ScriptedTurn[]) => {
    planned.push(...turns);
  };
  return { baseUrl: `http://127.0.0.1:${port}/v1`, seen, plan, close };
}

function say(turn: ScriptedTurn, number: number, response: ServerResponse): void {
  if (turn === 'nothing') {
    return;
  }
  const message =
    'text' in turn
      ? { role: 'assistant', content: turn.text }
      : {
          role: 'assistant',
          content: null,
          tool_calls: turn.calls.map(({ name, arguments: args }, place) => ({
            id: `call_${number}_${place}`,
            type: 'function',
            function: { name, arguments: JSON.stringify(args) },
          })),
        };
  const finish_reason = 'text' in turn ? 'stop' : 'tool_calls';
  response.setHeader('content-type', 'application/json');
  response.end(
    JSON.stringify({
      id: `chatcmpl-${number}`,
      object: 'chat.completion',
      created: 0,
      model: 'scripted',
      choices: [{ index: 0, finish_reason, message }],
      usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
    }),
  );
}
