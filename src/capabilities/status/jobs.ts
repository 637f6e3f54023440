import { checksByIds } from '#capabilities/checks/index.ts';
import { iso, ms } from '#kernel/clock.ts';
import type { Job, Jobs, LogEntry, Write } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { moveTimes } from './actions/posts.ts';
import { CONFIRM_MS } from './following.ts';
import { turnByItself } from './posting.ts';
import { pushJob } from './pushing.ts';
import { settleFor } from './settling.ts';
import * as store from './store/index.ts';

const NEXT = {
  begun: { phase: 'in_progress', text: 'The maintenance has begun.' },
  verifying: { phase: 'verifying', text: 'The work is done. We check the result.' },
  completed: { phase: 'completed', text: 'The maintenance is completed.' },
} as const;

/** Maintenance begins and ends by itself, if nobody was faster and its times are still those. */
function turn({ payload, write }: Job): Promise<void> {
  return write(async (ctx) => {
    // Whoever sends an update at this moment is waited for.
    await ctx.expect(String(payload.post), undefined);
    const post = await store.postById(ctx.db, String(payload.post));
    if (!post || post.phase !== payload.phase) return;
    if (post.phase === 'scheduled' && post.startsAt === payload.at) await turnByItself(ctx, post, NEXT.begun);
    else if (post.phase === 'in_progress' && post.endsAt === payload.at) await turnByItself(ctx, post, post.closesItself ? NEXT.completed : NEXT.verifying);
  });
}

async function checkTurned(ctx: Write, { recordId }: LogEntry): Promise<void> {
  const [check] = recordId === null ? [] : await checksByIds(ctx.db, SYSTEM, [recordId]);
  if (check?.serviceId) await settleFor(ctx, [check.serviceId]);
}

async function sourceChanged(ctx: Write, { recordId }: LogEntry): Promise<void> {
  if (recordId !== null) await settleFor(ctx, [recordId]);
}

/** Maintenance that was taken from a mute follows its times. */
async function muteMoved(ctx: Write, { recordId, did, data }: LogEntry): Promise<void> {
  for (const post of recordId === null ? [] : await store.postsOfMute(ctx.db, recordId)) {
    if (post.startsAt === null || post.endsAt === null) continue;
    const ended = did === 'mute.ended';
    const startsAt = ended ? Math.min(ms(post.startsAt), ctx.now) : ms(data.from);
    const endsAt = ended ? ctx.now + 1 : data.until === null ? ms(post.endsAt) : ms(data.until);
    const from = post.phase === 'scheduled' || post.phase === null ? startsAt : ms(post.startsAt);
    if (endsAt > from && endsAt > ctx.now) await moveTimes(ctx, post, { startsAt: from, endsAt });
  }
}

function forget({ write, now }: Job): Promise<void> {
  return write(({ db }) => store.forgetUnconfirmed(db, iso(now - CONFIRM_MS)));
}

export const jobs: Jobs = {
  on: {
    'check.wentDown': checkTurned,
    'check.heldBack': checkTurned,
    'check.cameUp': checkTurned,
    'check.passedAgain': checkTurned,
    'check.began': checkTurned,
    'check.paused': checkTurned,
    'check.retired': checkTurned,
    'service.changed': sourceChanged,
    'service.retired': sourceChanged,
    'component.changed': sourceChanged,
    'component.retired': sourceChanged,
    'mute.changed': muteMoved,
    'mute.ended': muteMoved,
  },
  tasks: { 'status.turn': turn, 'status.push': pushJob, 'status.forget': forget },
  every: { 'status.forget': '25 * * * *' },
};
