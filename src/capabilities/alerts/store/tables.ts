import type { Generated } from 'kysely';
import type { Db } from '#kernel/database.ts';
import type { Verdict } from '../rules/decide.ts';
import type { Hold } from '../rules/outcomes.ts';
import type { RoutingText } from '../rules/options.ts';
import type { Outcome } from '../rules/outcomes.ts';
import type { Mapping } from '../rules/mapping/index.ts';
import type { Severity } from '../rules/severity.ts';
import type { Standing } from '../rules/silence.ts';
import type { AlertState } from '../rules/state.ts';

export type AlertTable = {
  id: string;
  sourceId: string | null;
  dedupKey: string;
  state: AlertState;
  severity: Severity;
  serviceId: string | null;
  serviceBecause: string;
  origin: string;
  labels: Record<string, string>;
  details: Record<string, unknown>;
  links: { href: string; text: string }[];
  link: string | null;
  openedAt: string;
  startsAt: string | null;
  lastSignalAt: string;
  signalCount: number;
  acknowledgedAt: string | null;
  acknowledgedBy: string | null;
  resolvedAt: string | null;
  resolvedBy: string | null;
  componentId: string | null;
  nodeId: Generated<string | null>;
  extra: Record<string, string>;
  outcome: Outcome;
  ruleName: string;
  held: Hold | null;
  heldBy: string | null;
  wakeAt: string | null;
  verdicts: readonly Verdict[];
  groupId: string | null;
  reopens: number;
  reopenedAt: string | null;
  calmSignals: number;
  calmSince: string | null;
};
export type GroupTable = {
  id: string;
  key: string;
  firstId: string;
  title: string;
  serviceId: string | null;
  openedAt: string;
  lastAt: string;
  closedAt: string | null;
  alertCount: number;
  openCount: number;
  severity: Severity;
  firings: readonly number[];
  confirmed: boolean;
  leadId: string | null;
  pagedSeverity: Severity | null;
  ticketed: boolean;
};
export type SourceTable = {
  id: string;
  serviceId: string | null;
  about: string;
  lastSignalAt: string | null;
  lastFailure: string | null;
  lastFailureAt: string | null;
  /** By the name of the format. */
  mappings: Record<string, Mapping>;
  standing: Standing;
  standingSince: string | null;
  /** It counts as silent after so long without a message; null while too little is known. */
  quietMinutes: number | null;
  /** When the pending job listens for it next; null: no job waits. */
  listensAt: string | null;
  /** The newest message that was counted; an older one is taken in again and counts no more. */
  lastRawId: string | null;
  /** When people were last told that its messages cannot be read. */
  toldAt: string | null;
};
type Tables = {
  alertsSource: SourceTable;
  alertsSourceHour: { sourceId: string; hour: string; messages: number; signals: number; failed: number; gaps: number[] };
  alertsChange: {
    id: string;
    sourceId: string;
    serviceId: string | null;
    at: string;
    receivedAt: string;
    summary: string;
    origin: string;
    details: Record<string, unknown>;
    links: { href: string; text: string }[];
  };
  alertsMail: { sourceId: string; messageId: string; thread: string; at: string };
  alertsKey: { id: string; sourceId: string; hash: Buffer; prefix: string; createdAt: string; revokedAt: string | null };
  alertsRaw: {
    id: string;
    sourceId: string;
    format: string;
    body: string;
    givenKey: string | null;
    receivedAt: string;
    state: 'received' | 'done' | 'failed';
    error: string | null;
    signals: number | null;
  };
  alertsAlert: AlertTable;
  alertsSignal: { id: string; alertId: string; rawId: string | null; kind: string; effect: string; at: string; times: Generated<number> };
  alertsGroup: GroupTable;
  alertsRouting: { version: number; rules: RoutingText; at: string; byId: string | null };
  alertsBinding: { id: string; position: number; matchers: string; serviceId: string };
};
export const tables = (db: Db) => db.$extendTables<Tables>();
