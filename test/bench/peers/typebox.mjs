import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { discriminators } from './discriminators.mjs';

const text = Type.String({ minLength: 1 });
const schema = Compile(
  Type.Object({
    EnterpriseId: text,
    IntegrationId: text,
    Events: Type.Array(
      Type.Object({
        Discriminator: Type.Union(discriminators.map((name) => Type.Literal(name))),
        Value: Type.Object({ Id: text }),
      }),
    ),
  }),
);

export const validate = (body) => schema.Check(body);
export const issuesOf = (body) => schema.Errors(body);
