import { MultiServerMCPClient } from '@langchain/mcp-adapters';
import { auth } from '@modelcontextprotocol/sdk/client/auth.js';
import { Person } from './person.mjs';
import { calls, outcomeOf, report, textsOf } from './report.mjs';

const [url, agentic] = process.argv.slice(2);
const authProvider = new Person('A program with LangChain');
const steps = [];

function toolsOf(url) {
  const onProgress = ({ progress }) => steps.push(progress);
  return new MultiServerMCPClient({ mcpServers: { contoso: { url, authProvider } }, onProgress }).getTools();
}

const refused = await outcomeOf(() => toolsOf(url));
await auth(authProvider, { serverUrl: url, authorizationCode: authProvider.code });
const tools = await toolsOf(url);

async function call([name, args], from = tools) {
  const tool = from.find((one) => one.name === name);
  const { content, artifact } = await tool.invoke({ type: 'tool_call', id: '1', name, args });
  return {
    told: textsOf(content),
    data: artifact.find(({ type }) => type === 'mcp_structured_content').data,
  };
}

report({
  refused,
  offered: tools.length,
  customer: await call(calls.customer),
  stranger: await outcomeOf(() => call(calls.stranger)),
  unasked: await outcomeOf(() => call(calls.unlock)),
  diagnosis: await call(calls.diagnosis, await toolsOf(agentic)),
  steps,
});
