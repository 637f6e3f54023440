import { ChevronDown, Layers, Maximize, Minus, Plus } from 'lucide-react';
import { useCallback, useMemo, useState, type KeyboardEvent, type MouseEvent, type SyntheticEvent } from 'react';
import { Button } from '#web/ui/Button.tsx';
import { Icon, type Picture } from '#web/ui/Icon.tsx';
import { StatusShape } from '#web/ui/Status.tsx';
import { pictureOf } from '../look.tsx';
import { words as catalogWords } from '../words.ts';
import { Legend } from './Legend.tsx';
import { Lines, Patterns } from './Lines.tsx';
import { edgeTones, groupFate, groupLook, groupSays, groupSaysShort, nodeLook, type Look } from './look.ts';
import { BOX_WIDTH, type Box } from './layout/index.ts';
import { Overview } from './Overview.tsx';
import { Thing } from './Thing.tsx';
import { CLOSED, type Arranged, type MapData } from './use-layout.ts';
import type { Camera } from './use-view.ts';
import { words } from './words.ts';

interface DrawingProps {
  readonly data: MapData;
  readonly arranged: Arranged;
  readonly camera: Camera;
  readonly selected: string | undefined;
  /** The record around which all this is. */
  readonly focus: string | undefined;
  /** Drawn above all: the way along which a failure reaches the selected one, as "from to". */
  readonly way: ReadonlySet<string>;
  readonly hasLanes: boolean;
  readonly isStale: boolean;
  readonly onFit: () => void;
  readonly onSelect: (id: string | undefined) => void;
  readonly onOpen: (id: string) => void;
  readonly onClose: (group: string) => void;
}

const thingAt = (event: SyntheticEvent) => (event.target as Element).closest('[data-thing]')?.getAttribute('data-thing') ?? undefined;
// Names up to this length are never cut.
const SHORT = 12;
// More lines than this hide each other: then only those along which something runs, and those of the thing pointed at.
const LINES_MOST = 1800;
const FAINT_FROM = 300;
const PAN = 90;
const WAYS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The nearest box that way: what lies aside counts double. */
function neighbour(boxes: readonly Box[], from: Box, [dx, dy]: readonly [number, number]): Box | undefined {
  let best: Box | undefined;
  let least = Infinity;
  for (const box of boxes) {
    const [ahead, aside] = dx === 0 ? [(box.y - from.y) * dy, Math.abs(box.x - from.x)] : [(box.x - from.x) * dx, Math.abs(box.y - from.y)];
    if (ahead <= 0 || ahead + 2 * aside >= least) continue;
    [best, least] = [box, ahead + 2 * aside];
  }
  return best;
}

