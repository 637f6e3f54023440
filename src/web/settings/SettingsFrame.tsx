import { useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { places } from '#web/areas.ts';
import { useMe } from '#web/session.ts';
import { Tabs } from '#web/ui/Tabs.tsx';

/** Tabs of the settings; each capability adds its own place. */
export function SettingsFrame({ children }: { readonly children: ReactNode }) {
  const { me } = useMe();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const own = places.filter((place) => place.area === 'settings' && (!place.can || me?.permissions.includes(place.can)));
  const tabs = own.map(({ id, label, href }) => ({ id, label, href }));
  return (
    <>
      <Tabs label="Settings" tabs={tabs} current={own.find((place) => path.startsWith(place.href))?.id ?? ''} />
      <div className="setbody">{children}</div>
    </>
  );
}
