import * as z from 'zod';
import { jsonb, type Json } from '#kernel/database.ts';
import type { Desk, Read } from '#kernel/desk.ts';
import { atLeast, refusePermission } from '#kernel/permissions.ts';
import { invalidField, Problem } from '#kernel/problem.ts';
import { checks } from './contract/index.ts';
import { destinationOf, intervalOf, readProbe, refuseProbe, type ProbeConfig } from './probes/index.ts';
import { joined, parted, withKept, type Secrets } from './probes/secrets.ts';
import type { StoredCheck } from './store/index.ts';

type Kept = Pick<StoredCheck, 'config' | 'secrets'>;

function secretsOf({ vault }: Pick<Desk, 'vault'>, { secrets }: Kept): Secrets {
  return secrets === null ? {} : z.record(z.string(), z.string()).parse(JSON.parse(vault.decrypt(secrets)));
}

/** The settings of a check as its probe needs them, with passwords in clear. */
export function runnable(desk: Pick<Desk, 'vault'>, row: Kept): ProbeConfig {
  return joined(readProbe(row.config), secretsOf(desk, row));
}

/** Settings that somebody sent, complete and allowed; masked secrets are those of `before`. Refuses otherwise. */
export function takeProbe(ctx: Read, sent: ProbeConfig, before?: Kept): ProbeConfig {
  if (sent.kind === 'script') {
    if (ctx.desk.config.scriptDir === undefined) throw new Problem('refused', 'Scripts are off. Whoever runs the desk names a directory in QD_SCRIPT_PROBES to allow them.');
    const refusal = refusePermission(ctx.actor, 'checks.script', checks.permissions);
    if (refusal) throw new Problem('forbidden', refusal);
  }
  const kept = before && { secrets: secretsOf(ctx.desk, before), sameDestination: destinationOf(readProbe(before.config)) === destinationOf(sent) };
  const taken = withKept(sent, kept);
  const refused = 'refused' in taken ? taken.refused : refuseProbe(taken.config);
  if (refused) throw invalidField(refused.field, refused.sentence);
  return 'config' in taken ? taken.config : sent;
}

interface Columns {
  readonly config: Json;
  readonly secrets: string | null;
  readonly origin: 'typed' | 'trusted';
  readonly intervalSeconds: number | null;
}

/** The columns that hold settings. Private addresses are for leads (decision 15); what a responder sets runs as typed, also when a lead had set it before. */
export function columnsOf({ desk, actor }: Read, probe: ProbeConfig): Columns {
  const { shown, secrets } = parted(probe);
  return {
    config: jsonb(shown),
    secrets: Object.keys(secrets).length === 0 ? null : desk.vault.encrypt(JSON.stringify(secrets)),
    origin: originOf({ actor }),
    intervalSeconds: intervalOf(probe),
  };
}

export function originOf({ actor }: Pick<Read, 'actor'>): 'typed' | 'trusted' {
  return atLeast(actor.role, 'lead') ? 'trusted' : 'typed';
}
