import type { Contract } from '#kernel/contract.ts';
import { records } from '#kernel/records/contract.ts';
import { people } from '#capabilities/people/contract.ts';
import { notify } from '#capabilities/notify/contract.ts';
import { catalog } from '#capabilities/catalog/contract/index.ts';
import { rotas } from '#capabilities/rotas/contract/index.ts';
import { oncall } from '#capabilities/oncall/contract.ts';
import { mutes } from '#capabilities/mutes/contract.ts';
import { checks } from '#capabilities/checks/contract/index.ts';
import { alerts } from '#capabilities/alerts/contract/index.ts';
import { slos } from '#capabilities/slos/contract.ts';
import { followups } from '#capabilities/followups/contract.ts';
import { status } from '#capabilities/status/contract/index.ts';
import { incidents } from '#capabilities/incidents/contract.ts';
import { metrics } from '#capabilities/metrics/contract.ts';
import { watch } from '#capabilities/watch/contract.ts';

/** Every contract, in dependency order: the web app, the command line and OpenAPI read this. */
export const contracts = { records, people, notify, catalog, rotas, oncall, mutes, checks, slos, alerts, followups, status, incidents, metrics, watch } as const;

export const allContracts: readonly Contract[] = Object.values(contracts);
