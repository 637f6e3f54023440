import { redacted, secretsOfPerson, type Secret } from '../rules/redact.ts';
import { markdownOf, paperForOutsiders, paperOf } from '../rules/paper.ts';
import { allow } from '#kernel/problem.ts';
import type { Seer } from '../shown.ts';
import { namesWithin } from '../store/reviews.ts';
import { refuseRedacting, reviewPage, reviewRow } from './page.ts';

const INSTEAD: Readonly<Record<string, string>> = { team: '[a team]', service: '[a service]', component: '[a component]' };

/** Names of people and of what the house runs, and titles of what is restricted. */
async function secretsOf({ db }: Seer): Promise<readonly Secret[]> {
  return (await namesWithin(db)).flatMap(({ kind, title, restricted }): readonly Secret[] =>
    kind === 'person' ? secretsOfPerson(title) : [{ text: title, instead: restricted ? '[internal]' : (INSTEAD[kind] ?? '[internal]') }],
  );
}

/** A review as a file. */
export async function exported(
  ctx: Seer,
  number: string,
  how: { readonly format: 'markdown' | 'json'; readonly redacted: boolean },
): Promise<{ file: string; type: string; text: string }> {
  if (how.redacted) allow(refuseRedacting(await reviewRow(ctx, number)));
  const page = await reviewPage(ctx, number);
  const secrets = how.redacted ? await secretsOf(ctx) : [];
  const paper = how.redacted ? paperForOutsiders(page, (text) => redacted(text, secrets)) : paperOf(page);
  const name = how.redacted ? `review-${page.review.openedAt.slice(0, 10)}` : number;
  return how.format === 'json'
    ? { file: `${name}.json`, type: 'application/json', text: `${JSON.stringify(paper, null, 2)}\n` }
    : { file: `${name}.md`, type: 'text/markdown', text: markdownOf(paper) };
}
