import * as z from 'zod';
import { instant, number, page, pageInput, Ref, title, verb } from '#kernel/contract.ts';
import { Absence, absenceKind, Calendar, Candidate, local, zone } from './shapes.ts';

const calendarId = z.uuid();

/** Who is away when, and which days are holidays. */
export const absenceVerbs = {
  absences: verb('GET /rotas/absences', {
    can: 'rotas.read',
    about: 'list absences that are not over, the next first',
    input: { ...pageInput, person: number.optional() },
    output: page(Absence),
  }),
  addAbsence: verb('POST /rotas/absences', {
    can: 'rotas.override',
    about: 'say that somebody is away; their shifts become gaps until somebody takes them',
    input: {
      /** Without one, you. */
      person: number.optional(),
      kind: absenceKind.default('leave'),
      from: local,
      until: local,
      /** Without one, that of the person. */
      zone: zone.optional(),
      note: z.string().max(300).default(''),
    },
    output: z.object({
      absence: Absence,
      /** Shifts that nobody has now, with who could take each. */
      gaps: z.array(z.object({ rota: Ref, from: instant, until: instant, candidates: z.array(Candidate) })),
    }),
  }),
  removeAbsence: verb('POST /rotas/absences/{absenceId}/remove', {
    can: 'rotas.override',
    about: 'take an absence back, from now on if it has begun',
    input: { absenceId: z.uuid() },
    output: Absence,
  }),
  cover: verb('GET /rotas/{number}/cover', {
    can: 'rotas.read',
    about: 'propose who could take a shift: free, reachable, the fewest hours lately first',
    input: { number, from: instant, until: instant },
    output: z.object({ items: z.array(Candidate) }),
  }),
  calendars: verb('GET /rotas/calendars', {
    can: 'rotas.read',
    about: 'list calendars of holidays',
    input: { ...pageInput },
    output: page(Calendar),
  }),
  addCalendar: verb('POST /rotas/calendars', {
    can: 'rotas.plan',
    about: 'add a calendar of holidays: an address that is read every day, or the text of an iCalendar file',
    input: { name: title.max(60), url: z.url().max(1000).optional(), text: z.string().max(1_000_000).optional() },
    output: Calendar,
  }),
  readCalendar: verb('POST /rotas/calendars/{calendarId}/read', {
    can: 'rotas.plan',
    about: 'read a calendar again now, or give its text anew',
    input: { calendarId, text: z.string().max(1_000_000).optional() },
    output: Calendar,
  }),
  holidays: verb('GET /rotas/calendars/{calendarId}/days', {
    can: 'rotas.read',
    about: 'list the holidays of a calendar',
    input: { calendarId, ...pageInput },
    output: page(z.object({ day: z.iso.date(), name: z.string() })),
  }),
  removeCalendar: verb('POST /rotas/calendars/{calendarId}/remove', {
    can: 'rotas.plan',
    about: 'remove a calendar; rotas that kept it keep no holidays',
    input: { calendarId },
    output: Calendar,
  }),
};
