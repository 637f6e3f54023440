import type { Family } from '../case.ts';
import { alertCorrelation } from './alert-correlation.ts';
import { backstage } from './backstage.ts';
import { beatTransitions } from './beat-transitions.ts';
import { checkAlertThresholds } from './check-alert-thresholds.ts';
import { downtimeReport } from './downtime-report.ts';
import { eventDedup } from './event-dedup.ts';
import { checkConditions } from './check-conditions.ts';
import { heartbeatFlips } from './heartbeat-flips.ts';
import { heartbeatPings } from './heartbeat-pings.ts';
import { heartbeatStatus } from './heartbeat-status.ts';
import { impact } from './impact.ts';
import { inhibition } from './inhibition.ts';
import { labelMatchers } from './label-matchers.ts';
import { localClockOfDay } from './local-clock-of-day.ts';
import { maintenanceWindows } from './maintenance-windows.ts';
import { notificationQueue } from './notification-queue.ts';
import { pagingScenarios } from './paging-scenarios.ts';
import { pagerdutyEvents } from './pagerduty-events-v2.ts';
import { rotationHandoffs } from './rotation-handoffs.ts';
import { routingTree } from './routing-tree.ts';
import { silences } from './silences.ts';
import { timeIntervals } from './time-intervals.ts';
import { uptimePercent } from './uptime-percent.ts';
import { weeklyCoverageRules } from './weekly-coverage-rules.ts';
import { nextScheduledNotice } from './next-scheduled-notice.ts';
import { scheduleShifts } from './schedule-shifts.ts';
import { overrideDays } from './override-days.ts';
import { temporarySchedules } from './temporary-schedules.ts';
import { rollingRotations } from './rolling-rotations.ts';
import { onCallLayers } from './on-call-layers.ts';
import { restrictedLayers } from './restricted-layers.ts';
import { shiftSwaps } from './shift-swaps.ts';
import { scheduleGapCheck } from './schedule-gap-check.ts';
import { scheduleQuality } from './schedule-quality.ts';

/** One adapter a family; the others are listed in `skips.ts`. */
export const families: readonly Family[] = [
  alertCorrelation,
  inhibition,
  routingTree,
  backstage,
  beatTransitions,
  checkAlertThresholds,
  downtimeReport,
  heartbeatFlips,
  checkConditions,
  eventDedup,
  heartbeatPings,
  heartbeatStatus,
  impact,
  labelMatchers,
  localClockOfDay,
  maintenanceWindows,
  notificationQueue,
  pagingScenarios,
  pagerdutyEvents,
  rotationHandoffs,
  silences,
  timeIntervals,
  uptimePercent,
  weeklyCoverageRules,
  nextScheduledNotice,
  scheduleShifts,
  overrideDays,
  temporarySchedules,
  rollingRotations,
  onCallLayers,
  restrictedLayers,
  shiftSwaps,
  scheduleGapCheck,
  scheduleQuality,
];
