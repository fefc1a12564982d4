import type { Tool } from '@modelcontextprotocol/client';
import { type Connection, forPeople } from '../mcp/session.ts';
import { CallTool } from './call-tool.tsx';
import { effectOf } from './me.tsx';

interface ToolsProps {
  readonly connections: readonly Connection[];
  /** Name of the one that is looked at; none is empty. */
  readonly chosen: string;
}

/** Everything that can be called, and the one that is. */
export function Tools({ connections, chosen }: ToolsProps) {
  const all = connections.flatMap((connection) =>
    forPeople(connection).map((tool) => ({ connection, tool })),
  );
  const found = all.find(({ tool }) => tool.name === chosen);
  return (
    <div class="sides">
      <nav aria-label="Tools">
        <ul class="plain">
          {all.map(({ tool }) => (
            <li key={tool.name}>
              <a
                href={`#/tools/${tool.name}`}
                {...(tool === found?.tool && { 'aria-current': 'true' as const })}
              >
                {tool.title ?? tool.name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {found === undefined ? (
        <p class="quiet">Choose a tool.</p>
      ) : (
        <article>
          <h1>{found.tool.title ?? found.tool.name}</h1>
          <Description tool={found.tool} />
          <CallTool key={found.tool.name} connection={found.connection} tool={found.tool} />
        </article>
      )}
    </div>
  );
}

function Description({ tool }: { readonly tool: Tool }) {
  return (
    <>
      <p>{tool.description}</p>
      <p class="quiet">
        <code>{tool.name}</code>: {effectOf(tool)}
      </p>
    </>
  );
}
