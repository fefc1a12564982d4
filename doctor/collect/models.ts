import type { ModelOptions } from '#platform/experts/models/options';
import { readModel } from '#platform/settings/model';
import { type Environment, SettingsError } from '#platform/settings/read';
import { readTenants, type TenantSettings } from '#platform/settings/tenants';
import type { Known, ModelTrial, OtherModel } from '../evidence.ts';
import { type ServerOptions, type Tried, trialAt } from './model.ts';

/**
 * Tries the model of the settings. Never throws.
 * @param wanted false when the model is not to be asked
 */
export async function collectModel(
  business: Tried,
  environment: Known<Environment>,
  wanted: boolean,
): Promise<Known<ModelTrial>> {
  if (!wanted) {
    return { missing: 'The model was not asked (--no-model).' };
  }
  if (!('value' in environment)) {
    return environment;
  }
  const options = modelIn(environment.value);
  if (options === undefined) {
    return { missing: 'The settings of the model are wrong; see agentic.model.' };
  }
  return options.kind === 'offline'
    ? { missing: 'No language model is configured.' }
    : await trialAt(business, options);
}

/** The same for the second model, and for those that tenants have of their own. None when nothing is to be asked. */
export async function collectOtherModels(
  business: Tried,
  environment: Known<Environment>,
  wanted: boolean,
): Promise<readonly OtherModel[]> {
  const options = wanted && 'value' in environment ? modelIn(environment.value) : undefined;
  if (options === undefined || options.kind === 'offline' || !('value' in environment)) {
    return [];
  }
  const others = [...secondOf(options), ...ownOf(options, tenantsIn(environment.value))];
  const tried: OtherModel[] = [];
  for (const { which, at } of others) {
    tried.push({ which, trial: await trialAt(business, at) });
  }
  return tried;
}

type Other = { readonly which: string; readonly at: ServerOptions };

function secondOf({ second }: ServerOptions): Other[] {
  return second === undefined
    ? []
    : [{ which: `The second model, ${nameOf(second)}`, at: withoutVectors(second) }];
}

function ownOf(options: ServerOptions, tenants: readonly TenantSettings[]): Other[] {
  const names = [...new Set(tenants.flatMap(({ model }) => (model === undefined ? [] : [model])))];
  return names.map((name) => ({
    which: `${name}, the model of ${tenants.flatMap(({ slug, model }) => (model === name ? [slug] : [])).join(', ')}`,
    at: withoutVectors(
      options.kind === 'azure' ? { ...options, chatDeployment: name } : { ...options, chatModel: name },
    ),
  }));
}

const nameOf = (options: ServerOptions) =>
  options.kind === 'azure' ? options.chatDeployment : options.chatModel;

/** Texts are embedded by one model, whichever one answers. */
function withoutVectors(options: ServerOptions): ServerOptions {
  if (options.kind === 'azure') {
    const { embeddingDeployment: _, ...rest } = options;
    return rest;
  }
  const { embeddingModel: _, ...rest } = options;
  return rest;
}

/** Wrong settings are reported by checks of their own. */
function modelIn(environment: Environment): ModelOptions | undefined {
  return ifRight(() => readModel(environment));
}

function tenantsIn(environment: Environment): readonly TenantSettings[] {
  return ifRight(() => readTenants(environment)) ?? [];
}

function ifRight<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof SettingsError) {
      return undefined;
    }
    throw error;
  }
}
