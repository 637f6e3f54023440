import { peopleByIds } from '#capabilities/people/index.ts';
import type { Read, Write } from '#kernel/desk.ts';
import { channels } from '../channels/index.ts';
import { type Hours } from '#kernel/weekly.ts';
import { DEFAULT_RULES, reachWarning } from '../rules/index.ts';
import * as store from '../store/index.ts';
import { NO_REACH, waysOf, type Reach } from '../ways.ts';

export async function waysOfMe(ctx: Read): Promise<Reach> {
  const known = await peopleByIds(ctx.db, [ctx.actor.id ?? '00000000-0000-0000-0000-000000000000']);
  return (await waysOf(ctx, known)).get(ctx.actor.id ?? '') ?? NO_REACH;
}

export async function mine(ctx: Read | Write) {
  const { ways, rules, quiet } = await waysOfMe(ctx);
  const verifiedAt = new Map((await store.contactsOf(ctx.db, ctx.actor.id ? [ctx.actor.id] : [])).map((c) => [c.channel === 'email' ? c.address : c.id, c.verifiedAt]));
  return {
    contacts: ways.map((way) => ({
      id: way.id,
      channel: way.channel,
      label: way.label,
      shown: channels[way.channel].shown(way.address),
      trouble: way.trouble,
      awaitsCode: way.awaitsCode,
      hours: way.hours.map(copied),
      failed: way.failed,
      builtIn: way.id === 'email' || way.id === 'browser',
      verifiedAt: verifiedAt.get(way.channel === 'email' ? way.address : way.id) ?? null,
    })),
    rules: { high: shownRules(rules.high), low: shownRules(rules.low) },
    quiet: quiet.map(copied),
    warning: reachWarning(ways),
  };
}

const copied = ({ days, from, until }: Hours) => ({ days: [...days], from, until });
const shownRules = (rules: Reach['rules']['high']) => (rules.length > 0 ? [...rules] : [...DEFAULT_RULES]);
