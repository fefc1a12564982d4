import type { HostExtension } from './extension.ts';
import type { HostLog } from './log.ts';
import type { FunctionMetadata, Trigger } from './worker/rpc.ts';

export const CATEGORY = 'Host.Startup';
/** Triggers that the host knows without an extension bundle. */
const BUILT_IN = ['httptrigger', 'timertrigger'];

/** What bindings are checked against. */
interface Surroundings {
  readonly hasExtensionBundle: boolean;
  readonly extensions: readonly HostExtension[];
  readonly log: HostLog;
}

/** Says at start what would otherwise show as an undefined input or a lost output in the middle of a request. */
export function warnAboutBindings(metadata: FunctionMetadata, trigger: Trigger, options: Surroundings): void {
  const supplied = options.extensions.flatMap((extension) => extension.inputBindings);
  let needsBundle = !BUILT_IN.includes(trigger.type);
  for (const [name, binding] of Object.entries(metadata.bindings)) {
    const type = binding.type.toLowerCase();
    if (name === trigger.bindingName || type === 'http') {
      continue;
    }
    needsBundle = true;
    if (binding.direction === 'in' && supplied.includes(type)) {
      continue;
    }
    if (binding.direction === 'out' && name === '$return' && !BUILT_IN.includes(trigger.type)) {
      continue;
    }
    const effect =
      binding.direction === 'out' ? 'what is written to it is dropped' : 'its value is undefined';
    options.log.write(
      'warning',
      CATEGORY,
      `Function '${metadata.name}' has a binding of type ${binding.type}, which this local host does not emulate: ${effect}.`,
    );
  }
  if (needsBundle && !options.hasExtensionBundle) {
    options.log.write(
      'warning',
      CATEGORY,
      `Function '${metadata.name}' needs an extension, but host.json has no "extensionBundle": it would not start in Azure.`,
    );
  }
}

export function notEmulated(functionName: string, { binding }: Trigger): string {
  return `Function '${functionName}' uses a ${binding.type}, which this local host does not emulate: the function is skipped. In Azure, and under Core Tools, it runs.`;
}
