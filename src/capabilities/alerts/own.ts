import { labelsOfCheck } from '#capabilities/checks/index.ts';
import type { LogEntry, Write } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { refsOf } from '#kernel/records/index.ts';
import { applySignals } from './intake/batch.ts';
import type { Signal } from './rules/signal.ts';

/** The desk's own checks and objectives are a source without a key: what they find goes the same way as any signal. */
async function tell(ctx: Write, entry: LogEntry, signals: readonly Omit<Signal, 'startsAt' | 'link' | 'links'>[]): Promise<void> {
  await applySignals(
    ctx,
    { sourceId: null, sourceName: 'Quarterdeck', fallbackId: entry.data.serviceId ?? null },
    signals.map((signal) => ({ signal: { ...signal, startsAt: null, link: null, links: [] }, rawId: null })),
  );
}

async function fromCheck(ctx: Write, entry: LogEntry, kind: 'trigger' | 'resolve'): Promise<void> {
  if (!entry.recordId) return;
  const check = (await refsOf(ctx.db, SYSTEM, [entry.recordId])).get(entry.recordId);
  const summary = `${check?.title ?? 'Check'}: ${String(entry.data.reason ?? 'fails')}`;
  const labels = { ...(await labelsOfCheck(ctx.db, entry.recordId)), alertname: check?.number ?? '' };
  await tell(ctx, entry, [{ kind, key: `check:${entry.recordId}`, summary, severity: 'critical', source: check?.number ?? '', labels, details: { check: check?.number ?? '' } }]);
}

export const checkFails = (ctx: Write, entry: LogEntry) => fromCheck(ctx, entry, 'trigger');
export const checkIsFine = (ctx: Write, entry: LogEntry) => fromCheck(ctx, entry, 'resolve');

/** One alert for each severity: an objective that burns faster than before is a new alert, and the slower one is over. */
async function fromSlo(ctx: Write, entry: LogEntry, burns: 'critical' | 'warning' | null): Promise<void> {
  if (!entry.recordId) return;
  const slo = (await refsOf(ctx.db, SYSTEM, [entry.recordId])).get(entry.recordId);
  const of = (severity: 'critical' | 'warning') => ({
    kind: severity === burns ? ('trigger' as const) : ('resolve' as const),
    key: `slo:${entry.recordId}:${severity}`,
    summary: `${slo?.title ?? 'Objective'} spends its error budget too fast`,
    severity,
    source: slo?.number ?? '',
    labels: { alertname: slo?.number ?? '', slo: slo?.number ?? '' },
    details: { objective: slo?.number ?? '', burning: String(entry.data.sentence ?? '') },
  });
  await tell(ctx, entry, [of('critical'), of('warning')]);
}

export const burning = (ctx: Write, entry: LogEntry) => fromSlo(ctx, entry, entry.data.severity === 'critical' ? 'critical' : 'warning');
export const calm = (ctx: Write, entry: LogEntry) => fromSlo(ctx, entry, null);

/** One alert for the whole desk: while it sees nothing, what it watches says nothing. */
async function fromSight(ctx: Write, entry: LogEntry, kind: 'trigger' | 'resolve'): Promise<void> {
  const details = { blind: 'None of the reference targets answers: failures are not believed until one does.' };
  await tell(ctx, entry, [
    { kind, key: 'checks:blind', summary: 'Monitoring is blind', severity: 'critical', source: 'Quarterdeck', labels: { alertname: 'monitoring-blind' }, details },
  ]);
}

export const blind = (ctx: Write, entry: LogEntry) => fromSight(ctx, entry, 'trigger');
export const sees = (ctx: Write, entry: LogEntry) => fromSight(ctx, entry, 'resolve');
