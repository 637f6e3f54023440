import { History, Table2, Waypoints } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { api, useRead } from '#web/api.ts';
import { useShortcuts } from '#web/shell/shortcuts.ts';
import { Button } from '#web/ui/Button.tsx';
import { useGo } from '#web/ui/Link.tsx';
import { useNow, useZone } from '#web/ui/now.ts';
import { Banner, Empty, Note, Skeleton } from '#web/ui/Parts.tsx';
import type { ShownProblem } from '#web/ui/problem.ts';
import { Segmented } from '#web/ui/Tabs.tsx';
import { fullTime } from '#web/ui/time.ts';
import { catalog, mapGrouping } from '../../contract/index.ts';
import { AsTable } from './AsTable.tsx';
import { FocusBar, MarksBar, TimeBar } from './Bars.tsx';
import { Drawing, PAN_BY } from './Drawing.tsx';
import { Falls } from './Fall.tsx';
import { Find } from './Find.tsx';
import { hrefOf, Panel } from './Panel.tsx';
import { inputOf, useMapState, type Grouping, type MapState } from './state.ts';
import { useLayout, type MapData } from './use-layout.ts';
import { useView } from './use-view.ts';
import { words } from './words.ts';
import './map.css';
import './drawing.css';
import './controls.css';
import './panel.css';

/** As in the style sheets. */
const GUTTER = { wide: 152, narrow: 84 };
const PHONE = 640;
/** A size at which everything of a node can be read. */
const JUMP = 0.9;
const PANEL = { width: 332, from: 1000 };
/** What the frame of the app and the heads take of the window. */
const AROUND = { width: 380, height: 250 };
const LIVE = ['edge.', 'service.', 'component.', 'alert.', 'check.', 'incident.'];
const GROUPINGS = mapGrouping.options.map((id) => ({ id, label: words.groupings[id] }));

/** The form of the space there is, in steps, so that a picture does not change with every pixel. */
const aspectOf = (end: number) => Math.round(((window.innerWidth - AROUND.width - end) / (window.innerHeight - AROUND.height)) * 4) / 4;

