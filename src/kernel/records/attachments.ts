import type { FastifyInstance } from 'fastify';
import { writeAs } from '../act.ts';
import { iso } from '../clock.ts';
import type { Desk } from '../desk.ts';
import { actorOf } from '../http.ts';
import { sha256, uuidv7 } from '../ids.ts';
import { refusePermission } from '../permissions.ts';
import { invalidField, missing, Problem } from '../problem.ts';
import { visible } from '../visible.ts';
import { records } from './contract.ts';
import { byNumber } from './store.ts';

const SIZE_MOST = 25 * 1024 * 1024;

/** Upload (raw body, name in the query) and download of files; both beside the contract because they are streams. */
export function attachmentRoutes(app: FastifyInstance, desk: Desk): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: SIZE_MOST }, (_request, body, done) => done(null, body));
    scope.put('/api/v1/records/:number/attachments', { bodyLimit: SIZE_MOST }, async (request) => {
      const actor = actorOf(request);
      const refusal = refusePermission(actor, 'records.comment', records.permissions);
      if (refusal) throw new Problem(actor.kind === 'anonymous' ? 'unauthenticated' : 'forbidden', refusal);
      const { number } = request.params as { number: string };
      const name = ((request.query as { name?: string }).name ?? '').trim();
      if (name === '' || name.length > 200 || /[\\/\r\n\0]/.test(name)) throw invalidField('name', 'Give the file a name of at most 200 characters, without slashes.');
      const body = request.body as Buffer;
      if (!Buffer.isBuffer(body) || body.length === 0) throw invalidField('body', 'The file is empty.');
      return writeAs(desk, actor, async (ctx) => {
        const about = await byNumber(ctx.db, actor, number);
        const id = uuidv7(ctx.now);
        await ctx.db
          .insertInto('attachment')
          .values({
            id,
            recordId: about.id,
            name,
            mediaType: request.headers['content-type'] ?? 'application/octet-stream',
            size: body.length,
            sha256: sha256(body),
            body,
            actorId: actor.id,
            at: iso(ctx.now),
          })
          .execute();
        await ctx.record({ record: about.id, did: 'record.attached', data: { attachment: id, name, size: body.length } });
        return { id, href: `/attachments/${id}` };
      });
    });
  });
  app.get('/attachments/:id', async (request, reply) => {
    const { id } = request.params as { id: string };
    const actor = actorOf(request);
    if (actor.kind === 'anonymous') throw new Problem('unauthenticated', 'Sign in first.');
    if (!/^[0-9a-f-]{36}$/.test(id)) throw missing('This file');
    const row = await desk.readDb
      .selectFrom('attachment')
      .innerJoin('record', 'record.id', 'attachment.recordId')
      .select(['attachment.name', 'attachment.mediaType', 'attachment.body'])
      .where('attachment.id', '=', id)
      .where(visible(actor))
      .executeTakeFirst();
    if (!row) throw missing('This file');
    return reply
      .headers({
        'content-type': row.mediaType,
        'content-security-policy': "sandbox; default-src 'none'",
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(row.name)}`,
      })
      .send(row.body);
  });
}
