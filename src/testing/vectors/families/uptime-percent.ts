import { latencyOf, tallyOf, uptimeOf, type Counted } from '#capabilities/checks/rules/index.ts';
import type { Span } from '#kernel/spans.ts';
import { fieldsOf, numberOf, textOf } from '../case.ts';
import type { Family } from '../case.ts';

const HOUR = 3_600_000;
const HOURS: Readonly<Record<string, number>> = { '24h': 24, '7d': 7 * 24, '30d': 30 * 24, '1y': 365 * 24 };
const MINUTE = 60_000;

/** Each beat holds for a minute, or for its day; maintenance is a hole. */
export const uptimePercent: Family = {
  family: 'uptime-percent',
  answer({ given }) {
    const beats = (given['beats'] as readonly unknown[]).map(fieldsOf);
    const lasts = given['daily'] === true ? 24 * HOUR : MINUTE;
    const end = beats.length * lasts;
    const spans = beats.map(({ status }, i) => ({ from: i * lasts, until: (i + 1) * lasts, status: textOf(status) }));
    const known = spans.map(({ from, until, status }): Span<Counted> => ({ from, until, value: status === 'up' ? 'up' : 'down' }));
    const asked = end + numberOf(given['ask_after_hours'], 0) * HOUR;
    const { share } = uptimeOf(
      known,
      { from: asked - (HOURS[textOf(given['window'])] ?? 0) * HOUR, until: asked },
      spans.filter(({ status }) => status === 'maintenance'),
    );
    const { buckets, tookMs } = tallyOf(beats.map(({ status, ping }) => ({ ok: status === 'up', tookMs: typeof ping === 'number' ? ping : null })));
    return { uptime: share, avg_ping: latencyOf(buckets, tookMs).meanMs };
  },
};
