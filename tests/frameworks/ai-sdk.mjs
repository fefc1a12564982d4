import { auth, createMCPClient, ElicitationRequestSchema } from '@ai-sdk/mcp';
import { Person } from './person.mjs';
import { calls, outcomeOf, report, textsOf } from './report.mjs';

const [url, agentic] = process.argv.slice(2);
const authProvider = new Person('A program with the AI SDK');

const connect = (url) => createMCPClient({ transport: { type: 'http', url, authProvider } });

const refused = await outcomeOf(() => connect(url));
const { code, returnedState, iss } = authProvider;
await auth(authProvider, {
  serverUrl: url,
  authorizationCode: code,
  callbackState: returnedState,
  issuer: iss,
});
const client = await connect(url);
const tools = await client.tools();

async function call([name, input], from = tools) {
  const output = await from[name].execute(input, { toolCallId: '1', messages: [] });
  const { value } = await from[name].toModelOutput({ toolCallId: '1', input, output });
  return { told: textsOf(value), data: output.structuredContent, isError: output.isError };
}

async function asked() {
  const client = await createMCPClient({
    transport: { type: 'http', url, authProvider },
    capabilities: { elicitation: {} },
  });
  client.onElicitationRequest(ElicitationRequestSchema, async () => {
    return { action: 'accept', content: { confirm: true } };
  });
  return await call(calls.unlock, await client.tools());
}

report({
  refused,
  offered: Object.keys(tools).length,
  customer: await call(calls.customer),
  stranger: await outcomeOf(() => call(calls.stranger)),
  unasked: await outcomeOf(() => call(calls.unlock)),
  asked: await asked(),
  diagnosis: await call(calls.diagnosis, await (await connect(agentic)).tools()),
});
