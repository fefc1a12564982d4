import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { projectDir } from '../../lib/project-dir.ts';
import { type InfraCheck, without } from '../check.ts';
import type { Prediction } from '../predict.ts';

/** azd finds the app of each service by its tag: the services of azure.yaml are the backends, each with an app. */
export const services: InfraCheck = {
  problems({ form, resources }: Prediction) {
    const text = readFileSync(path.join(projectDir, 'azure.yaml'), 'utf8');
    const named = Object.keys((parse(text) as { services: object }).services);
    const made = resources.flatMap(({ tags }) => tags?.['azd-service-name'] ?? []);
    return [
      ...without(made, named).map(
        (name) => `azure.yaml has no service ${name}: nothing would be deployed to it`,
      ),
      ...without(named, made).map(
        (name) => `azure.yaml has the service ${name}, and no tenant has that backend`,
      ),
    ].map((problem) => `${form}: ${problem}`);
  },
};
