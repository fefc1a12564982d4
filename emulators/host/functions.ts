import { messageOf } from '../lib/errors.ts';
import { CATEGORY, notEmulated, warnAboutBindings } from './binding-warnings.ts';
import type { HostExtension } from './extension.ts';
import type { AuthLevel, HttpRoute } from './http/router.ts';
import { parseTemplate } from './http/template.ts';
import type { HostLog } from './log.ts';
import { isDisabled, resolveSettings } from './settings/environment.ts';
import { parseSchedule } from './timers/schedule.ts';
import type { TimerFunction } from './timers/timers.ts';
import {
  type BindingInfo,
  type FunctionMetadata,
  type RegisteredFunction,
  type Trigger,
  triggerOf,
} from './worker/rpc.ts';

/** The app's functions, sorted by what drives them. */
export interface FunctionIndex {
  readonly http: readonly HttpRoute[];
  readonly timers: readonly TimerFunction[];
  /** Functions that run: those above, and those that extensions drive. */
  readonly enabled: readonly FunctionMetadata[];
  readonly disabled: readonly FunctionMetadata[];
}

export interface IndexOptions {
  readonly routePrefix: string;
  readonly hasExtensionBundle: boolean;
  readonly environment: NodeJS.ProcessEnv;
  readonly extensions: readonly HostExtension[];
  readonly log: HostLog;
}

/**
 * Sorts the functions. One that cannot run here (an unknown trigger, a wrong route, schedule or setting) is left out with an error in
 * the log, as the real host does: the others are served.
 */
export function indexFunctions(
  functions: readonly RegisteredFunction[],
  options: IndexOptions,
): FunctionIndex {
  const http: HttpRoute[] = [];
  const timers: TimerFunction[] = [];
  const enabled: FunctionMetadata[] = [];
  const disabled: FunctionMetadata[] = [];
  for (const { metadata } of functions) {
    if (isDisabled(metadata.name, options.environment)) {
      disabled.push(metadata);
      options.log.write('information', CATEGORY, `Function '${metadata.name}' is disabled`);
      continue;
    }
    try {
      const trigger = resolvedTrigger(metadata, options.environment);
      if (trigger.type === 'httptrigger') {
        http.push(httpRoute(metadata.name, trigger, options.routePrefix));
      } else if (trigger.type === 'timertrigger') {
        timers.push(timerFunction(metadata.name, trigger));
      } else if (!isDriven(trigger, options)) {
        options.log.write('warning', CATEGORY, notEmulated(metadata.name, trigger));
        continue;
      }
      warnAboutBindings(metadata, trigger, options);
      enabled.push(metadata);
    } catch (error) {
      options.log.write(
        'error',
        CATEGORY,
        `The '${metadata.name}' function is in error: ${messageOf(error)}`,
      );
    }
  }
  return { http, timers, enabled, disabled };
}

function resolvedTrigger(metadata: FunctionMetadata, environment: NodeJS.ProcessEnv): Trigger {
  const trigger = triggerOf(metadata);
  if (!trigger) {
    throw new Error('it has no trigger.');
  }
  const entries = Object.entries(trigger.binding).map(([name, value]) => [
    name,
    typeof value === 'string' ? resolveSettings(value, environment) : value,
  ]);
  return { ...trigger, binding: Object.fromEntries(entries) };
}

function httpRoute(functionName: string, { bindingName, binding }: Trigger, routePrefix: string): HttpRoute {
  const route = typeof binding.route === 'string' && binding.route !== '' ? binding.route : functionName;
  const template = routePrefix === '' ? route : `${routePrefix}/${route}`;
  const methods = Array.isArray(binding.methods) ? binding.methods : [];
  try {
    return {
      functionName,
      bindingName,
      methods: methods.map((method) => String(method).toUpperCase()),
      template,
      pattern: parseTemplate(template),
      authLevel: authLevel(binding),
    };
  } catch (error) {
    throw new Error(`the route "${template}" is wrong: ${messageOf(error)}.`);
  }
}

function authLevel(binding: BindingInfo): AuthLevel {
  const level = String(binding.authLevel ?? 'anonymous').toLowerCase();
  if (level === 'anonymous' || level === 'function' || level === 'admin') {
    return level;
  }
  throw new Error(`authLevel "${level}" does not exist; use anonymous, function or admin`);
}

function timerFunction(name: string, { bindingName, binding }: Trigger): TimerFunction {
  return {
    name,
    bindingName,
    schedule: parseSchedule(String(binding.schedule ?? '')),
    runOnStartup: binding.runOnStartup === true,
    useMonitor: binding.useMonitor !== false,
  };
}

function isDriven(trigger: Trigger, { extensions }: IndexOptions): boolean {
  return extensions.some((extension) => extension.triggers.includes(trigger.type));
}
