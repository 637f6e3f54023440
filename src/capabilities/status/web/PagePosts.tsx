import { PenLine } from 'lucide-react';
import { api, usePages } from '#web/api.ts';
import { Button } from '#web/ui/Button.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Empty, Note } from '#web/ui/Parts.tsx';
import { Badge } from '#web/ui/Status.tsx';
import { Time } from '#web/ui/Time.tsx';
import { status } from '../contract/index.ts';
import { words } from './words.ts';

/** What was told and what is being written, the newest first. */
export function PagePosts({ number }: { readonly number: string }) {
  const list = usePages(api(status).posts, { page: number, limit: 50 }, { on: ['statuspost.'] });
  if (list.problem) return <Note state="warning">{list.problem.sentence}</Note>;
  if (!list.loading && list.rows.length === 0) return <Empty icon={PenLine} title={words.page.noPosts} sentence={words.post.sub} />;
  return (
    <>
      <ul className="plainrows">
        {list.rows.map((post) => (
          <li key={post.id}>
            <span>
              <Link className="b" href={`/status-posts/${post.number}`}>
                {post.title}
              </Link>{' '}
              <span className="id">{post.number}</span>
              <span className="why block">
                {post.phase ? words.phases[post.phase] : words.page.draft}
                {post.startsAt ? (
                  <>
                    {' · '}
                    <Time at={post.startsAt} form="full" />
                  </>
                ) : null}
              </span>
            </span>
            <span className="end">
              {post.draft ? <Badge>{words.page.draft}</Badge> : null}
              {post.publishedAt ? <Time at={post.publishedAt} /> : null}
            </span>
          </li>
        ))}
      </ul>
      {list.onMore ? <Button onClick={list.onMore}>More</Button> : null}
    </>
  );
}
