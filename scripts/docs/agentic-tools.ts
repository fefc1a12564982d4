import { troubleShootDevice } from '#contoso/diagnosis/trouble-shoot-device';
import { expertDefinitions } from '#contoso/experts/domains';
import { type ExpertToolsDependencies, expertTools } from '#platform/experts/expert-tools';
import type { AnyTool } from '#platform/mcp/definitions/tool';

/** The definitions of the agentic endpoint's tools; nothing here calls them. */
export const agenticTools: readonly AnyTool[] = [
  ...expertTools(expertDefinitions, {} as ExpertToolsDependencies),
  troubleShootDevice(() => {
    throw new Error('Documentation runs no jobs.');
  }),
];
