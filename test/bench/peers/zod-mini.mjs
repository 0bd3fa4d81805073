import * as z from 'zod/mini';
import { discriminators } from './discriminators.mjs';

const text = z.string().check(z.minLength(1));
const schema = z.looseObject({
  EnterpriseId: text,
  IntegrationId: text,
  Events: z.array(
    z.looseObject({ Discriminator: z.enum(discriminators), Value: z.looseObject({ Id: text }) }),
  ),
});

export const validate = (body) => schema.safeParse(body);
export const issuesOf = (body) => schema.safeParse(body).error?.issues;
