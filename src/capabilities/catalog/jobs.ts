import { iso } from '#kernel/clock.ts';
import type { Job, Jobs } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { findCards } from './asking.ts';
import { importers, type ImporterName } from './importers/index.ts';
import type { Reading } from './importers/reading.ts';
import { applyRun, seeAgain } from './importing/applying.ts';
import { archiveStale } from './importing/archiving.ts';
import { readApart } from './importing/apart.ts';
import { filesBelow, Unreadable } from './importing/files.ts';
import { planFor, writePlan } from './importing/planning.ts';
import { dueImports, importById, setRun } from './store/imports.ts';

async function readDue(job: Job): Promise<void> {
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
  await job.write(async (ctx) => {
    const acting = ctx.as({ ...SYSTEM, id: actor });
    const { plan, changes } = await planFor(ctx.db, source, reading);
    const isQuiet = actor === null && changes.length === 0 && reading.complete;
    if (isQuiet) {
      await seeAgain(ctx, source, reading, plan);
      return;
    }
    const run = await writePlan(acting, source, reading);
    if (run.refused || source.applies !== 'by itself' || !reading.complete) return;
    await setRun(ctx.db, run.id, { state: 'applying' });
    await ctx.enqueue('catalog.applyRun', { run: run.id }, { key: `catalog:apply:${run.id}`, queue: `catalog:${id}` });
  });
}

function unread(sentence: string): Reading {
  const finding = { level: 'error' as const, code: 'unreadable', file: null, line: null, subject: null, value: null, sentence };
  return { things: [], relations: [], redundancy: [], owners: [], findings: [finding], complete: false, states: [] };
}

export const jobs: Jobs = {
  tasks: { 'catalog.readSource': readSource, 'catalog.applyRun': applyRun, 'catalog.readDue': readDue, 'catalog.archiveStale': archiveStale, 'catalog.findCards': findCards },
  every: { 'catalog.readDue': '*/5 * * * *', 'catalog.archiveStale': '17 * * * *', 'catalog.findCards': '47 * * * *' },
};
