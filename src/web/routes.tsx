import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect, useRouter, type AnyRoute } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, type ReactNode } from 'react';
import { Refusal } from '#kernel/client.ts';
import { AppShell } from './AppShell.tsx';
import { areasFor, routes } from './areas.ts';
import { cache, problemOf } from './api.ts';
import { startLive } from './live.ts';
import type { PageRoute } from './pages.ts';
import { peopleApi, useMe } from './session.ts';
import { Button } from './ui/Button.tsx';
import { ZoneProvider } from './ui/now.ts';
import { Skeleton } from './ui/Parts.tsx';
import { words } from './words.ts';

const SettingsFrame = lazy(async () => ({ default: (await import('./settings/SettingsFrame.tsx')).SettingsFrame }));

function Said({ title, children, end }: { readonly title: string; readonly children: ReactNode; readonly end: ReactNode }) {
  return (
    <div className="said" role="alert">
      <h1>{title}</h1>
      <p className="lead">{children}</p>
      <div className="row">{end}</div>
    </div>
  );
}

export function NotFound() {
  return (
    <Said title={words.missingTitle} end={<Button href="/">{words.home}</Button>}>
      {words.missingText}
    </Said>
  );
}

function Failed({ error }: { readonly error: unknown }) {
  const router = useRouter();
  const { sentence } = problemOf(error);
  const end = (
    <>
      <Button variant="primary" onClick={() => window.location.reload()}>
        {words.reload}
      </Button>
      <Button variant="quiet" onClick={() => void router.navigate({ to: '/' })}>
        {words.home}
      </Button>
    </>
  );
  return (
    <Said title={words.failedTitle} end={end}>
      {error instanceof Refusal ? sentence : words.failedText}
    </Said>
  );
}

const Waiting = () => (
  <div className="waiting" role="status" aria-label="Loading">
    <Skeleton width={220} />
    <Skeleton width="70%" />
    <Skeleton width="55%" />
  </div>
);

const me = () => cache.ensureQueryData({ queryKey: [peopleApi.me.key, {}], queryFn: () => peopleApi.me({}) });

/** No page behind the frame is drawn before it is known who looks. */
async function askWho({ location }: { readonly location: { readonly href: string } }) {
  const { person, setupNeeded } = await me();
  if (person) return;
  throw redirect({ to: setupNeeded ? '/setup' : '/sign-in', search: (setupNeeded ? {} : { to: location.href }) as never });
}

function Root() {
  const { person } = useMe();
  return (
    <ZoneProvider value={person?.zone || Intl.DateTimeFormat().resolvedOptions().timeZone}>
      <Outlet />
    </ZoneProvider>
  );
}

/** Reads the live stream as long as somebody is signed in, and moves the focus to the page after each change of address. */
function Framed() {
  const router = useRouter();
  const first = useRef(true);
  useEffect(startLive, []);
  useEffect(
    () =>
      router.subscribe('onResolved', ({ pathChanged }) => {
        if (!first.current && pathChanged) document.getElementById('content')?.focus({ preventScroll: true });
        first.current = false;
      }),
    [router],
  );
  return (
    <AppShell>
      <Suspense fallback={<Waiting />}>
        <Outlet />
      </Suspense>
    </AppShell>
  );
}

const root = createRootRoute({ component: Root, notFoundComponent: NotFound });
const framed = createRoute({ getParentRoute: () => root, id: '_framed', beforeLoad: askWho, component: Framed, notFoundComponent: NotFound });
const settings = createRoute({
  getParentRoute: () => framed,
  id: '_settings',
  component: () => (
    <SettingsFrame>
      <Outlet />
    </SettingsFrame>
  ),
});

function routeOf(parent: AnyRoute, { path, load, title }: PageRoute): AnyRoute {
  return createRoute({
    getParentRoute: () => parent,
    path,
    component: lazyRouteComponent(load),
    beforeLoad: () => {
      document.title = `${title} · Quarterdeck`;
    },
  });
}

const into = (frame: (route: PageRoute) => boolean, parent: AnyRoute) => routes.filter(frame).map((route) => routeOf(parent, route));

/** Without a Watch page the first built place is the start. */
const start = routes.some(({ path }) => path === '/')
  ? []
  : [
      createRoute({
        getParentRoute: () => framed,
        path: '/',
        beforeLoad: async () => {
          throw redirect({ to: areasFor((await me()).permissions)[0]?.href ?? '/settings/profile' });
        },
      }),
    ];
const settingsHome = createRoute({
  getParentRoute: () => framed,
  path: '/settings',
  beforeLoad: () => {
    throw redirect({ to: '/settings/profile' });
  },
});
const lost = createRoute({ getParentRoute: () => framed, path: '$', component: NotFound });

const tree = root.addChildren([
  framed.addChildren([
    ...start,
    settingsHome,
    settings.addChildren(into(({ frame }) => frame === 'settings', settings)),
    ...into(({ frame }) => frame === undefined || frame === 'flush', framed),
    lost,
  ]),
  ...into(({ frame }) => frame === 'bare', root),
]);

export const router = createRouter({
  routeTree: tree,
  defaultPreload: 'intent',
  defaultPendingComponent: Waiting,
  defaultErrorComponent: Failed,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});
