import { troubleShootDevice } from '../../shared/diagnostics/trouble-shoot-device.ts';
import { type ExpertToolsDependencies, expertTools } from '../../shared/experts/expert-tools.ts';
import type { AnyTool } from '../../shared/tools/define.ts';

/** The definitions of the agentic endpoint's tools; nothing here calls them. */
export const agenticTools: readonly AnyTool[] = [
  ...expertTools({} as ExpertToolsDependencies),
  troubleShootDevice(() => {
    throw new Error('Documentation runs no jobs.');
  }),
];
