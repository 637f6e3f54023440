import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useEffect, useState } from 'react';
import type { Action } from '#web/ui/Button.tsx';
import { Icon, type Picture } from '#web/ui/Icon.tsx';
import { useGo } from '#web/ui/Link.tsx';
import { Kbd } from '#web/ui/Parts.tsx';

export interface Hit {
  readonly number: string;
  readonly title: string;
  readonly kind: string;
  readonly href: string;
  readonly icon?: Picture;
}

interface PaletteProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly search: (query: string) => Promise<readonly Hit[]>;
  readonly actions: readonly (Action & { readonly keys?: string; readonly words?: string })[];
}

type Answer = { readonly query: string; readonly hits: readonly Hit[]; readonly failed: boolean } | undefined;

function useAnswer(query: string, search: PaletteProps['search']): Answer {
  const [answer, setAnswer] = useState<Answer>();
  useEffect(() => {
    if (!query.trim()) return setAnswer(undefined);
    let stale = false;
    const wait = setTimeout(async () => {
      const found = await search(query.trim()).then(
        (hits) => ({ query, hits, failed: false }),
        () => ({ query, hits: [], failed: true }),
      );
      if (!stale) setAnswer(found);
    }, 90);
    return () => {
      stale = true;
      clearTimeout(wait);
    };
  }, [query, search]);
  return answer;
}

const matches = (label: string, query: string) =>
  query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => label.toLowerCase().includes(word));

/** Any record by number or words, any action by name. */
export function Palette({ open, onClose, search, actions }: PaletteProps) {
  const go = useGo();
  const [query, setQuery] = useState('');
  const answer = useAnswer(query, search);
  const shown = actions.filter((action) => matches(`${action.label} ${action.words ?? ''}`, query)).slice(0, query ? 8 : 12);
  function finish(then: () => void) {
    setQuery('');
    onClose();
    then();
  }
  const hits = answer?.hits ?? [];
  return (
    <Dialog.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil" />
        <Dialog.Content className="pal" aria-describedby={undefined}>
          <Dialog.Title className="sr">Search or run an action</Dialog.Title>
          <Command shouldFilter={false} loop label="Search or run an action">
            <div className="find">
              <Icon of={Search} />
              <Command.Input value={query} onValueChange={setQuery} placeholder="A number, a name, or what you want to do" />
            </div>
            <Command.List label="Found">
              {hits.length ? (
                <Command.Group heading="Records">
                  {hits.map((hit) => (
                    <Command.Item key={hit.number} value={hit.number} onSelect={() => finish(() => go(hit.href))}>
                      {hit.icon ? <Icon of={hit.icon} /> : null}
                      <span className="el">{hit.title}</span>
                      <span className="id">{hit.number}</span>
                      <span className="end">{hit.kind}</span>
                    </Command.Item>
                  ))}
                </Command.Group>
              ) : null}
              {shown.length ? (
                <Command.Group heading="Actions">
                  {shown.map((action) => (
                    <Command.Item
                      key={action.label}
                      value={`do ${action.label}`}
                      disabled={Boolean(action.refused)}
                      onSelect={() => finish(() => (action.href ? go(action.href) : action.onAct?.()))}
                    >
                      {action.icon ? <Icon of={action.icon} /> : null}
                      <span className="el">{action.label}</span>
                      <span className="end">{action.refused ?? (action.keys ? <Kbd keys={action.keys} /> : null)}</span>
                    </Command.Item>
                  ))}
                </Command.Group>
              ) : null}
            </Command.List>
            {!hits.length && !shown.length ? (
              <p className="msg" role="status">
                {answer?.failed
                  ? 'The search could not be reached. Try again.'
                  : answer?.query === query
                    ? `Nothing matches “${query}”. Try a number such as INC-42, or fewer words.`
                    : 'Searching'}
              </p>
            ) : null}
            <div className="foot" aria-hidden="true">
              <span>
                <Kbd keys="↑ ↓" /> move
              </span>
              <span>
                <Kbd keys="Enter" /> open
              </span>
              <span>
                <Kbd keys="Esc" /> close
              </span>
            </div>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
