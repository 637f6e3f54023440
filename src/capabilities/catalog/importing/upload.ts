import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { writeAs } from '#kernel/act.ts';
import type { Desk } from '#kernel/desk.ts';
import { actorOf } from '#kernel/http.ts';
import { allow, invalidField, Problem } from '#kernel/problem.ts';
import { importRefusal, sourceRow } from '../actions/imports.ts';
import type { ImporterName } from '../importers/index.ts';
import { readApart } from './apart.ts';
import { planFor, writePlan } from './planning.ts';

/** 50 MB of files, in base64. */
const BODY_MOST = 72 * 1024 * 1024;
const Upload = z.strictObject({
  files: z
    .array(z.strictObject({ path: z.string().min(1).max(1000), base64: z.base64() }))
    .min(1)
    .max(10_001),
});

/** Files of a source, as `{ files: [{ path, base64 }] }`; answers the plan that was made of them. The files themselves are not kept. */
export function uploadRoutes(app: FastifyInstance, desk: Desk): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: BODY_MOST }, (_request, body, done) => done(null, body));
    // Before the body is read: nobody fills the memory who may not import.
    scope.addHook('onRequest', async (request) => {
      const actor = actorOf(request);
      const refusal = importRefusal(actor);
      if (refusal) throw new Problem(actor.kind === 'anonymous' ? 'unauthenticated' : 'forbidden', refusal);
      if (Number(request.headers['content-length'] ?? 0) > BODY_MOST)
        throw new Problem('invalid', 'These files have more than 50 MB together. Send fewer at once.', { status: 413 });
    });
    scope.post('/api/v1/imports/:number/upload', { bodyLimit: BODY_MOST }, async (request) => {
      const actor = actorOf(request);
      const { number } = request.params as { number: string };
      const source = await sourceRow({ db: desk.readDb, actor }, number);
      allow(source.archivedAt === null ? undefined : 'This source is retired.');
      const files = filesOf(request.body as Buffer);
      const reading = await readApart(source.format as ImporterName, files, source.options);
      const planned = await planFor(desk.readDb, source, reading);
      const run = await writeAs(desk, actor, async (ctx) => {
        const now = await sourceRow(ctx, number);
        allow(now.archivedAt === null ? undefined : 'This source was retired meanwhile.');
        return writePlan(ctx, now, reading, planned);
      });
      return { run: run.id };
    });
  });
}

function filesOf(body: Buffer) {
  let given: unknown;
  try {
    given = JSON.parse(body.toString('utf8'));
  } catch {
    throw new Problem('invalid', 'The body is not JSON that can be read.', { status: 400 });
  }
  const upload = Upload.safeParse(given);
  if (!upload.success) throw invalidField('files', 'Send { files: [{ path, base64 }] }: at least one file, at most 10,000, with the content in base64.');
  return upload.data.files.map(({ path, base64 }) => ({ path, bytes: new Uint8Array(Buffer.from(base64, 'base64')) }));
}
