/** What capabilities above the catalog say about a service; the catalog itself knows none of them. */
export { OpenAlerts } from '#capabilities/alerts/web/OfService.tsx';
export { OwnChecks } from '#capabilities/checks/web/OfService.tsx';
export { OwnSlos } from '#capabilities/slos/web/OfService.tsx';
export { OnCallOf, PolicyOf } from '#capabilities/oncall/web/OfService.tsx';
