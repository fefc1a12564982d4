import * as z from 'zod';

/** The members of API Activity (OCSF 1.6.0) that are written, as JSON Schema; those that the class demands are required. */
const schema = {
  type: 'object',
  additionalProperties: false,
  required: [
    ...[
      'activity_id',
      'actor',
      'api',
      'category_uid',
      'class_uid',
      'metadata',
      'severity_id',
      'src_endpoint',
    ],
    ...['time', 'type_uid'],
  ],
  properties: {
    activity_id: { enum: [0, 1, 2, 3, 4, 99] },
    activity_name: { type: 'string' },
    category_uid: { const: 6 },
    category_name: { const: 'Application Activity' },
    class_uid: { const: 6003 },
    class_name: { const: 'API Activity' },
    type_uid: { enum: [600_300, 600_301, 600_302, 600_303, 600_304, 600_399] },
    type_name: { type: 'string' },
    severity_id: { enum: [0, 1, 2, 3, 4, 5, 6, 99] },
    severity: { type: 'string' },
    time: { type: 'integer', minimum: 1_500_000_000_000 },
    duration: { type: 'integer', minimum: 0 },
    count: { type: 'integer', minimum: 1 },
    status_id: { enum: [0, 1, 2, 99] },
    status: { type: 'string' },
    status_code: { type: 'string' },
    status_detail: { type: 'string' },
    metadata: {
      type: 'object',
      additionalProperties: false,
      required: ['product', 'version'],
      properties: {
        version: { const: '1.6.0' },
        uid: { type: 'string', minLength: 1 },
        correlation_uid: { type: 'string' },
        tenant_uid: { type: 'string', minLength: 1 },
        log_name: { type: 'string' },
        product: {
          type: 'object',
          additionalProperties: false,
          required: ['name', 'vendor_name'],
          properties: { name: { type: 'string' }, vendor_name: { type: 'string' } },
        },
      },
    },
    actor: {
      type: 'object',
      additionalProperties: false,
      required: ['user'],
      properties: {
        app_uid: { type: 'string', minLength: 1 },
        user: {
          type: 'object',
          additionalProperties: false,
          required: ['type_id'],
          properties: {
            uid: { type: 'string', minLength: 1 },
            name: { type: 'string', minLength: 1 },
            type_id: { enum: [0, 1, 2, 3, 99] },
            type: { type: 'string' },
          },
        },
        authorizations: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: false,
            properties: { decision: { enum: ['allowed', 'denied'] } },
          },
        },
      },
    },
    api: {
      type: 'object',
      additionalProperties: false,
      required: ['operation'],
      properties: {
        operation: { type: 'string', minLength: 1 },
        service: { type: 'object', properties: { name: { type: 'string' } } },
      },
    },
    src_endpoint: {
      type: 'object',
      additionalProperties: false,
      properties: { uid: { type: 'string', minLength: 1 }, name: { type: 'string', minLength: 1 } },
    },
    unmapped: { type: 'object' },
  },
} as const;

/** @throws ZodError when an event is none of the class */
export const apiActivity = z.fromJSONSchema(schema as unknown as Parameters<typeof z.fromJSONSchema>[0]);
