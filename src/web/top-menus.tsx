import { Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { PageCreate } from './pages.ts';
import { Button } from './ui/Button.tsx';
import { Avatar, type PersonRef } from './ui/People.tsx';
import { words } from './words.ts';

// Menus are the heaviest part of the frame: they are fetched when somebody reaches for one, not before.
const fetchMenus = () => import('./menus.tsx');
const CreateMenu = lazy(async () => ({ default: (await fetchMenus()).CreateMenu }));
const MeMenu = lazy(async () => ({ default: (await fetchMenus()).MeMenu }));
const near = { onPointerEnter: () => void fetchMenus(), onFocus: () => void fetchMenus() };

interface TopMenusProps {
  readonly makes: readonly PageCreate[];
  readonly open: boolean;
  readonly onOpen: (next: 'open' | 'shut') => void;
  readonly person: PersonRef;
  readonly number: string | undefined;
}

/** The create menu and the account menu at the top right. */
export function TopMenus({ makes, open, onOpen, person, number }: TopMenusProps) {
  const [made, setMade] = useState(false);
  const [met, setMet] = useState(false);
  if (open && !made) setMade(true);
  const create = (
    <Button size="small" icon={Plus} aria-keyshortcuts="c" aria-haspopup="menu" {...near} onClick={() => onOpen('open')}>
      <span className="lbl">{words.create}</span>
    </Button>
  );
  const me = (
    <button type="button" className="btn g s sq memenu" aria-haspopup="menu" {...near} onClick={() => setMet(true)}>
      <Avatar person={person} />
      <span className="sr">{`${words.account}: ${person.name}`}</span>
    </button>
  );
  return (
    <>
      {made ? (
        <Suspense fallback={create}>
          <CreateMenu makes={makes} open={open} onOpen={onOpen} />
        </Suspense>
      ) : makes.length ? (
        create
      ) : null}
      {met && number ? (
        <Suspense fallback={me}>
          <MeMenu person={person} number={number} />
        </Suspense>
      ) : number ? (
        me
      ) : null}
    </>
  );
}
