import type { ApprovalsOptions, SecondPerson } from './approvals.ts';

/** Where no tenant has a limit, nothing waits. */
const nobody: SecondPerson = {
  desk: undefined,
  registered: [],
  serve: () => {},
  of: () => undefined,
  extensions: () => [],
  tidy: async () => {},
};

/** Opens what calls wait in that need a second person; loads nothing of it where no tenant has a limit. */
export async function secondPerson(
  settings: ApprovalsOptions['settings'],
  options: Omit<ApprovalsOptions, 'settings'>,
): Promise<SecondPerson> {
  if (settings.approvals.above.size === 0) {
    return nobody;
  }
  const { deploymentApprovals } = await import('./approvals.ts');
  return deploymentApprovals({ settings, ...options });
}
