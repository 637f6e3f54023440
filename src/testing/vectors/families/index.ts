import type { Family } from '../case.ts';
import { backstage } from './backstage.ts';
import { checkConditions } from './check-conditions.ts';
import { heartbeatPings } from './heartbeat-pings.ts';
import { heartbeatStatus } from './heartbeat-status.ts';
import { impact } from './impact.ts';
import { labelMatchers } from './label-matchers.ts';
import { localClockOfDay } from './local-clock-of-day.ts';
import { pagerdutyEvents } from './pagerduty-events-v2.ts';
import { rotationHandoffs } from './rotation-handoffs.ts';

/** One adapter a family; the others are listed in `skips.ts`. */
export const families: readonly Family[] = [backstage, checkConditions, heartbeatPings, heartbeatStatus, impact, labelMatchers, localClockOfDay, pagerdutyEvents, rotationHandoffs];
