import type { Module } from '#kernel/desk.ts';
import records from '#kernel/records/index.ts';
import people from '#capabilities/people/index.ts';
import notify from '#capabilities/notify/index.ts';
import catalog from '#capabilities/catalog/index.ts';
import rotas from '#capabilities/rotas/index.ts';
import oncall from '#capabilities/oncall/index.ts';
import mutes from '#capabilities/mutes/index.ts';
import checks from '#capabilities/checks/index.ts';
import slos from '#capabilities/slos/index.ts';
import alerts from '#capabilities/alerts/index.ts';
import followups from '#capabilities/followups/index.ts';
import status from '#capabilities/status/index.ts';
import incidents from '#capabilities/incidents/index.ts';
import metrics from '#capabilities/metrics/index.ts';
import watch from '#capabilities/watch/index.ts';

/** Every capability, in dependency order: each may use those above it. */
export const modules: readonly Module[] = [records, people, notify, catalog, rotas, oncall, mutes, checks, slos, alerts, followups, status, incidents, metrics, watch];
