import { ExternalLink, Eye, EyeOff, PenLine } from 'lucide-react';
import { useAddress, useTitle } from '#web/address.ts';
import { api, useRead, useWrite } from '#web/api.ts';
import { RecordPage } from '#web/record/RecordPage.tsx';
import { RecordSide } from '#web/record/RecordSide.tsx';
import { RecordWaiting } from '#web/record/RecordWaiting.tsx';
import { Note } from '#web/ui/Parts.tsx';
import { Tabs } from '#web/ui/Tabs.tsx';
import { status } from '../contract/index.ts';
import { Elsewhere } from './Elsewhere.tsx';
import { ComponentStateText, PublishedBadge } from './look.tsx';
import { PageLook } from './PageLook.tsx';
import { PageParts } from './PageParts.tsx';
import { PagePosts } from './PagePosts.tsx';
import './status.css';
import { words } from './words.ts';

const text = words.page;
const TABS = ['posts', 'parts', 'look', 'elsewhere'] as const;

/** One status page: what was told on it, its parts, how it looks, where it also lives. */
export default function StatusPagePage() {
  const { number, search } = useAddress();
  const { data, problem } = useRead(api(status).page, { number }, { on: ['statuspage.', 'statuspost.'] });
  const change = useWrite(api(status).changePage);
  useTitle(data?.page.title);
  if (!data) return <RecordWaiting problem={problem} />;
  const { page, components, following, may } = data;
  const current = TABS.find((tab) => tab === search['tab']) ?? 'posts';
  const turn = { refused: may.change, busy: change.busy, onAct: () => change.act({ number, version: page.version, published: !page.published }) };
  return (
    <RecordPage
      crumbs={[{ label: words.title, href: '/status-pages' }, { label: number }]}
      title={page.title}
      number={number}
      state={
        <>
          <ComponentStateText state={page.worst} />
          <PublishedBadge page={page} />
        </>
      }
      sub={page.about}
      facts={[
        {
          label: words.address,
          value: (
            <a className="l" href={page.url} target="_blank" rel="noreferrer">
              /status/{page.slug}
            </a>
          ),
        },
        { label: words.who, value: words.access[page.access] },
        { label: text.following, value: text.followingLine(following.email, following.webhook, following.slack) },
      ]}
      actions={[
        page.published ? { label: text.hide, icon: EyeOff, ...turn } : { label: text.publish, icon: Eye, ...turn },
        { label: text.see, icon: ExternalLink, onAct: () => window.open(page.url, '_blank', 'noreferrer') },
        { label: text.post, icon: PenLine, variant: 'primary' as const, refused: may.post, href: `/status-pages/${number}/post` },
      ]}
      side={<RecordSide number={number} />}
    >
      {change.problem ? (
        <Note live state="critical">
          {change.problem.sentence}
        </Note>
      ) : null}
      {page.published ? null : <Note state="info">{text.hiddenNote}</Note>}
      <Tabs label={page.title} current={current} tabs={TABS.map((id) => ({ id, label: text.tabs[id], href: `/status-pages/${number}?tab=${id}` }))} />
      {current === 'posts' ? <PagePosts number={number} /> : null}
      {current === 'parts' ? <PageParts page={page} components={components} refused={may.change} /> : null}
      {current === 'look' ? <PageLook page={page} refused={may.change} /> : null}
      {current === 'elsewhere' ? <Elsewhere page={page} push={data.push} refused={may.change} /> : null}
    </RecordPage>
  );
}