/** The picture itself; everything in it can be reached by keyboard, and the table beside it says the same. */
export function Drawing({ data, arranged, camera, selected, focus, way, hasLanes, isStale, onFit, onSelect, onOpen, onClose }: DrawingProps) {
  const [pointed, setPointed] = useState<string>();
  const { laid, routes } = arranged;
  const isWhatIf = data.marked.failed.length > 0;
  const looks = useMemo(() => {
    const isMarked = data.marked.failed.length > 0;
    const closed = data.groups.filter(({ isOpen }) => !isOpen);
    return new Map<string, { readonly look: Look; readonly icon: Picture; readonly isGroup: boolean }>([
      ...closed.map((group) => [group.key, { look: groupLook(group, isMarked), icon: Layers, isGroup: true }] as const),
      ...data.nodes.map((node) => [node.number, { look: nodeLook(node, isMarked), icon: pictureOf(node.type), isGroup: false }] as const),
    ]);
  }, [data]);
  const toneOf = useCallback((id: string) => looks.get(id)?.look.tone, [looks]);
  const tones = useMemo(() => edgeTones(data, isWhatIf), [data, isWhatIf]);
  const active = pointed ?? selected;
  const lit = useMemo(() => data.edges.filter(({ from, to }) => from === active || to === active || way.has(`${from} ${to}`)), [data, active, way]);
  const base = useMemo(() => (data.edges.length > LINES_MOST ? data.edges.filter(({ from, to }) => tones.get(`${from} ${to}`)) : data.edges), [data, tones]);
  const entry = selected && looks.has(selected) ? selected : laid.boxes[0]?.id;

  function press(event: KeyboardEvent) {
    const id = thingAt(event);
    const direction = WAYS[event.key];
    if (!id) return;
    if (event.key === 'Enter') onOpen(id);
    else if (event.key === ' ') onSelect(id);
    else if (direction) {
      const from = laid.boxes.find((box) => box.id === id);
      const to = from && neighbour(laid.boxes, from, direction);
      if (to) {
        camera.show(to.id);
        camera.frame.current?.querySelector<SVGGElement>(`[data-thing="${CSS.escape(to.id)}"]`)?.focus({ preventScroll: true });
      }
    } else return;
    event.preventDefault();
  }
  function click(event: MouseEvent) {
    if (!camera.dragged()) onSelect(thingAt(event));
  }
  function doubleClick(event: MouseEvent) {
    const id = thingAt(event);
    if (id) onOpen(id);
  }
  return (
    <div className={`mapframe${hasLanes ? ' lanes' : ''}`} ref={camera.attach} {...camera.pointer} aria-busy={isStale}>
      <svg
        className={`map${active ? ' pointing' : ''}${isWhatIf ? ' whatif' : ''}`}
        role="group"
        aria-label={`${words.title}: ${words.counts(data.total)}. ${words.direction}`}
        onClick={click}
        onDoubleClick={doubleClick}
        onKeyDown={press}
        onPointerOver={(event) => setPointed(event.pointerType === 'mouse' ? thingAt(event) : undefined)}
        onPointerLeave={() => setPointed(undefined)}
        onFocus={(event) => {
          const id = thingAt(event);
          if (id && (event.target as Element).matches(':focus-visible')) camera.show(id);
        }}
      >
        <Patterns />
        <g ref={camera.world}>
          {laid.lanes.map(({ key, y, height }, at) => (hasLanes ? <path key={key} className={at ? 'lane' : 'lane first'} d={`M-90000 ${y}H90000`} data-height={height} /> : null))}
          <Lines edges={base} routes={routes} tones={tones} faint={base.length > FAINT_FROM} />
          <Lines edges={lit} routes={routes} tones={tones} lit />
          {laid.boxes.map((box) => {
            const drawn = looks.get(box.id);
            if (!drawn) return null;
            return (
              <Thing
                key={box.id}
                box={box}
                {...drawn}
                isSelected={box.id === selected}
                isHub={box.id === focus}
                isEntry={box.id === entry}
                isQuiet={isWhatIf && drawn.look.tone === 'plain'}
              />
            );
          })}
          {laid.boxes.map((box) => {
            const look = looks.get(box.id)?.look;
            const isPointed = box.id === active;
            if (!look || (!isPointed && look.tone !== 'failed')) return null;
            return (
              <text
                key={box.id}
                className={isPointed && look.name.length > SHORT ? 'callout pointed' : 'callout'}
                x={box.x + BOX_WIDTH / 2}
                y={box.y}
                dy="-0.5em"
                textAnchor="middle"
                aria-hidden="true"
              >
                {look.name}
              </text>
            );
          })}
        </g>
      </svg>
      {hasLanes ? <LaneHeads data={data} lanes={laid.lanes} onClose={onClose} /> : null}
      <Overview laid={laid} toneOf={toneOf} camera={camera} />
      <Legend isWhatIf={isWhatIf} hasSpared={data.marked.spared.length > 0} />
      <div className="mapzoom">
        <Button size="small" square icon={Plus} aria-label={words.zoomIn} title={`${words.zoomIn} (+)`} onClick={() => camera.zoom('in')} />
        <Button size="small" square icon={Minus} aria-label={words.zoomOut} title={`${words.zoomOut} (-)`} onClick={() => camera.zoom('out')} />
        <Button size="small" square icon={Maximize} aria-label={words.fit} title={`${words.fit} (0)`} onClick={onFit} />
      </div>
    </div>
  );
}

export const PAN_BY = PAN;

function LaneHeads({ data, lanes, onClose }: { readonly data: MapData; readonly lanes: Arranged['laid']['lanes']; readonly onClose: (group: string) => void }) {
  const groups = new Map(data.groups.map((group) => [group.key, group]));
  const isWhatIf = data.marked.failed.length > 0;
  return (
    <div className="lanecol">
      {lanes.map(({ key, y, height }) => {
        const group = groups.get(key);
        const fate = group && groupFate(group);
        const bad = !isWhatIf && (group?.health === 'critical' || group?.health === 'warning') ? group.health : undefined;
        const state = fate === 'failed' || fate === 'down' ? 'critical' : fate === 'degraded' ? 'warning' : bad;
        const mark = state ? <StatusShape state={state} className="i i12" /> : null;
        const said = !group ? words.records(data.groups.filter(({ isOpen }) => !isOpen).length).replace('record', 'group') : bad ? catalogWords.health[bad] : groupSays(group);
        const short = !group || bad ? said : groupSaysShort(group);
        return (
          <div key={key} className="lanehead" data-lane-y={y} data-lane-height={height}>
            {key === CLOSED || !group ? (
              <span className="lanename">
                <b>{words.closed}</b>
                <span className="lanesub">{said}</span>
              </span>
            ) : (
              <button type="button" className="lanename" onClick={() => onClose(key)} title={`${words.closeGroup(group.label)}: ${said}`} aria-expanded="true">
                <b>
                  <Icon of={ChevronDown} size={12} />
                  <span className="el">{group.label}</span>
                  <span className={`lowmark ${state ?? ''}`}>{mark}</span>
                </b>
                <span className={`lanesub ${state ?? ''}`}>
                  {mark}
                  <span className="el">{short}</span>
                </span>
              </button>
            )}
          </div>
        );
      })}
    </div>
  );
}
