import * as v from 'valibot';
import { discriminators } from './discriminators.mjs';

const text = v.pipe(v.string(), v.nonEmpty());
const schema = v.looseObject({
  EnterpriseId: text,
  IntegrationId: text,
  Events: v.array(
    v.looseObject({
      Discriminator: v.picklist(discriminators),
      Value: v.looseObject({ Id: text }),
    }),
  ),
});

export const validate = (body) => v.safeParse(schema, body);
export const issuesOf = (body) => v.safeParse(schema, body).issues;