/** Everything we run as one picture, and what would fall. */
export default function MapPage() {
  const { state, change } = useMapState();
  const go = useGo();
  const { data, problem, stale, again } = useRead(api(catalog).map, inputOf(state), { on: LIVE });
  const [selected, setSelected] = useState<string>();
  const isMarked = state.failed.length > 0;
  const end = (selected || isMarked) && window.innerWidth > PANEL.from ? PANEL.width : 0;
  const latestEnd = useRef(end);
  latestEnd.current = end;
  const [aspect, setAspect] = useState(() => aspectOf(end));
  const arranged = useLayout(data, { by: state.by, aspect });
  const hasLanes = state.by !== 'none' && (data?.groups.some(({ isOpen }) => isOpen) ?? false);
  const subject = `${state.by} ${state.focus ?? ''} ${state.hops} ${state.towards}`;
  const camera = useView(arranged?.laid, { inset: !hasLanes ? 0 : window.innerWidth < PHONE ? GUTTER.narrow : GUTTER.wide, end, anchor: selected, subject });
  const [sought, setSought] = useState<string>();
  const keys = useKeys(camera, { leave: () => setSelected(undefined), fit });
  function fit() {
    setAspect(aspectOf(end));
    camera.fit();
  }
  useShortcuts(keys);

  // What was looked for is shown as soon as it is drawn.
  useEffect(() => {
    if (!sought || !arranged?.laid.boxes.some(({ id }) => id === sought)) return;
    camera.show(sought, JUMP);
    setSought(undefined);
  }, [sought, arranged, camera]);

  // Another subject takes the form of the space that there is for it.
  useEffect(() => setAspect(aspectOf(latestEnd.current)), [subject]);

  const firstFailed = useRef(state.failed[0]);
  useEffect(() => {
    const failed = firstFailed.current;
    if (!arranged || !data || failed === undefined) return;
    firstFailed.current = undefined;
    const group = data.groups.find(({ isOpen, failedCount }) => !isOpen && failedCount > 0)?.key;
    camera.show(data.nodes.some(({ number }) => number === failed) || !group ? failed : group, 0);
  }, [arranged, data, camera]);

  // The panel that opens may lie over what was chosen.
  useEffect(() => {
    if (selected) camera.show(selected);
  }, [selected, camera]);

  const way = useMemo(() => wayTo(data, selected), [data, selected]);
  if (problem && !data) return <Refused {...{ problem, again, change }} />;
  const isEmpty = data && data.total.services + data.total.components === 0;

  function openGroup(key: string) {
    const open = data?.groups.filter(({ isOpen }) => isOpen).map((group) => group.key) ?? [];
    change({ open: [...open, key] });
  }
  function closeGroup(key: string) {
    setSelected(key);
    change({ open: data?.groups.filter((group) => group.isOpen && group.key !== key).map((group) => group.key) ?? [] });
  }
  function open(id: string) {
    const node = data?.nodes.find(({ number }) => number === id);
    if (node) go(hrefOf(node));
    else openGroup(id);
  }
  function select(id: string | undefined) {
    const fall = data?.falls.list.find(({ number }) => number === id);
    const isDrawn = data?.nodes.some(({ number }) => number === id) || data?.groups.some(({ key }) => key === id);
    if (id && fall && !isDrawn) openGroup(fall.group);
    setSelected(id);
    if (id) setSought(isDrawn ? undefined : id);
  }
  return (
    <div className="mappage">
      <Head {...{ data, state, change }} onJump={(id) => (select(id), camera.show(id, JUMP))} onFocus={(focus) => (setSelected(focus), change({ focus, open: undefined }))} />
      <FocusBar {...{ data, state, change }} />
      <MarksBar {...{ data, state, change }} />
      {state.at === undefined ? null : <Past at={state.at} onNow={() => change({ at: undefined })} />}
      {isEmpty ? (
        <div className="mapsays fill">
          <Empty
            icon={Waypoints}
            title={state.at ? words.emptyPast.title : words.empty.title}
            sentence={state.at ? words.emptyPast.text : words.empty.text}
            first={state.at ? { label: words.past.now, onAct: () => change({ at: undefined }) } : { label: words.empty.add, href: '/services/new' }}
          />
        </div>
      ) : (
        <div className={selected || isMarked ? 'mapbody paneled' : 'mapbody'}>
          <div className="mapmain">
            {data && (data.moreCount > 0 || data.moreEdges > 0) ? (
              <p className="mapnote">
                {[data.moreCount ? words.more(data.nodes.length, data.moreCount) : '', data.moreEdges ? words.moreEdges(data.moreEdges) : ''].filter(Boolean).join(' ')}
              </p>
            ) : null}
            {!data || !arranged ? (
              <Waiting />
            ) : state.asTable ? (
              <AsTable data={data} onOpenGroup={openGroup} />
            ) : (
              <Drawing
                {...{ data, arranged, camera, selected, way, hasLanes }}
                focus={state.focus}
                isStale={stale}
                onFit={fit}
                onSelect={select}
                onOpen={open}
                onClose={closeGroup}
              />
            )}
          </div>
          {data && (selected || isMarked) ? (
            <aside className="mappanel" aria-label={words.panel.label}>
              {selected ? (
                <div className="mapsheet">
                  <Panel {...{ data, state, change, selected }} onSelect={select} onOpenGroup={openGroup} />
                </div>
              ) : null}
              {isMarked ? <Falls {...{ data, selected }} onSelect={select} onClear={() => change({ failed: [], spared: [] })} /> : null}
            </aside>
          ) : null}
        </div>
      )}
      <TimeBar {...{ data, state, change }} />
    </div>
  );
}

interface HeadProps {
  readonly data: MapData | undefined;
  readonly state: MapState;
  readonly change: (to: Partial<MapState>) => void;
  readonly onJump: (number: string) => void;
  readonly onFocus: (number: string) => void;
}

