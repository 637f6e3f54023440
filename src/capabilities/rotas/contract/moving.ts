import * as z from 'zod';
import { compute, instant, number, Ref, verb } from '#kernel/contract.ts';
import { Temporary } from './shapes.ts';

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

const Who = z.object({ key: z.string(), name: z.string(), email: z.string().nullable(), person: Ref.nullable() }).meta({ id: 'MovedPerson' });

export const RotaMovePlan = z
  .object({
    format: z.enum(['pagerduty', 'opsgenie', 'grafana-oncall']),
    rotas: z.array(MovedRota),
    /** Everybody whom a rota names; `person` is whom they are here, by address or by what was said. */
    people: z.array(Who),
    counts: z.object({ new: z.number().int(), there: z.number().int(), left: z.number().int() }),
  })
  .meta({ id: 'RotaMovePlan' });
export type RotaMovePlan = z.infer<typeof RotaMovePlan>;

export const ShiftPlan = z
  .object({
    /** From now to the end of the last shift: this is replaced; null when nothing lies ahead. */
    from: instant.nullable(),
    until: instant.nullable(),
    shifts: z.array(z.object({ from: instant, until: instant, name: z.string(), person: Ref.nullable() })),
    people: z.array(Who),
    notes: z.array(z.string()),
    /** Why it cannot be taken over as it is, or null. */
    because: z.string().nullable(),
  })
  .meta({ id: 'ShiftPlan' });
export type ShiftPlan = z.infer<typeof ShiftPlan>;

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
  planShifts: compute('POST /rotas/{number}/calendar-shifts/plan', {
    can: 'rotas.plan',
    about: 'look at the shifts of the next 100 days that an iCalendar file says, and at who has them',
    input: { number, ...input },
    output: ShiftPlan,
  }),
  takeShifts: verb('POST /rotas/{number}/calendar-shifts', {
    can: 'rotas.plan',
    about: 'take the shifts of an iCalendar file over as temporary shifts: up to the last of them they replace what the layers say',
    input: { number, ...input },
    output: Temporary,
  }),
};
