import { GitCompareArrows, Plus, Siren, Users } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/index.css';
import { LiveStrip } from './shell/LiveStrip.tsx';
import { OfflineBanner } from './shell/OfflineBanner.tsx';
import { PhoneBar } from './shell/PhoneBar.tsx';
import { Rail } from './shell/Rail.tsx';
import { Shell } from './shell/Shell.tsx';
import { useShortcuts } from './shell/shortcuts.ts';
import { setTheme } from './shell/ThemeToggle.tsx';
import { TopBar } from './shell/TopBar.tsx';
import { Button } from './ui/Button.tsx';
import { NavigationProvider } from './ui/Link.tsx';
import { correctClock, ZoneProvider } from './ui/now.ts';
import { RotaBars } from './ui/RotaBars.tsx';
import { ServiceGraph } from './ui/ServiceGraph.tsx';
import { NOW, anneke, jonas } from './gallery/people.tsx';
import { areas, phone, live, lines, many, nothing } from './gallery/sample.tsx';
import { rota, nodes, edges } from './gallery/pictures.tsx';
import { Parts } from './gallery/parts.tsx';
import { window14, Service, Incident, List, Form } from './gallery/pages.tsx';

const Palette = lazy(async () => ({ default: (await import('./shell/Palette.tsx')).Palette }));
const Shortcuts = lazy(async () => ({
  default: (await import('./shell/Shortcuts.tsx')).Shortcuts,
}));
const Menu = lazy(async () => ({ default: (await import('./ui/Menu.tsx')).Menu }));

correctClock(NOW);
const asked = new URLSearchParams(location.search);
const theme = asked.get('theme');
if (theme === 'dark' || theme === 'light') setTheme(theme);
const show = asked.get('show') ?? 'parts';
function Gallery() {
  const [palette, setPalette] = useState(false);
  const [keys, setKeys] = useState(false);
  const [shortcuts] = useState([
    { keys: 'Ctrl k', label: 'Search or run an action', act: () => setPalette(true) },
    { keys: '?', label: 'All shortcuts', act: () => setKeys(true) },
    {
      keys: 'g i',
      label: 'Go to incidents',
      group: 'Go to',
      act: () => {
        document.title = 'went to incidents';
      },
    },
  ]);
  useShortcuts(shortcuts);
  const create = (
    <Suspense>
      <Menu
        label="Create"
        groups={[
          {
            actions: [
              { label: 'Declare incident', icon: Siren, keys: 'c i' },
              {
                label: 'Plan change',
                icon: GitCompareArrows,
                refused: 'the month-end freeze has begun',
              },
            ],
          },
          { label: 'People', actions: [{ label: 'Invite a person', icon: Users }] },
        ]}
      >
        <Button size="small" icon={Plus}>
          <span className="lbl">Create</span>
        </Button>
      </Menu>
    </Suspense>
  );
  const body = {
    parts: <Parts />,
    service: <Service />,
    incident: <Incident />,
    list: <List rows={lines} />,
    long: <List rows={many} />,
    empty: <List rows={[]} />,
    form: <Form />,
    rota: <RotaBars label="Rota of two weeks" window={window14} rows={rota} now={NOW} />,
    graph: <ServiceGraph label="payments-api and what it depends on" middle="payments-api" nodes={nodes} edges={edges} />,
  }[show];
  return (
    <ZoneProvider value="Europe/Berlin">
      <NavigationProvider
        value={(href) => {
          document.title = href;
        }}
      >
        <Shell
          flush={show === 'incident'}
          rail={
            <Rail
              areas={areas}
              area={show === 'incident' ? 'respond' : 'watch'}
              place={show === 'incident' ? 'incidents' : undefined}
              me={anneke}
              settingsHref="/settings"
              onShortcuts={() => setKeys(true)}
            />
          }
          top={<TopBar onSearch={() => setPalette(true)} onCall={{ first: jonas, second: anneke }} me={anneke.id} create={create} />}
          strip={
            <>
              {show === 'list' ? <OfflineBanner since={NOW} onRetry={nothing} /> : null}
              <LiveStrip incidents={live} except={show === 'incident' ? 'INC-214' : undefined} />
            </>
          }
          phone={<PhoneBar places={phone} current="watch" areas={areas} />}
        >
          {body}
        </Shell>
        <Suspense>
          {palette ? (
            <Palette
              open
              onClose={() => setPalette(false)}
              actions={[
                { label: 'Declare incident', icon: Siren, keys: 'c i' },
                { label: 'Plan change', icon: GitCompareArrows },
              ]}
              search={async (query) =>
                lines
                  .filter((line) => `${line.id} ${line.title}`.toLowerCase().includes(query.toLowerCase()))
                  .map((line) => ({
                    number: line.id,
                    title: line.title,
                    kind: 'Change',
                    href: `/changes/${line.id}`,
                  }))
              }
            />
          ) : null}
          {keys ? <Shortcuts open onClose={() => setKeys(false)} /> : null}
        </Suspense>
      </NavigationProvider>
    </ZoneProvider>
  );
}
const root = document.getElementById('root');
if (root) createRoot(root).render(<Gallery />);
