import type { Contract } from '#kernel/contract.ts';
import { records } from '#kernel/records/contract.ts';
import { people } from '#capabilities/people/contract.ts';
import { notify } from '#capabilities/notify/contract.ts';

/** Every contract, in dependency order: the web app, the command line and OpenAPI read this. */
export const contracts = { records, people, notify } as const;

export const allContracts: readonly Contract[] = Object.values(contracts);
