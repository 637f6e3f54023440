import { tell } from '#capabilities/notify/index.ts';
import type { Read, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { byNumber, refsOf } from '#kernel/records/index.ts';
import { invalidField, missing, refused } from '#kernel/problem.ts';
import type { FollowUp } from './contract.ts';
import { planReminders } from './reminders.ts';
import { isOverdue } from './rules.ts';
import * as store from './store.ts';

type Seer = Pick<Read | Write, 'db' | 'actor' | 'now'>;

export interface NewAction {
  readonly title: string;
  readonly detail: string;
  /** The record that it follows from; the caller has seen it. */
  readonly aboutId: string | null;
  readonly ownerId: string | null;
  readonly teamId: string | null;
  readonly dueOn: string | null;
  readonly priority: 'high' | 'normal' | 'low';
  /** `prevent` unless said otherwise. */
  readonly kind?: FollowUp['kind'];
  /** The contributing factor that it works against. */
  readonly factor?: string;
}

/**
 * Makes an action, links it with what it follows from, and plans its reminders. What follows from a restricted record is
 * restricted too. The statements that need nothing of each other's answers are sent together.
 */
export async function createAction(ctx: Write, action: NewAction): Promise<store.ActionRow> {
  const { title, detail, aboutId, ownerId, teamId, dueOn, priority, kind = 'prevent', factor = '' } = action;
  const secrecy = aboutId ? await store.readersLike(ctx.db, aboutId) : { restricted: false, readers: [] };
  const id = uuidv7(ctx.now);
  const made = [
    ctx.open({
      id,
      kind: 'action',
      title,
      words: detail,
      ownerId,
      teamId,
      did: 'action.created',
      data: { dueOn, priority, owner: ownerId, team: teamId, about: aboutId, kind, factor },
      ...(secrecy.restricted ? { restricted: true as const } : {}),
    }),
    store.insert(ctx.db, { id, detail, aboutId, dueOn, priority, kind, factor }),
    ...(secrecy.restricted ? [store.addReaders(ctx.db, id, ctx.actor.id ? [...new Set([...secrecy.readers, ctx.actor.id])] : secrecy.readers)] : []),
    ...(aboutId ? [ctx.link(id, 'follows from', aboutId)] : []),
  ];
  const [row] = await Promise.all([store.byId(ctx.db, ctx.actor, id), ...made]);
  if (!row) throw missing('The new action');
  if (dueOn !== null) await planReminders(ctx, { id, ownerId, teamId, dueOn });
  await tellNewOwner(ctx, row);
  return row;
}

/** Tells the owner that an action is theirs now, unless they took it themselves. */
export async function tellNewOwner(ctx: Write, action: { id: string; number: string; title: string; ownerId: string | null; dueOn: string | null }): Promise<void> {
  if (action.ownerId === null || action.ownerId === ctx.actor.id) return;
  await tell(ctx, {
    personId: action.ownerId,
    about: action.id,
    title: `Action for you: ${action.title}`,
    text: `${ctx.actor.name} gave you ${action.number}${action.dueOn ? `, due on ${action.dueOn}` : ''}.`,
  });
}

/** The id of a person named by number, or of the caller for `me`. */
export async function personIdOf({ db, actor }: Seer, who: string): Promise<string> {
  if (who === 'me') {
    if (actor.id === null) throw refused('You are not a person of this desk, so nothing can be yours.');
    return actor.id;
  }
  const record = await byNumber(db, actor, who);
  if (record.kind !== 'person') throw invalidField('person', `${who} is a ${record.kind}, not a person.`);
  if (record.archivedAt) throw invalidField('person', `${record.title} has left the desk.`);
  return record.id;
}

export async function teamIdOf({ db, actor }: Seer, number: string): Promise<string> {
  const record = await byNumber(db, actor, number);
  if (record.kind !== 'team') throw invalidField('team', `${number} is a ${record.kind}, not a team.`);
  return record.id;
}

/** Actions as they go over the wire: two queries for any number of them. */
export async function shownActions({ db, actor, now }: Seer, rows: readonly store.ActionRow[]): Promise<FollowUp[]> {
  const refs = await refsOf(
    db,
    actor,
    rows.flatMap((row) => [row.aboutId, row.ownerId, row.teamId]),
  );
  return rows.map(({ aboutId, ownerId, teamId, dueKey: _, ...row }) => ({
    ...row,
    about: refs.get(aboutId ?? '') ?? null,
    owner: refs.get(ownerId ?? '') ?? null,
    team: refs.get(teamId ?? '') ?? null,
    overdue: isOverdue(row, now),
  }));
}