function Head({ data, state, change, onJump, onFocus }: HeadProps) {
  const groups = data?.groups ?? [];
  const [some, all] = [groups.some(({ isOpen }) => isOpen), groups.every(({ isOpen }) => isOpen)];
  return (
    <div className="maphead">
      <h1>{words.title}</h1>
      <span className="cnt">
        {data ? words.counts(data.total) : null}
        {data?.hiddenCount ? `, ${words.hidden(data.hiddenCount)}` : null}
      </span>
      <Find nodes={data?.nodes ?? []} onJump={onJump} onFocus={onFocus} />
      <span className="dim s12 nw bylabel">{words.groupBy}</span>
      <Segmented label={words.groupBy} choices={GROUPINGS} current={state.by} onChoose={(by) => change({ by: by as Grouping, open: undefined })} />
      {groups.length > 1 ? (
        <Button variant="quiet" size="small" onClick={() => change({ open: some ? [] : groups.map(({ key }) => key) })}>
          {some || all ? words.closeAll : words.openAll}
        </Button>
      ) : null}
      <Button variant="quiet" size="small" icon={state.asTable ? Waypoints : Table2} onClick={() => change({ asTable: !state.asTable })}>
        {state.asTable ? words.asPicture : words.asTable}
      </Button>
    </div>
  );
}

function Past({ at, onNow }: { readonly at: string; readonly onNow: () => void }) {
  const [zone, now] = [useZone(), useNow('minute')];
  return (
    <div className="mapsays">
      <Banner
        icon={History}
        end={
          <Button size="small" onClick={onNow}>
            {words.past.now}
          </Button>
        }
      >
        {words.past.banner(fullTime(at, zone, now))}
      </Banner>
    </div>
  );
}

function Waiting() {
  return (
    <div className="mapwait" role="status" aria-label="Loading">
      {[180, 240, 200, 260, 160].map((width) => (
        <Skeleton key={width} width={width} />
      ))}
    </div>
  );
}

interface RefusedProps {
  readonly problem: ShownProblem;
  readonly again: () => void;
  readonly change: (to: Partial<MapState>) => void;
}

/** Nothing could be read: an address that names what is gone leads back to the whole. */
function Refused({ problem, again, change }: RefusedProps) {
  return (
    <div className="mapsays">
      <h1>{words.title}</h1>
      <Note
        live
        state="warning"
        end={
          <span className="row">
            <Button size="small" onClick={again}>
              {words.retry}
            </Button>
            <Button size="small" onClick={() => change({ open: undefined, focus: undefined, failed: [], spared: [], at: undefined })}>
              {words.whole}
            </Button>
          </span>
        }
      >
        <b className="b">{words.failed}.</b> {problem.sentence}
      </Note>
    </div>
  );
}

function useKeys(camera: ReturnType<typeof useView>, acts: { readonly leave: () => void; readonly fit: () => void }) {
  const latest = useRef(acts);
  latest.current = acts;
  return useMemo(() => {
    const group = words.shortcuts;
    return [
      { keys: '/', label: words.find, group, act: () => document.querySelector<HTMLInputElement>('.mapfind input')?.focus() },
      { keys: '+', label: words.zoomIn, group, act: () => camera.zoom('in') },
      { keys: '-', label: words.zoomOut, group, act: () => camera.zoom('out') },
      { keys: '0', label: words.fit, group, act: () => latest.current.fit() },
      { keys: 'ArrowLeft', label: words.panLeft, group, act: () => camera.pan(PAN_BY, 0) },
      { keys: 'ArrowRight', label: words.panRight, group, act: () => camera.pan(-PAN_BY, 0) },
      { keys: 'ArrowUp', label: words.panUp, group, act: () => camera.pan(0, PAN_BY) },
      { keys: 'ArrowDown', label: words.panDown, group, act: () => camera.pan(0, -PAN_BY) },
      { keys: 'Escape', label: words.panel.close, group, act: () => latest.current.leave() },
    ];
  }, [camera]);
}

/** The drawn lines along which the failure reaches what is selected; steps inside one closed group have none. */
function wayTo(data: MapData | undefined, selected: string | undefined): ReadonlySet<string> {
  const path = data?.falls.list.find(({ number }) => number === selected)?.path ?? [];
  const drawn = new Map(data?.nodes.map(({ number }) => [number, number]));
  for (const fall of data?.falls.list ?? []) if (!drawn.has(fall.number)) drawn.set(fall.number, fall.group);
  const places = path.map((step) => step && drawn.get(step.number));
  return new Set(places.flatMap((place, at) => (at && place && places[at - 1] ? [`${places[at - 1]} ${place}`] : [])));
}
