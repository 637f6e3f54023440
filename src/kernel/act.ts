import { sql } from 'kysely';
import type * as zt from 'zod';
import { iso } from './clock.ts';
import { canonicalJson, sha256 } from './ids.ts';
import { inTransaction, isLostRace, jsonb } from './database.ts';
import type { Verb } from './contract.ts';
import type { Desk, Job, Module, Read, Write } from './desk.ts';
import { Problem } from './problem.ts';
import { readContext, writeContext } from './activity.ts';
import { refusePermission, SYSTEM, type Actor } from './permissions.ts';

export interface Caller {
  readonly actor: Actor;
  readonly idempotencyKey?: string;
  /** Kept for idempotent answers; the input as it came. */
  readonly raw?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Runs one verb for one caller: permission, input, transaction, trace, commit, notice. */
export async function act(desk: Desk, target: { module: Module; name: string; verb: Verb }, input: unknown, caller: Caller): Promise<Answer> {
  const { module, name, verb } = target;
  const refusal = refusePermission(caller.actor, verb.can, module.contract.permissions);
  if (refusal) throw new Problem(caller.actor.kind === 'anonymous' ? 'unauthenticated' : 'forbidden', refusal);
  const parsed = parse(verb, input);
  const action = module.actions[name];
  if (!action) throw new Error(`${module.contract.name}.${name} has no action`);
  if (verb.reads) return { status: 200, body: await action(readContext(desk, desk.readDb, caller.actor), parsed) };
  const run = async (ctx: Write): Promise<Answer> => ({ status: 200, body: await action(ctx, parsed) });
  const traced = verb.quiet ? 'quiet' : 'traced';
  if (!caller.idempotencyKey || verb.once) return writeAs(desk, caller.actor, run, traced);
  return idempotently(desk, { verb: `${module.contract.name}.${name}`, key: caller.idempotencyKey, secret: verb.secret, traced, caller }, run);
}

/** One transaction as an actor. A write that left no trace and did not say `unchanged` is a bug and is rolled back. */
export async function writeAs<T>(desk: Desk, actor: Actor, run: (ctx: Write) => Promise<T>, traced: 'traced' | 'quiet' = 'traced'): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    let traces = 0;
    try {
      const result = await inTransaction(desk.pool, desk.db, async (tx) => {
        const { ctx, tally } = writeContext(desk, tx, actor, desk.clock.now());
        const value = await run(ctx);
        if (traced === 'traced' && tally.traces === 0 && !tally.unchanged) throw new Error('a write left no trace in the activity log');
        traces = tally.traces;
        return value;
      });
      if (traces > 0) desk.committed();
      return result;
    } catch (error) {
      if (error instanceof Problem) await error.extra.afterwards?.();
      // Two writers that waited for each other: actions touch nothing outside, so the one that lost begins anew.
      if (!isLostRace(error) || attempt === 4) throw error;
      await new Promise((resolve) => setTimeout(resolve, attempt * 10 * Math.random()));
    }
  }
}

export function readAs<T>(desk: Desk, actor: Actor, run: (ctx: Read) => Promise<T>): Promise<T> {
  return run(readContext(desk, desk.readDb, actor));
}

/** What a task gets: its payload and transactions as the desk itself. */
export function jobOf(desk: Desk, payload: unknown): Job {
  return {
    desk,
    payload,
    now: desk.clock.now(),
    write: (run) => writeAs(desk, SYSTEM, run, 'quiet'),
    read: (run) => readAs(desk, SYSTEM, run),
  };
}

function parse(verb: Verb, input: unknown): unknown {
  const read = (verb.input as unknown as zt.ZodType).safeParse(input ?? {});
  if (read.success) return read.data;
  const fields = read.error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ field: [...issue.path, key].join('.'), sentence: `${key} is not a field of this request.` }));
    return [{ field: issue.path.join('.'), sentence: sentenceOf(issue) }];
  });
  const first = fields[0];
  const sentence = first ? (first.field === '' ? first.sentence : `${first.field}: ${first.sentence}`) : 'The input is not valid.';
  throw new Problem('invalid', sentence, { fields });
}

function sentenceOf(issue: zt.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'This is needed.';
  const size = /^Too (small|big): expected (string|number|int|array) .*[<>]=(-?[\d.]+)(?: characters| items)?$/.exec(issue.message);
  if (size) return sizeSentence(size[1] === 'small', size[2] ?? '', Number(size[3]));
  const words = issue.message.replace(/^Invalid input: /, '');
  return `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}${/[.!?]$/.test(words) ? '' : '.'}`;
}

/** What the library says of sizes is for programmers; where a contract says it better, that stands. */
function sizeSentence(small: boolean, of: string, bound: number): string {
  if (small && bound === 1 && of === 'string') return 'This is needed.';
  const unit = of === 'string' ? ' characters' : of === 'array' ? (bound === 1 ? ' entry' : ' entries') : '';
  return `${unit === '' ? 'Choose' : 'Give'} at ${small ? 'least' : 'most'} ${bound.toLocaleString('en-US')}${unit}.`;
}

interface Idempotent {
  readonly verb: string;
  readonly key: string;
  readonly secret: boolean;
  readonly traced: 'traced' | 'quiet';
  readonly caller: Caller;
}

async function idempotently(desk: Desk, what: Idempotent, run: (ctx: Write) => Promise<Answer>): Promise<Answer> {
  const actor = what.caller.actor.id ?? what.caller.actor.name;
  const bodyHash = sha256(canonicalJson(what.caller.raw ?? {}));
  return writeAs(
    desk,
    what.caller.actor,
    async (ctx) => {
      const lock = sha256(`${actor} ${what.verb} ${what.key}`).readBigInt64BE(0);
      const {
        rows: [locked],
      } = await sql<{ ok: boolean }>`select pg_try_advisory_xact_lock(${lock.toString()}::bigint) as ok`.execute(ctx.db);
      if (!locked?.ok) throw new Problem('refused', 'The first request with this Idempotency-Key is still running. Try again in a moment.');
      const earlier = await ctx.db.selectFrom('idempotency').selectAll().where('actor', '=', actor).where('verb', '=', what.verb).where('key', '=', what.key).executeTakeFirst();
      if (earlier) {
        ctx.unchanged();
        if (!bodyHash.equals(earlier.bodyHash)) throw new Problem('invalid', 'This Idempotency-Key was used with another body. Use a new key for a new request.');
        return { status: earlier.status, body: earlier.answer };
      }
      const answer = await run(ctx);
      const stored = what.secret ? { done: true, sentence: 'This was already done; the secret is shown only once.' } : answer.body;
      await ctx.db
        .insertInto('idempotency')
        .values({
          actor,
          verb: what.verb,
          key: what.key,
          bodyHash,
          status: answer.status,
          answer: jsonb(stored ?? null),
          at: iso(ctx.now),
        })
        .execute();
      return answer;
    },
    what.traced,
  );
}
