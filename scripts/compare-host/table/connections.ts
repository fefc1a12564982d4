import type { RequestRow } from '../row.ts';
import { allowed, also, bare, former, modern, one, withToken } from './asking.ts';

const live = bare('GET /health/live');
const ping = withToken(former('/mcp', 'ping'));
const diagnosis = {
  name: 'trouble_shoot_device',
  arguments: { detail: 'Slow in the evening', device_name: 'router-7', subscription_id: 252 },
};
const tasks = { extensions: { 'io.modelcontextprotocol/tasks': {} } };
const ofTask = (method: string) => withToken(modern('/agentic/mcp', method, { taskId: '{task}' }, tasks));
const begin = {
  ...withToken(modern('/agentic/mcp', 'tools/call', diagnosis, tasks)),
  keeps: { name: 'task', where: /"taskId":"([^"]+)"/ },
};

/** Several requests on one connection, and answers that take their time. */
export const connectionRows: readonly RequestRow[] = [
  one('ten requests on one connection', live, {
    kind: 'sequence',
    sends: Array.from({ length: 10 }, () => live),
    compares: ['status', 'headers', 'body', 'connection'],
  }),
  one('three requests before the first answer', live, {
    kind: 'pipelined',
    sends: [live, bare('GET /nowhere'), live],
  }),
  allowed('a refused body, and a request behind it', ping, {
    kind: 'sequence',
    sends: [also(ping, 'Origin: https://elsewhere.example'), ping],
  }),
  allowed('a reader that is slow', modern('/mcp', 'tools/list'), { readsSlowly: true }),
  allowed('the events of a diagnosis', modern('/agentic/mcp', 'tools/call', diagnosis), {
    kind: 'stream',
    compares: ['status', 'headers', 'events'],
    note: 'a comment after 15 s, a proper last chunk',
    // a job that another process started can begin half a minute later
    apartMs: 40_000,
  }),
  allowed('a task: start, poll until it is done', begin, {
    kind: 'sequence',
    sends: [begin, { ...ofTask('tasks/get'), until: /"status":"completed"/ }],
    compares: ['status', 'headers'],
  }),
  allowed('a task: start, cancel, look at it', begin, {
    kind: 'sequence',
    sends: [begin, ofTask('tasks/cancel'), { ...ofTask('tasks/get'), until: /"status":"cancelled"/ }],
    compares: ['status', 'headers'],
  }),
];
