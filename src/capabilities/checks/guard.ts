import * as z from 'zod';
import { writeAs } from '#kernel/act.ts';
import { iso } from '#kernel/clock.ts';
import type { Desk } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { GuardTarget } from './contract/index.ts';
import { readProbe, type RunConfig } from './probes/index.ts';
import { runOnce } from './probes/runs/index.ts';
import * as store from './store/index.ts';

/** One answer serves so long, so that the targets are asked once when everything fails at once. */
const FRESH_MS = 10_000;
/** That all is well may have been true before the failing run began, so it serves longer only for runs that began before it. */
const SURE_MS = 2000;
const answers = new WeakMap<Desk, { readonly at: number; readonly sees: Promise<boolean>; blind: boolean }>();
const targetsOf = z.array(GuardTarget);

/** A reference target as a probe; any answer will do. */
function probeOf(target: GuardTarget): RunConfig {
  const common = { intervalSeconds: 60, timeoutSeconds: 5 };
  const probe = readProbe(target.kind === 'http' ? { ...target, ...common, verify: false, expect: '100-599', redirects: 0 } : { ...target, ...common });
  if (probe.kind === 'heartbeat') throw new Error('a heartbeat answers nobody');
  return probe;
}

async function anyAnswers(desk: Desk, targets: readonly GuardTarget[]): Promise<boolean> {
  const asked = targets.map(async (target) => {
    const { result } = await runOnce(probeOf(target), { door: desk.outgoing, origin: 'trusted', now: desk.clock.now(), scriptDir: undefined });
    if (result !== 'passed') throw new Error('no answer');
  });
  return Promise.any(asked).then(
    () => true,
    () => false,
  );
}

/**
 * Whether the desk itself reaches anything; true where no reference targets are set. `began` is when the run began that
 * failed. When sight is lost or comes back, that is written down once, whichever node notices.
 */
export function looksOut(desk: Desk, began = Infinity): Promise<boolean> {
  const now = desk.clock.now();
  const known = answers.get(desk);
  const age = known ? now - known.at : Infinity;
  if (known && age >= 0 && age < (known.blind || known.at >= began ? FRESH_MS : SURE_MS)) return known.sees;
  const asked = { at: now, sees: look(desk), blind: false };
  answers.set(desk, asked);
  asked.sees.then(
    (sees) => (asked.blind = !sees),
    () => answers.delete(desk),
  );
  return asked.sees;
}

/** After a change of the targets the next question is asked anew. */
export function forgetAnswer(desk: Desk): void {
  answers.delete(desk);
}

async function look(desk: Desk): Promise<boolean> {
  const targets = targetsOf.parse((await store.guardTargets(desk.db)) ?? []);
  const sees = targets.length === 0 || (await anyAnswers(desk, targets));
  const since = await store.blindSince(desk.db);
  if (sees === (since === null)) return sees;
  await writeAs(
    desk,
    SYSTEM,
    async (ctx) => {
      if (!sees) {
        if (await store.beginBlind(ctx.db, ctx.now)) await ctx.record({ record: null, did: 'checks.blind', data: { since: iso(ctx.now), targets: targets.length } });
        return;
      }
      const began = await store.endBlind(ctx.db, ctx.now);
      if (began === null) return;
      await store.graceAgain(ctx.db, ctx.now);
      await ctx.record({ record: null, did: 'checks.sees', data: { since: iso(began), until: iso(ctx.now) } });
    },
    'quiet',
  );
  return sees;
}

/** Asks again while the desk is blind, so that it ends also when nothing fails any more. */
export async function lookAgainWhileBlind(desk: Desk): Promise<void> {
  if ((await store.blindSince(desk.db)) !== null && !desk.state.held) await looksOut(desk);
}
