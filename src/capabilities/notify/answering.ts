import { writeAs } from '#kernel/act.ts';
import { ms } from '#kernel/clock.ts';
import type { Desk, Write } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { Problem } from '#kernel/problem.ts';
import { answerPage } from './answers.ts';
import type { Deed } from './rules/index.ts';
import * as store from './store/index.ts';

const DAY = 86_400_000;

/** An answer that came back through a message: what was sent, what is asked, and on which way. */
export interface CameBack {
  readonly notification: string;
  readonly deed: Deed;
  readonly via: string;
}

/** Does what was asked of a message, for its page and those that were told with it; the sentence is told back. */
export async function answerMessage(desk: Desk, came: CameBack): Promise<string> {
  return writeAs(desk, SYSTEM, (ctx) => act(ctx, came), 'quiet').catch((error: unknown) => {
    if (error instanceof Problem) return error.message;
    throw error;
  });
}

async function act(ctx: Write, { notification, deed, via }: CameBack): Promise<string> {
  const pages = await store.pagesOfMessage(ctx.db, notification);
  const [first] = pages;
  if (!first) return 'This message asks for no answer.';
  if (ctx.now - ms(first.startedAt) > DAY) return 'This message is too old to be answered. Sign in to answer.';
  if (first.shadow) return 'You shadow this page: whoever is on call answers it.';
  const said: string[] = [];
  for (const page of pages) said.push(await answerPage(ctx, { about: page.aboutId, personId: page.personId, deed, via }));
  return said.length === 1 ? (said[0] ?? '') : `${said.length} pages: ${said[0] ?? ''}`;
}
