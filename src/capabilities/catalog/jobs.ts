import { iso } from '#kernel/clock.ts';
import type { Job, Jobs, Write } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { findCards } from './asking.ts';
import { importers, type ImporterName } from './importers/index.ts';
import type { Reading } from './importers/reading.ts';
import { applyRun, seeAgain } from './importing/applying.ts';
import { archiveStale } from './importing/archiving.ts';
import { readApart } from './importing/apart.ts';
import { filesBelow, Unreadable } from './importing/files.ts';
import { planFor, writePlan } from './importing/planning.ts';
import { isIdle } from './rules/index.ts';
import { dueImports, importById, isPlanned, openRuns, setRead, setRun } from './store/imports.ts';

async function readDue(job: Job): Promise<void> {
  // Whose job was given up is taken up again, so that no run is left half applied.
  for (const { id, importId } of await job.read((ctx) => openRuns(ctx.db))) await job.write((ctx) => enqueueRun(ctx, id, importId));
  const due = await job.read((ctx) => dueImports(ctx.db, iso(job.now)));
  for (const id of due) await job.write((ctx) => ctx.enqueue('catalog.readSource', { import: id, actor: null }, { key: `catalog:read:${id}`, queue: `catalog:${id}` }));
}

/** Reads a source from its path; a plan that needs no look is applied at once. */
async function readSource(job: Job): Promise<void> {
  const { import: id, actor } = job.payload as { import: string; actor: string | null };
  const source = await job.read((ctx) => importById(ctx.db, SYSTEM, id));
  if (!source || source.archivedAt !== null || source.path === '') return;
  const format = source.format as ImporterName;
  let reading: Reading;
  try {
    reading = await readApart(format, await filesBelow(job.desk.config.importDir, source.path, importers[format].accepts), source.options);
  } catch (cause) {
    if (!(cause instanceof Unreadable)) throw cause;
    reading = unread(cause.message);
  }
  const planned = await job.read((ctx) => planFor(ctx.db, source, reading));
  if (actor === null && reading.complete && isIdle(planned.plan)) return seeAgain(job, source, reading, planned);
  await job.write(async (ctx) => {
    const now = await importById(ctx.db, SYSTEM, id);
    if (!now || now.archivedAt !== null) return;
    if (actor === null && reading.complete && (await isPlanned(ctx.db, id, planned.digest))) {
      await setRead(ctx.db, id, iso(ctx.now));
      return;
    }
    const run = await writePlan(ctx.as({ ...SYSTEM, id: actor }), now, reading, planned);
    if (run.refused || now.applies !== 'by itself' || !reading.complete || (await openRuns(ctx.db, id)).length > 0) return;
    await setRun(ctx.db, run.id, { state: 'applying' });
    await enqueueRun(ctx, run.id, id);
  });
}

function enqueueRun(ctx: Write, run: string, importId: string): Promise<void> {
  return ctx.enqueue('catalog.applyRun', { run }, { key: `catalog:apply:${run}`, queue: `catalog:${importId}` });
}

function unread(sentence: string): Reading {
  const finding = { level: 'error' as const, code: 'unreadable', file: null, line: null, subject: null, value: null, sentence };
  return { things: [], relations: [], redundancy: [], owners: [], findings: [finding], complete: false, states: [] };
}

export const jobs: Jobs = {
  tasks: { 'catalog.readSource': readSource, 'catalog.applyRun': applyRun, 'catalog.readDue': readDue, 'catalog.archiveStale': archiveStale, 'catalog.findCards': findCards },
  every: { 'catalog.readDue': '*/5 * * * *', 'catalog.archiveStale': '17 * * * *', 'catalog.findCards': '47 * * * *' },
};
