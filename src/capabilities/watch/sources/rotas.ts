import rotasModule, { nowOf } from '#capabilities/rotas/index.ts';
import { rotas } from '#capabilities/rotas/contract/index.ts';
import { gapsIn } from '#capabilities/rotas/rules/index.ts';
import { ask } from '../ask.ts';
import type { Fact } from '../rules.ts';
import { opening, said, type Source } from './source.ts';

const DAY = 86_400_000;
const MOST_FINDINGS = 200;

/** Times of the next 14 days in which a rota has nobody; and people on call ahead who have left or never joined. */
export const rotasAhead: Source = async (ctx, scope) => {
  if (scope === 'mine') return [];
  const { actor, db, now } = ctx;
  const rows = (await nowOf(db, actor, now)).filter(({ row }) => scope === 'everyone' || (row.teamId !== null && actor.teams.includes(row.teamId)));
  const { items } = await ask(ctx, { module: rotasModule, name: 'findings', verb: rotas.verbs.findings }, { limit: MOST_FINDINGS });
  const gone = items.filter((one) => one.kind === 'left' && rows.some(({ row }) => row.id === one.rota.id));
  return [
    ...rows.flatMap(({ row, rota }): Fact[] => {
      const gaps = gapsIn(rota, { from: now, until: now + 14 * DAY });
      const [first] = gaps;
      if (!first) return [];
      const hours = Math.max(1, Math.round(gaps.reduce((sum, gap) => sum + gap.until - gap.from, 0) / 3_600_000));
      return [
        {
          key: `gap:${row.id}`,
          kind: 'gap',
          state: first.from <= now ? 'critical' : 'warning',
          record: { id: row.id, kind: 'rota', number: row.number, title: row.title },
          title: first.from <= now ? `Nobody is on call in ${row.title}` : `Nobody will be on call in ${row.title}`,
          weight: null,
          dueAt: first.from,
          reasons: [said(`${hours} ${hours === 1 ? 'hour' : 'hours'} without anybody in the next 14 days`)],
          action: opening('Find cover', `/on-call/${row.number}`, row.number),
        },
      ];
    }),
    ...gone.map((one): Fact => ({
      key: `left:${one.id}`,
      kind: 'gap',
      state: 'warning',
      record: one.rota,
      title: `${one.person?.title ?? 'Somebody'} has shifts in ${one.rota.title} and is not active here`,
      weight: null,
      dueAt: Date.parse(one.from),
      reasons: [said(one.sentence)],
      action: opening('Open rota', `/on-call/${one.rota.number}`, one.rota.number),
    })),
  ];
};

/** Handovers to the viewer that they have not confirmed. */
export const ownHandovers: Source = async (ctx) => {
  const { items } = await ask(ctx, { module: rotasModule, name: 'unconfirmed', verb: rotas.verbs.unconfirmed }, {});
  return items
    .filter((one) => one.person.id === ctx.actor.id)
    .map((one): Fact => ({
      key: `handover:${one.rota.id}`,
      kind: 'handover',
      state: 'unknown',
      record: one.rota,
      title: `You have ${one.rota.title} and have not confirmed the handover`,
      weight: null,
      dueAt: null,
      reasons: [said('Read the note, then confirm it: open alerts, what happened, what is ahead')],
      action: opening('Open rota', `/on-call/${one.rota.number}`, one.rota.number),
    }));
};
