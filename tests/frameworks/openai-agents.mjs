import { auth } from '@modelcontextprotocol/client';
import { Agent, MCPServerStreamableHttp, run, setTracingDisabled, Usage } from '@openai/agents';
import { Person } from './person.mjs';
import { calls, outcomeOf, report, textsOf } from './report.mjs';

setTracingDisabled(true);
const [url, agentic] = process.argv.slice(2);
const authProvider = new Person('A program with OpenAI Agents');

async function connect(url) {
  const server = new MCPServerStreamableHttp({ name: 'contoso', url, authProvider, cacheToolsList: true });
  await server.connect();
  return server;
}

const refused = await outcomeOf(() => connect(url));
const { code, iss } = authProvider;
await auth(authProvider, { serverUrl: url, authorizationCode: code, iss });
const server = await connect(url);

/** A model that asks for one tool, and is content with what it is told. */
function modelFor([name, input]) {
  const call = {
    type: 'function_call',
    callId: '1',
    name,
    arguments: JSON.stringify(input),
    status: 'completed',
  };
  const done = {
    type: 'message',
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text: 'Done.' }],
  };
  return {
    told: undefined,
    async getResponse({ input }) {
      const told = [input].flat().find(({ type }) => type === 'function_call_result');
      this.told = told?.output;
      return { usage: new Usage(), output: [told === undefined ? call : done] };
    },
  };
}

async function call(what, from = server) {
  const model = modelFor(what);
  const { finalOutput } = await run(new Agent({ name: 'Agent', model, mcpServers: [from] }), 'Look it up.');
  return { told: textsOf(model.told), answer: finalOutput };
}

report({
  refused,
  offered: (await server.listTools()).length,
  customer: await call(calls.customer),
  stranger: await call(calls.stranger),
  unasked: await call(calls.unlock),
  diagnosis: await call(calls.diagnosis, await connect(agentic)),
});
