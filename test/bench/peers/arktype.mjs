import { type } from 'arktype';
import { discriminators } from './discriminators.mjs';

const text = 'string > 0';
const schema = type({
  EnterpriseId: text,
  IntegrationId: text,
  Events: type({ Discriminator: type.enumerated(...discriminators), Value: { Id: text } }).array(),
});

export const validate = (body) => schema.allows(body);
export const issuesOf = (body) => schema(body);
