import { Bell, CircleUserRound, Plus, UserRound } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { PageCreate } from './pages.ts';
import { signOutAction } from './sign-out.ts';
import { Button } from './ui/Button.tsx';
import { Icon } from './ui/Icon.tsx';
import { useGo } from './ui/Link.tsx';
import { Menu } from './ui/Menu.tsx';
import { Avatar, type PersonRef } from './ui/People.tsx';
import { words } from './words.ts';

interface CreateMenuProps {
  readonly makes: readonly PageCreate[];
  readonly open: boolean;
  readonly onOpen: (next: 'open' | 'shut') => void;
}

/** What this viewer may create; also opened by the key C. */
export function CreateMenu({ makes, open, onOpen }: CreateMenuProps) {
  const go = useGo();
  if (!makes.length) return null;
  return (
    <DropdownMenu.Root modal={false} open={open} onOpenChange={(next) => onOpen(next ? 'open' : 'shut')}>
      <DropdownMenu.Trigger asChild>
        <Button size="small" icon={Plus} aria-keyshortcuts="c">
          <span className="lbl">{words.create}</span>
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6} aria-label={words.create}>
          {makes.map((make) => (
            <DropdownMenu.Item key={make.label} className="it" onSelect={() => go(make.href)}>
              <Icon of={make.icon} size={14} />
              <span>{make.label}</span>
              {make.keys ? <kbd>{make.keys}</kbd> : null}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export function MeMenu({ person, number }: { readonly person: PersonRef; readonly number: string }) {
  return (
    <Menu
      startOpen
      label={words.account}
      groups={[
        {
          label: person.name,
          actions: [
            { label: words.myPage, icon: UserRound, href: `/people/${number}` },
            { label: words.profile, icon: CircleUserRound, href: '/settings/profile' },
            { label: words.contacts, icon: Bell, href: '/settings/contacts' },
          ],
        },
        { actions: [signOutAction] },
      ]}
    >
      <button type="button" className="btn g s sq memenu">
        <Avatar person={person} />
        <span className="sr">{`${words.account}: ${person.name}`}</span>
      </button>
    </Menu>
  );
}
