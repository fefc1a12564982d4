import * as z from 'zod';

/** Name of a deployment of Azure OpenAI, or of a model at another server, such as `org/model:8b`. */
export const modelNameShape = z
  .string()
  .regex(/^[A-Za-z0-9][\w.:/-]{0,127}$/, 'must be the name of a deployment or model');
