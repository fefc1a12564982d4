import type { Tool } from '@modelcontextprotocol/client';
import { type Connection, forPeople } from '../mcp/session.ts';

interface MeProps {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly connections: readonly Connection[];
}

/** Who is signed in, and what the service lists for them: what it does not list it would refuse. */
export function Me({ claims, connections }: MeProps) {
  const roles = listOf(claims.roles);
  return (
    <>
      <h1>{textOf(claims.name) || 'You'}</h1>
      <dl>
        <Fact name="Signed in as" value={textOf(claims.preferred_username ?? claims.oid ?? claims.sub)} />
        <Fact name="Roles" value={roles.length === 0 ? 'none of your own' : roles.join(', ')} />
        <Fact name="Until" value={timeOf(claims.exp)} />
        <Fact name="Signed in by" value={textOf(claims.iss)} />
      </dl>
      <h2>What you may do</h2>
      {connections.map((connection) => (
        <section key={connection.endpoint} aria-label={connection.endpoint}>
          <h3>{connection.endpoint === 'tools' ? 'With tools' : 'With experts'}</h3>
          <div class="scroll">
            <table>
              <thead>
                <tr>
                  <th scope="col">What</th>
                  <th scope="col">Effect</th>
                </tr>
              </thead>
              <tbody>
                {forPeople(connection).map((tool) => (
                  <tr key={tool.name}>
                    <td>
                      <a href={`#/tools/${tool.name}`}>{tool.title ?? tool.name}</a>
                    </td>
                    <td>{effectOf(tool)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      ))}
    </>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

export function effectOf({ annotations }: Tool): string {
  return annotations?.readOnlyHint
    ? 'reads'
    : annotations?.destructiveHint
      ? 'changes, and asks first'
      : 'changes';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function timeOf(value: unknown): string {
  return typeof value === 'number' ? new Date(value * 1000).toLocaleTimeString() : '';
}
