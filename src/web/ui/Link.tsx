import { createContext, use, type AnchorHTMLAttributes, type MouseEvent } from 'react';

type Navigate = (href: string) => void;
const Navigation = createContext<Navigate | undefined>(undefined);

/** Gives every Link below a way to move without loading the page again. */
export const NavigationProvider = Navigation.Provider;

export function useGo(): Navigate {
  return use(Navigation) ?? ((href) => window.location.assign(href));
}

export type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & { readonly href: string };

/** An anchor that stays an anchor: opening in a new tab, copying and middle click work as on any page. */
export function Link({ onClick, ...rest }: LinkProps) {
  const navigate = use(Navigation);
  function follow(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event);
    const apart = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
    if (!navigate || event.defaultPrevented || apart || rest.target || !rest.href.startsWith('/')) return;
    event.preventDefault();
    navigate(rest.href);
  }
  return <a {...rest} onClick={follow} />;
}
