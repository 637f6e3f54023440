import { DropdownMenu } from 'radix-ui';
import { Fragment, type ReactElement } from 'react';
import type { Action } from './Button.tsx';
import { Icon } from './Icon.tsx';
import { useGo } from './Link.tsx';

export interface MenuGroup {
  readonly label?: string;
  readonly actions: readonly (Action & { readonly keys?: string })[];
}

/** Actions behind one button. A refused one stays in the list and says why. */
export function Menu({
  label,
  groups,
  children,
  align = 'end',
  startOpen = false,
}: {
  readonly label: string;
  readonly groups: readonly MenuGroup[];
  readonly children: ReactElement;
  readonly align?: 'start' | 'end';
  /** It is drawn because it was asked for. */
  readonly startOpen?: boolean;
}) {
  const go = useGo();
  return (
    <DropdownMenu.Root modal={false} defaultOpen={startOpen}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align={align} sideOffset={6} aria-label={label}>
          {groups.map((group, at) => (
            <Fragment key={group.label ?? at}>
              {at ? <DropdownMenu.Separator className="line" /> : null}
              {group.label ? <DropdownMenu.Label className="lbl">{group.label}</DropdownMenu.Label> : null}
              {group.actions.map((action) => {
                const why = typeof action.refused === 'string' ? action.refused : action.refused?.join(' ');
                const act = () => (action.href ? go(action.href) : action.onAct?.());
                return (
                  <DropdownMenu.Item
                    key={action.label}
                    className={action.variant === 'danger' ? 'it danger' : 'it'}
                    aria-disabled={why ? true : undefined}
                    onSelect={(event) => (why ? event.preventDefault() : act())}
                  >
                    {action.icon ? <Icon of={action.icon} size={14} /> : null}
                    <span>
                      {action.label}
                      {why ? <span className="why">{why}</span> : null}
                    </span>
                    {action.keys ? <kbd>{action.keys}</kbd> : null}
                  </DropdownMenu.Item>
                );
              })}
            </Fragment>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
