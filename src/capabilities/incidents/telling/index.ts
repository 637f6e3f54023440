import { componentsOf, filledTemplates, postAbout, type Filled } from '#capabilities/status/index.ts';
import type { ComponentState, Facts, Occasion } from '#capabilities/status/rules/index.ts';
import { pageOf as addressOf } from '#kernel/records/index.ts';
import type { Actions, Read, Write } from '#kernel/desk.ts';
import { refused } from '#kernel/problem.ts';
import type { Incident, IncidentPage, incidents } from '../contract.ts';
import { pageOf } from '../shown.ts';

/** What the parts that an incident touches are said to be until somebody says otherwise. */
const STATE: Readonly<Record<Incident['severity'], ComponentState>> = { SEV1: 'major_outage', SEV2: 'partial_outage', SEV3: 'degraded_performance', SEV4: 'degraded_performance' };

export const tellingActions: Pick<Actions<typeof incidents>, 'telling' | 'draftPost'> = {
  async telling(ctx, { number, occasion }) {
    const { filled, components } = await told(ctx, number, occasion);
    return { filled: filled.map(({ unknown, ...one }) => ({ ...one, unknown: [...unknown] })), components: [...components] };
  },

  async draftPost(ctx, { number, page, occasion }) {
    const { incident, filled, components } = await told(ctx, number, occasion);
    const words = filled.find(({ audience }) => audience === 'customers');
    if (!words) throw refused('There is no message template for customers.');
    const states = components.filter((one) => one.page === page).map(({ component }) => ({ component, state: STATE[incident.severity] }));
    const phase = occasion === 'begin' ? 'investigating' : occasion === 'update' ? 'identified' : 'resolved';
    const post = await postAbout(ctx, { page, aboutId: incident.id, title: words.title, phase, text: words.text, states });
    return { number: post };
  },
};

async function told(ctx: Read | Write, number: string, occasion: Occasion) {
  const page = await pageOf(ctx, number);
  const { incident } = page;
  const components = incident.service === null ? [] : await componentsOf(ctx.db, [incident.service.id]);
  const inside = await filledTemplates(ctx, occasion, factsOf(ctx, page));
  const outside = await filledTemplates(
    ctx,
    occasion,
    outsideFacts(
      page,
      components.map(({ name }) => name),
    ),
  );
  const filled: readonly Filled[] = [...inside.filter(({ audience }) => audience !== 'customers'), ...outside.filter(({ audience }) => audience === 'customers')];
  return { incident, filled, components };
}

const clock = (at: string | null): string | null => (at === null ? null : `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`);

/** For people of the house: everything that was written down. */
function factsOf(ctx: Read | Write, { incident, meaning, notes }: IncidentPage): Facts {
  const changed = notes.filter(({ kind }) => kind === 'changed').map(({ text }) => text);
  return {
    title: incident.title,
    number: incident.number,
    severity: incident.severity,
    stage: incident.stage,
    services: incident.service?.title ?? null,
    impact: meaning?.text ?? null,
    since: clock(incident.declaredAt),
    commander: incident.roles.commander?.title ?? null,
    done: changed.length === 0 ? null : changed.join('; '),
    cause: null,
    next: clock(incident.updateDueAt),
    until: clock(incident.resolvedAt),
    link: `${ctx.desk.config.publicUrl}${addressOf(ctx.desk, { kind: 'incident', number: incident.number })}`,
  };
}

/** For customers: parts by the names they know, times, and what it means for people. */
function outsideFacts({ incident, meaning }: IncidentPage, names: readonly string[]): Facts {
  return {
    services: names.length === 0 ? null : [...new Set(names)].join(', '),
    impact: meaning?.text ?? null,
    since: clock(incident.declaredAt),
    next: clock(incident.updateDueAt),
    until: clock(incident.resolvedAt),
  };
}
