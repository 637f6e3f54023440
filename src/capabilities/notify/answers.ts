import type { Write } from '#kernel/desk.ts';

/** What a person asks for in answer to a page, on whatever way it came. */
export interface PageAnswer {
  /** Id of the record that the page is about. */
  readonly about: string;
  readonly personId: string;
  readonly deed: 'acknowledge' | 'escalate' | 'resolve';
  /** On which way it came, as people call it: "SMS", "Telegram". */
  readonly via: string;
}

/** Does what was asked and says how it stands now, in the sentence that is told back. */
export type AnswerPage = (ctx: Write, answer: PageAnswer) => Promise<string>;

let handler: AnswerPage | undefined;

/** Called once at load by the capability that knows what a page is about. */
export function registerAnswers(answering: AnswerPage): void {
  handler = answering;
}

export async function answerPage(ctx: Write, answer: PageAnswer): Promise<string> {
  if (!handler) throw new Error('no capability takes answers to pages');
  return handler(ctx, answer);
}
