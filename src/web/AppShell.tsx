import { useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState, type ReactNode, useEffect } from 'react';
import { records } from '#kernel/records/contract.ts';
import { api } from './api.ts';
import { areasFor, creates, places, routes, type BuiltArea } from './areas.ts';
import { retryLive, useOfflineSince } from './live.ts';
import { PagesBar } from './pages-bar.tsx';
import type { PageRoute } from './pages.ts';
import { useMe } from './session.ts';
import { useCounts, useLiveIncidents, useOnCall } from './shell-slots.tsx';
import { signOutAction } from './sign-out.ts';
import { LiveStrip } from './shell/LiveStrip.tsx';
import { OfflineBanner } from './shell/OfflineBanner.tsx';
import { PhoneBar, type PhonePlace } from './shell/PhoneBar.tsx';
import { Rail, type Area, type Count } from './shell/Rail.tsx';
import { Shell } from './shell/Shell.tsx';
import { useShortcuts, type Shortcut } from './shell/shortcuts.ts';
import { flipTheme } from './shell/ThemeToggle.tsx';
import { TopBar } from './shell/TopBar.tsx';
import { TopMenus } from './top-menus.tsx';
import type { Action } from './ui/Button.tsx';
import { useGo } from './ui/Link.tsx';
import { words } from './words.ts';

const loadPalette = async () => ({ default: (await import('./shell/Palette.tsx')).Palette });
const Palette = lazy(loadPalette);
const Shortcuts = lazy(async () => ({ default: (await import('./shell/Shortcuts.tsx')).Shortcuts }));

const search = async (q: string) => {
  const { items } = await api(records).search({ q });
  return items.map(({ number, title, kind }) => ({ number, title, kind, href: `/records/${number}` }));
};

const PHONE_MOST = 4;
const PHONE_FIRST = ['watch', 'incidents', 'alerts', 'on-call'];

/** The page of the registry that the address shows now. */
function useCurrent(): PageRoute | undefined {
  const id = useRouterState({ select: (state) => String(state.matches.at(-1)?.fullPath ?? '') });
  return routes.find((route) => route.path === id || `${route.path}/` === id);
}

/** An area with one place is that place; one with several opens them. */
function shownArea({ id, label, icon, href, places: own }: BuiltArea, counts: Readonly<Record<string, Count>>): Area {
  const each = own.map((place) => ({ ...place, count: place.countKey ? counts[place.countKey] : undefined }));
  const only = own.length === 1 ? each[0] : undefined;
  return only && id === 'watch' ? { id, label: only.label, href: only.href, icon, count: only.count } : { id, label, href, icon, count: counts[id], places: each };
}

function phonePlaces(areas: readonly BuiltArea[]): readonly PhonePlace[] {
  const all = areas.flatMap((area) => area.places);
  const rank = (id: string) => (PHONE_FIRST.includes(id) ? PHONE_FIRST.indexOf(id) : PHONE_MOST);
  return all.toSorted((one, other) => rank(one.id) - rank(other.id)).slice(0, PHONE_MOST);
}

/** The frame of every page that needs a session. */
export function AppShell({ children }: { readonly children: ReactNode }) {
  const { me, person } = useMe();
  const go = useGo();
  const current = useCurrent();
  const [open, setOpen] = useState<'palette' | 'shortcuts' | 'create'>();
  const counts = useCounts();
  const onCall = useOnCall();
  const incidents = useLiveIncidents();
  const offlineSince = useOfflineSince();
  const permissions = useMemo(() => me?.permissions ?? [], [me]);
  const built = useMemo(() => areasFor(permissions).filter((area) => area.id !== 'settings'), [permissions]);
  const makes = useMemo(() => creates.filter((create) => permissions.includes(create.can)), [permissions]);
  const shortcuts = useMemo<readonly Shortcut[]>(() => {
    const goes = built
      .flatMap((area) => area.places)
      .flatMap((place) => (place.keys ? [{ keys: place.keys, label: place.label, group: words.goTo, act: () => go(place.href) }] : []));
    const create = makes.length ? [{ keys: 'c', label: words.create, act: () => setOpen('create') }] : [];
    return [{ keys: 'Ctrl k', label: words.palette, act: () => setOpen('palette') }, { keys: '?', label: words.shortcuts, act: () => setOpen('shortcuts') }, ...create, ...goes];
  }, [built, makes, go]);
  useShortcuts(shortcuts);
  // Loaded well after the first paint, so that what is typed right after Ctrl K is not lost to a slow network.
  useEffect(() => {
    const later = setTimeout(() => void loadPalette(), 4000);
    return () => clearTimeout(later);
  }, []);
  const actions = useMemo<readonly (Action & { readonly keys?: string; readonly words?: string })[]>(
    () => [
      ...makes.map(({ label, icon, href, keys }) => ({ label, icon, href, ...(keys && { keys }) })),
      ...[...built.flatMap((area) => area.places), ...places.filter((place) => place.area === 'settings' && (!place.can || permissions.includes(place.can)))].map(
        ({ label, icon, href, keys, words: more }) => ({ label: `${words.goTo} ${label}`, icon, href, ...(keys && { keys: keys.toUpperCase() }), ...(more && { words: more }) }),
      ),
      { label: words.theme, onAct: flipTheme },
      signOutAction,
    ],
    [built, makes, permissions],
  );
  const place = places.find((each) => each.id === current?.place);
  const areaId = place?.area ?? (current?.frame === 'settings' ? 'settings' : '');
  const areas = built.map((area) => shownArea(area, counts));
  const except = /\/incidents\/(INC-\d+)/.exec(window.location.pathname)?.[1];
  const ref = { id: person?.id ?? '', name: person?.name ?? me?.organisation ?? '' };
  return (
    <>
      <Shell
        flush={current?.frame === 'flush'}
        rail={
          <Rail
            areas={areas}
            area={areaId}
            place={areaId === 'watch' ? undefined : place?.id}
            me={ref}
            meHref="/settings/profile"
            settingsHref="/settings/profile"
            onShortcuts={() => setOpen('shortcuts')}
          />
        }
        top={
          <TopBar
            onSearch={() => setOpen('palette')}
            onCall={onCall}
            me={ref.id}
            create={<TopMenus makes={makes} open={open === 'create'} onOpen={(next) => setOpen(next === 'open' ? 'create' : undefined)} person={ref} number={person?.number} />}
          />
        }
        strip={
          <>
            <OfflineBanner since={offlineSince} onRetry={retryLive} />
            <LiveStrip incidents={incidents} except={except} />
            <PagesBar />
          </>
        }
        phone={<PhoneBar places={phonePlaces(built)} current={place?.id} areas={areas} foot={<PhoneFoot />} />}
      >
        {children}
      </Shell>
      <Suspense>
        {open === 'palette' ? <Palette open onClose={() => setOpen(undefined)} search={search} actions={actions} /> : null}
        {open === 'shortcuts' ? <Shortcuts open onClose={() => setOpen(undefined)} /> : null}
      </Suspense>
    </>
  );
}

function PhoneFoot() {
  const go = useGo();
  return (
    <section>
      <h3>{words.account}</h3>
      <button type="button" className="lk" onClick={() => go('/settings/profile')}>
        <span className="grow">{words.settings}</span>
      </button>
      <button type="button" className="lk" onClick={signOutAction.onAct}>
        <span className="grow">{words.signOut}</span>
      </button>
    </section>
  );
}
