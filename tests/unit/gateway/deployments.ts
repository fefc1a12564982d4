import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Deployment } from '#gateway/checks/check';
import { problemsOf } from '#gateway/checks/index';
import { describeNamedValues } from '#gateway/generate/named-values';
import { readBundle, withTexts } from '#gateway/language/bundle';
import { policiesFolder, type Registry, readRegistry } from '#gateway/registry';

export const registry = readRegistry();
/** What is in the repository. */
export const whole: Deployment = {
  bundle: readBundle(policiesFolder),
  registry,
  namedValues: describeNamedValues(registry),
};

/** What the checks say of it, with file and line. */
export function complaints(deployment: Deployment): string[] {
  return problemsOf(deployment).map(
    ({ position, description }) => `${position.file}:${position.line}: ${description}`,
  );
}

/** The policies with one text of one file replaced. */
export function changed(file: string, from: string | RegExp, to: string): Deployment {
  const source = readFileSync(`${policiesFolder}${file}`, 'utf8');
  const text = source.replace(from, to);
  expect(text).not.toBe(source);
  return { ...whole, bundle: withTexts(whole.bundle, [[file, text]]) };
}

export function withTenants(change: (tenants: Registry['tenants']) => Registry['tenants']): Deployment {
  return { ...whole, registry: { ...registry, tenants: change(registry.tenants) } };
}
