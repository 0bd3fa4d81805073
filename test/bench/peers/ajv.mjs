import { Ajv } from 'ajv';
import { discriminators } from './discriminators.mjs';

const text = { type: 'string', minLength: 1 };
const object = (properties) => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
});
const schema = object({
  EnterpriseId: text,
  IntegrationId: text,
  Events: {
    type: 'array',
    items: object({ Discriminator: { enum: discriminators }, Value: object({ Id: text }) }),
  },
});
const first = new Ajv().compile(schema);
const all = new Ajv({ allErrors: true }).compile(schema);

export const validate = (body) => first(body);
export const issuesOf = (body) => {
  all(body);
  return all.errors;
};
