import { ChartColumn } from 'lucide-react';
import type { PagePlace, PageRoute } from '#web/pages.ts';

export const routes: readonly PageRoute[] = [
  { path: '/lead/metrics', title: 'Metrics', place: 'metrics', load: () => import('./MetricsPage.tsx') },
  { path: '/lead/report', title: 'Monthly report', place: 'metrics', load: () => import('./ReportPage.tsx') },
  { path: '/lead/metrics/records', title: 'Behind a figure', place: 'metrics', load: () => import('./BehindList.tsx') },
];

export const places: readonly PagePlace[] = [
  { area: 'lead', id: 'metrics', label: 'Metrics', href: '/lead/metrics', icon: ChartColumn, rank: 10, keys: 'g m', can: 'metrics.read' },
];
