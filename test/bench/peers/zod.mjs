import * as z from 'zod';
import { discriminators } from './discriminators.mjs';

const text = z.string().min(1);
const schema = z.looseObject({
  EnterpriseId: text,
  IntegrationId: text,
  Events: z.array(
    z.looseObject({ Discriminator: z.enum(discriminators), Value: z.looseObject({ Id: text }) }),
  ),
});

export const validate = (body) => schema.safeParse(body);
export const issuesOf = (body) => schema.safeParse(body).error?.issues;
