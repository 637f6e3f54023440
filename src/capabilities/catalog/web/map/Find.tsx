import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { records } from '#kernel/records/contract.ts';
import { api } from '#web/api.ts';
import { Icon } from '#web/ui/Icon.tsx';
import { Kbd } from '#web/ui/Parts.tsx';
import type { MapNode } from '../../contract/index.ts';
import { pictureOf } from '../look.tsx';
import { words } from './words.ts';

interface Hit {
  readonly number: string;
  readonly title: string;
}

const HERE_MOST = 8;
const WAIT = 140;

/** Records that are not drawn, by the desk's own search. */
function useElsewhere(typed: string): { readonly typed: string; readonly hits: readonly Hit[] } | undefined {
  const [found, setFound] = useState<{ readonly typed: string; readonly hits: readonly Hit[] }>();
  useEffect(() => {
    if (!typed) return setFound(undefined);
    let stale = false;
    const wait = setTimeout(async () => {
      const { items } = await api(records)
        .search({ q: typed, kind: ['service', 'component'], limit: 8 })
        .catch(() => ({ items: [] }));
      if (!stale) setFound({ typed, hits: items });
    }, WAIT);
    return () => {
      stale = true;
      clearTimeout(wait);
    };
  }, [typed]);
  return found;
}

/** Those that begin with the words first. */
function matching(nodes: readonly MapNode[], typed: string): readonly MapNode[] {
  const sought = typed.toLowerCase();
  const at = ({ name, number }: MapNode) => (number.toLowerCase() === sought ? 0 : name.toLowerCase().indexOf(sought));
  return nodes
    .filter((node) => at(node) >= 0)
    .toSorted((a, b) => Math.min(1, at(a)) - Math.min(1, at(b)) || a.name.localeCompare(b.name))
    .slice(0, HERE_MOST);
}

interface FindProps {
  readonly nodes: readonly MapNode[];
  readonly onJump: (number: string) => void;
  readonly onFocus: (number: string) => void;
}

/** Jumps to a node in the picture, or shows what is around one that is not drawn. */
export function Find({ nodes, onJump, onFocus }: FindProps) {
  const [typed, setTyped] = useState('');
  const box = useRef<HTMLInputElement>(null);
  const sought = typed.trim();
  const elsewhere = useElsewhere(sought);
  const here = sought ? matching(nodes, sought) : [];
  const drawn = new Set(nodes.map(({ number }) => number));
  const others = elsewhere?.hits.filter(({ number }) => !drawn.has(number)) ?? [];
  function finish(act: () => void) {
    setTyped('');
    box.current?.blur();
    act();
  }
  return (
    <Command className="mapfind" shouldFilter={false} loop label={words.find} onKeyDown={(event) => event.key === 'Escape' && finish(() => undefined)}>
      <span className="inp typed">
        <Icon of={Search} size={14} />
        <Command.Input ref={box} value={typed} onValueChange={setTyped} placeholder={words.find} onBlur={() => setTimeout(() => setTyped(''), 200)} />
        <Kbd keys="/" />
      </span>
      <Command.List className={sought ? 'menu found' : 'found shut'} label={words.find}>
        {here.length ? (
          <Command.Group heading={words.here}>
            {here.map((node) => (
              <Command.Item key={node.number} value={node.number} className="it" onSelect={() => finish(() => onJump(node.number))}>
                <Icon of={pictureOf(node.type)} size={14} dim />
                <span className="grow el">{node.name}</span>
                <span className="id">{node.number}</span>
              </Command.Item>
            ))}
          </Command.Group>
        ) : null}
        {others.length ? (
          <Command.Group heading={words.elsewhere}>
            {others.map(({ number, title }) => (
              <Command.Item key={number} value={number} className="it" onSelect={() => finish(() => onFocus(number))}>
                <span className="grow el">{title}</span>
                <span className="id">{number}</span>
              </Command.Item>
            ))}
          </Command.Group>
        ) : null}
        {sought && elsewhere?.typed === sought && !here.length && !others.length ? <p className="lbl">{words.findNone}</p> : null}
      </Command.List>
    </Command>
  );
}
