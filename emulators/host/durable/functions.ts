import { type FunctionMetadata, triggerOf } from '../worker/rpc.ts';
import { ArgumentError } from './errors.ts';

export interface DurableFunction {
  readonly name: string;
  readonly bindingName: string;
}

/** The app's orchestrators and activities. Names are matched without regard to case, as the extension does. */
export interface DurableFunctions {
  /** Both throw an ArgumentError in the words of the extension. */
  orchestrator(name: string): DurableFunction;
  activity(name: string): DurableFunction;
}

export function findDurableFunctions(functions: readonly FunctionMetadata[]): DurableFunctions {
  const orchestrators = withTrigger(functions, 'orchestrationtrigger');
  const activities = withTrigger(functions, 'activitytrigger');
  return {
    orchestrator: (name) => find(orchestrators, name, 'orchestrator'),
    activity: (name) => find(activities, name, 'activity'),
  };
}

function withTrigger(functions: readonly FunctionMetadata[], type: string): DurableFunction[] {
  return functions.flatMap((metadata) => {
    const trigger = triggerOf(metadata);
    return trigger?.type === type ? [{ name: metadata.name, bindingName: trigger.bindingName }] : [];
  });
}

function find(known: readonly DurableFunction[], name: string, kind: string): DurableFunction {
  const found = known.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  if (found) {
    return found;
  }
  const additional =
    known.length > 0
      ? `The following are the known ${kind} functions: '${known.map((one) => one.name).join("', '")}'.`
      : `No ${kind} functions are currently registered!`;
  throw new ArgumentError(
    `The function '${name}' doesn't exist, is disabled, or is not an ${kind} function. Additional info: ${additional}`,
  );
}
