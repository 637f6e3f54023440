import { openPagesOf, registerAnswers } from '#capabilities/notify/index.ts';
import { peopleByIds } from '#capabilities/people/index.ts';
import { linkActor } from '#kernel/activity.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { refsOf } from '#kernel/records/index.ts';
import { subjectOf } from './subjects.ts';

const DONE = { acknowledge: 'You have it: nobody else is paged.', escalate: 'Passed on: the next person is being paged.', resolve: 'Resolved.' } as const;

/** Answers that come back through a message act as the person it was sent to, with no other right of theirs. */
registerAnswers(async (ctx, { about, personId, deed }) => {
  const record = (await refsOf(ctx.db, SYSTEM, [about])).get(about);
  const person = (await peopleByIds(ctx.db, [personId])).get(personId);
  const subject = record && subjectOf(record.kind);
  if (!record || !subject || !person?.active) return 'This page cannot be answered any more.';
  const before = await subject.describe(ctx, about);
  if (!before.open) return `${record.number} is over already; there is nothing left to do.`;
  const other = deed === 'acknowledge' && before.acknowledgedBy !== null && before.acknowledgedBy !== person.name ? before.acknowledgedBy : null;
  // Where each is asked to answer for themselves, somebody else's answer does not stand for theirs.
  const isAsked = other !== null && (await openPagesOf(ctx.db, personId)).some((page) => page.aboutId === about);
  await subject[deed](ctx.as(linkActor(person.id, person.name)), about);
  if (other === null) return `${record.number}: ${DONE[deed]}`;
  return isAsked ? `${record.number}: your answer is noted; ${other} has it as well.` : `${record.number}: already acknowledged by ${other}.`;
});
