import * as z from 'zod';
import { compute, number, Ref, verb } from '#kernel/contract.ts';

/** One rota of another system: `new` will be made, `there` has its name already, `left` cannot be taken over. */
const MovedRota = z
  .object({
    name: z.string(),
    zone: z.string(),
    becomes: z.enum(['new', 'there', 'left']),
    rota: Ref.nullable(),
    layers: z.array(z.object({ name: z.string(), people: z.array(z.string()) })),
    /** Overrides that lie ahead. */
    overrides: z.number().int(),
    notes: z.array(z.string()),
    because: z.string(),
  })
  .meta({ id: 'MovedRota' });
export type MovedRota = z.infer<typeof MovedRota>;

export const RotaMovePlan = z
  .object({
    format: z.enum(['pagerduty', 'opsgenie', 'grafana-oncall']),
    rotas: z.array(MovedRota),
    /** Everybody whom a rota names; `person` is whom they are here, by address or by what was said. */
    people: z.array(z.object({ key: z.string(), name: z.string(), email: z.string().nullable(), person: Ref.nullable() })),
    counts: z.object({ new: z.number().int(), there: z.number().int(), left: z.number().int() }),
  })
  .meta({ id: 'RotaMovePlan' });
export type RotaMovePlan = z.infer<typeof RotaMovePlan>;

const input = {
  /** The answer of the other system's API, as JSON. */
  text: z.string().min(1, 'Paste the answer of the API, or choose the file.').max(900_000, 'The file is too long: move in fewer schedules at a time.'),
  /** Who is who, by the key of the plan, where the address does not say it. */
  people: z.record(z.string().max(200), number).default({}),
};

/** Moving in from PagerDuty, Opsgenie or Grafana OnCall. */
export const movingVerbs = {
  planMove: compute('POST /rotas/move-in/plan', {
    can: 'rotas.plan',
    about: 'look at what moving in from PagerDuty, Opsgenie or Grafana OnCall would make',
    input,
    output: RotaMovePlan,
  }),
  moveIn: verb('POST /rotas/move-in', {
    can: 'rotas.plan',
    about: 'make the rotas of another system; those that are there by name already stay as they are',
    input,
    output: z.object({ plan: RotaMovePlan, made: z.array(Ref) }),
  }),
};
