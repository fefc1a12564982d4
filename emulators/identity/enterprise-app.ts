import { cliApp, type DirectoryUser } from './directory.ts';

/** A program that the organisation's administrators let use MCP servers for everybody in it, without asking each person. */
export const enterpriseApp = {
  /** Both at the identity provider and at the MCP service. */
  clientId: 'a0000000-0000-4000-8000-000000000005',
  name: 'local enterprise client',
  secret: 'local-only-not-a-secret',
  redirectUris: cliApp.redirectUris,
} as const;

/** Groups of a person, which the assertions name; the MCP service has a table of what they stand for. */
export function groupsOf({ roles }: DirectoryUser): string[] {
  return ['employees', ...roles.map(groupOf)];
}

/** The group of those who shall have a role. */
export function groupOf(role: string): string {
  return `mcp-${role}`;
}
