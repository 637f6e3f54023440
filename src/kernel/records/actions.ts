import { iso } from '../clock.ts';
import { cursorOf, keyOf } from '../cursor.ts';
import type { Actions, Read } from '../desk.ts';
import { uuidv7 } from '../ids.ts';
import { allow, missing } from '../problem.ts';
import { verifySeals } from '../seals.ts';
import { RELATIONS, records, type Entry } from './contract.ts';
import * as store from './store.ts';

export const actions: Actions<typeof records> = {
  async search({ db, actor }, { q, kind, archived, limit }) {
    const rows = await store.search(db, actor, { q, kinds: kind, archived, limit });
    return { items: rows.map(found) };
  },

  async get({ db, actor }, { number }) {
    return found(await store.byNumber(db, actor, number));
  },

  async timeline(ctx, { number, limit, cursor }) {
    const record = await store.byNumber(ctx.db, ctx.actor, number);
    return entryPage(ctx, { recordId: record.id, limit, cursor });
  },

  async links({ db, actor }, { number }) {
    const record = await store.byNumber(db, actor, number);
    return { items: linked(await store.linksOf(db, actor, record.id)) };
  },

  async comment({ db, actor, now, record }, { number, body }) {
    const about = await store.byNumber(db, actor, number);
    const id = uuidv7(now);
    await db
      .insertInto('comment')
      .values({ id, recordId: about.id, authorId: actor.id, body, at: iso(now), editedAt: null })
      .execute();
    await record({ record: about.id, did: 'record.commented', data: { comment: id } });
    return { id };
  },

  async editComment({ db, actor, now, record }, { id, body }) {
    const comment = await db.selectFrom('comment').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!comment) throw missing('This comment');
    await store.refsOf(db, actor, [comment.recordId]).then((refs) => {
      if (refs.size === 0) throw missing('This comment');
    });
    allow(comment.authorId === actor.id ? undefined : 'Only the author may edit a comment. Add one of your own.');
    const revision = await db
      .selectFrom('commentRevision')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('commentId', '=', id)
      .executeTakeFirstOrThrow();
    await db
      .insertInto('commentRevision')
      .values({ commentId: id, revision: Number(revision.n) + 1, body: comment.body, at: iso(now) })
      .execute();
    await db
      .updateTable('comment')
      .set({ body, editedAt: iso(now) })
      .where('id', '=', id)
      .execute();
    await record({ record: comment.recordId, did: 'record.commentEdited', data: { comment: id } });
    return { id };
  },

  async link(ctx, { number, relation, to }) {
    const { db, actor } = ctx;
    const [from, target] = [await store.byNumber(db, actor, number), await store.byNumber(db, actor, to)];
    allow(from.id === target.id ? 'A record cannot be linked with itself.' : undefined);
    await ctx.link(from.id, relation, target.id);
    await ctx.record({ record: from.id, did: 'record.linked', data: { relation, ...(await named(db, target)) } });
    return { items: linked(await store.linksOf(db, actor, from.id)) };
  },

  async unlink({ db, actor, record, unchanged }, { number, relation, to }) {
    const [from, target] = [await store.byNumber(db, actor, number), await store.byNumber(db, actor, to)];
    const gone = await db.deleteFrom('link').where('fromId', '=', from.id).where('toId', '=', target.id).where('relation', '=', relation).executeTakeFirst();
    if (gone.numDeletedRows === 0n) unchanged();
    else await record({ record: from.id, did: 'record.unlinked', data: { relation, ...(await named(db, target)) } });
    return { items: linked(await store.linksOf(db, actor, from.id)) };
  },

  async attachments({ db, actor }, { number }) {
    const about = await store.byNumber(db, actor, number);
    const rows = await store.attachmentsOf(db, about.id);
    const refs = await store.refsOf(
      db,
      actor,
      rows.map((row) => row.actorId),
    );
    return { items: rows.map(({ actorId, ...row }) => ({ ...row, by: refs.get(actorId ?? '') ?? null, href: `/attachments/${row.id}` })) };
  },

  async activity(ctx, { did, record, limit, cursor }) {
    const about = record ? await store.byNumber(ctx.db, ctx.actor, record) : undefined;
    return entryPage(ctx, { recordId: about?.id, did, limit, cursor });
  },

  async seals({ desk, db }) {
    return { ...(await verifySeals(db, desk.vault)), protectedByPrivilege: desk.state.logProtected };
  },
};

/** The other record's number for the log, unless it is restricted: who reads this record's timeline may not see that one. */
async function named(db: Read['db'], target: store.Head): Promise<{ to?: string }> {
  return (await store.isOpen(db, target.id)) ? { to: target.number } : {};
}

function found({ id, kind, number, title, openedAt, archivedAt }: store.Head) {
  return { id, kind, number, title, openedAt, state: archivedAt ? ('archived' as const) : ('open' as const) };
}

function linked(rows: Awaited<ReturnType<typeof store.linksOf>>) {
  return rows.map(({ relation, outward, id, kind, number, title }) => ({
    relation: outward ? relation : (RELATIONS[relation as keyof typeof RELATIONS] ?? relation),
    record: { id, kind, number, title },
  }));
}

async function entryPage(ctx: Read, what: { recordId?: string | undefined; did?: readonly string[] | undefined; limit: number; cursor?: string | undefined }) {
  const { db, actor, desk } = ctx;
  const [at, id] = keyOf(what.cursor, 2);
  const rows = await store.entries(db, actor, { recordId: what.recordId, did: what.did, limit: what.limit + 1, before: at && id ? { at, id } : undefined });
  const shown = rows.slice(0, what.limit);
  const refs = await store.refsOf(
    db,
    actor,
    shown.flatMap((row) => [row.actorId, row.recordId]),
  );
  const words = new Map(desk.modules.flatMap((m) => Object.entries(m.contract.events)));
  const items: Entry[] = shown.map((row) => ({
    id: row.id,
    at: row.at,
    did: row.did,
    words: words.get(row.did) ?? row.did,
    via: row.via,
    data: row.data,
    actor: refs.get(row.actorId ?? '') ?? null,
    record: refs.get(row.recordId ?? '') ?? null,
    comment: row.commentId ? { id: row.commentId, body: row.commentBody ?? '', editedAt: row.commentEditedAt } : null,
  }));
  const last = shown.at(-1);
  return { items, cursor: rows.length > what.limit && last ? cursorOf([last.at, last.id]) : null };
}
