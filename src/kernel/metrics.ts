import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The desk's own figures in Prometheus exposition; names follow the Prometheus conventions. */
export interface Metrics {
  readonly registry: Registry;
  readonly requests: Histogram<'route' | 'status'>;
  readonly jobs: Counter<'task' | 'outcome'>;
  readonly notifications: Counter<'channel' | 'outcome'>;
  readonly signals: Counter<'format' | 'outcome'>;
  readonly streams: Gauge;
  readonly stuck: Counter;
}

export function openMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    requests: new Histogram({
      name: 'quarterdeck_http_request_duration_seconds',
      help: 'Time to answer a request',
      registers,
      labelNames: ['route', 'status'] as const,
      buckets: [0.005, 0.02, 0.1, 0.5, 2],
    }),
    jobs: new Counter({ name: 'quarterdeck_jobs_total', help: 'Jobs run', labelNames: ['task', 'outcome'] as const, registers }),
    notifications: new Counter({ name: 'quarterdeck_notifications_total', help: 'Attempts to reach a person', labelNames: ['channel', 'outcome'] as const, registers }),
    signals: new Counter({ name: 'quarterdeck_signals_total', help: 'Signals received', labelNames: ['format', 'outcome'] as const, registers }),
    streams: new Gauge({ name: 'quarterdeck_live_streams', help: 'Open event streams', registers }),
    stuck: new Counter({ name: 'quarterdeck_log_entries_stuck_total', help: 'Log entries whose reaction failed for good', registers }),
  };
}
