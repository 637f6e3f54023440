import { Siren } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useLiveEvents, type LiveEvent } from './live.ts';
import { useMe } from './session.ts';
import { Button } from './ui/Button.tsx';
import { useGo } from './ui/Link.tsx';
import { Note } from './ui/Parts.tsx';
import { Ago } from './ui/Time.tsx';
import { words } from './words.ts';

/** Why this person is paged, as the desk wrote it into the log. */
const whyOf = (data: LiveEvent['data']): string => (typeof data['why'] === 'string' ? data['why'] : '');

interface Page {
  readonly number: string;
  readonly title: string;
  readonly why: string;
  readonly at: string;
}

const hrefOf = ({ number }: { readonly number: string }) => `/records/${number}`;

function show(title: string, options: NotificationOptions & { readonly href: string }) {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const shown = new Notification(title, { icon: '/icon-192.png', ...options });
  shown.addEventListener('click', () => {
    window.focus();
    window.location.assign(options.href);
  });
}

/** What a live entry means for the pages that wait for me. */
function after(pages: readonly Page[], event: LiveEvent, mine: string): readonly Page[] {
  const { record, did, data } = event;
  if (!record) return pages;
  if (did === 'page.started' && data['person'] === mine) {
    const page = { number: record.number, title: record.title, why: whyOf(data), at: event.at };
    return [page, ...pages.filter((each) => each.number !== record.number)];
  }
  const over = did === 'page.ended' || /\.(acknowledged|resolved|closed)$/.test(did);
  return over ? pages.filter((each) => each.number !== record.number) : pages;
}

/** A bar over every page while somebody pages me, and the browser's own notification where it is allowed. */
export function PagesBar() {
  const { person } = useMe();
  const go = useGo();
  const [pages, setPages] = useState<readonly Page[]>([]);
  const mine = person?.id ?? '';
  useLiveEvents(
    useCallback(
      (event: LiveEvent) => {
        setPages((before) => after(before, event, mine));
        const { record, did, data } = event;
        if (!record) return;
        if (did === 'page.started' && data['person'] === mine) show(record.title, { body: whyOf(data), tag: record.number, requireInteraction: true, href: hrefOf(record) });
        if (did === 'contact.verified' && data['channel'] === 'browser' && data['person'] === mine)
          show(words.testTitle, { body: words.testText, tag: 'test', href: '/settings/contacts' });
      },
      [mine],
    ),
  );
  const [first] = pages;
  if (!first) return null;
  return (
    <div className="pagebar">
      <Note
        live
        state="critical"
        end={
          <>
            <Button size="small" variant="quiet" onClick={() => setPages(pages.slice(1))}>
              {words.later}
            </Button>
            <Button
              size="small"
              variant="primary"
              icon={Siren}
              onClick={() => {
                setPages(pages.slice(1));
                go(hrefOf(first));
              }}
            >
              {words.answer}
            </Button>
          </>
        }
      >
        <b className="b">{first.title}</b> <span className="id">{first.number}</span>
        <div className="s12 dim">
          {words.paged} <Ago at={first.at} />. {first.why}
        </div>
      </Note>
    </div>
  );
}
