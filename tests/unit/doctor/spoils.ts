import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Evidence, Known, LiveEvidence, ModelTrial } from '#doctor/evidence';
import { parseXml } from '#gateway/language/xml';
import { policiesFolder } from '#gateway/registry';
import type { Environment } from '#platform/settings/read';
import { gatewayFiles, goodSettings } from './evidence.ts';

/** How the model answered, on top of how a good one does. */
export function trial(change: Partial<ModelTrial>): Spoil {
  return (evidence) =>
    'value' in evidence.model
      ? { ...evidence, model: { value: { ...evidence.model.value, ...change } } }
      : evidence;
}

/** A second model that answered like that. */
export function spare(change: Partial<ModelTrial>): Spoil {
  return (evidence) =>
    'value' in evidence.model
      ? {
          ...evidence,
          otherModels: [
            { which: 'The second model, spare', trial: { value: { ...evidence.model.value, ...change } } },
          ],
        }
      : evidence;
}

export type Spoil = (evidence: Evidence) => Evidence;

/** Settings on top of the good ones; undefined takes one away. */
export function settings(change: Environment): Spoil {
  const value = { ...goodSettings, ...change };
  return (evidence) => ({ ...evidence, environment: { value }, flexSettings: { value } });
}

/** The settings of other apps, by the files that they are in. */
export function beside(others: Readonly<Record<string, Environment>>): Spoil {
  const list = Object.entries(others).map(([file, one]) => ({ file, settings: one }));
  return (evidence) => ({ ...evidence, beside: list });
}

export function live<Name extends keyof LiveEvidence>(
  name: Name,
  value: LiveEvidence[Name] extends Known<infer T> ? T : never,
): Spoil {
  return (evidence) => ({ ...evidence, live: { ...evidence.live, [name]: { value } } });
}

/** A policy file with a text replaced; the text must be there. */
export function policy(file: string, search: string | RegExp, replacement: string): Spoil {
  return (evidence) => {
    const files = gatewayFiles();
    const source = readFileSync(path.join(policiesFolder, file), 'utf8');
    const changed = source.replace(search, replacement);
    if (changed === source) {
      throw new Error(`${file} does not hold ${search}.`);
    }
    const documents = new Map(files.bundle.documents).set(file, parseXml(file, changed));
    return { ...evidence, gateway: { value: { ...files, bundle: { ...files.bundle, documents } } } };
  };
}
