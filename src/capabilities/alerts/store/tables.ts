import type { Db } from '#kernel/database.ts';
import type { Severity } from '../rules/severity.ts';
import type { AlertState } from '../rules/state.ts';

type AlertTable = {
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
};
type Tables = {
  alertsSource: { id: string; serviceId: string | null; about: string; lastSignalAt: string | null; lastFailure: string | null; lastFailureAt: string | null };
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
  alertsSignal: { id: string; alertId: string; rawId: string | null; kind: string; effect: string; at: string };
  alertsBinding: { id: string; position: number; matchers: string; serviceId: string };
};
export const tables = (db: Db) => db.$extendTables<Tables>();
