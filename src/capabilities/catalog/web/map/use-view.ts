import { useCallback, useEffect, useMemo, useRef, useState, type PointerEvent, type RefObject } from 'react';
import { BOX_WIDTH, type Laid } from './layout/index.ts';

const ZOOM = { least: 0.08, most: 2.5, step: 1.3, first: 1.1 };
/** From these sizes on a node shows the beginning of its name, more of it, and its second line. */
const LEVELS = { near: 0.78, mid: 0.52, low: 0.3 };
const MARGIN = 20;
// The legend and the buttons lie there.
const FOOT = 48;
const ASIDE = 36;
const STILL = 4;
const PHONE = 640;
const READABLE = { phone: 0.5, desk: 0.38 };

interface View {
  readonly x: number;
  readonly y: number;
  readonly k: number;
}

export interface Camera {
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly attach: (element: HTMLDivElement | null) => void;
  readonly world: RefObject<SVGGElement | null>;
  readonly zoom: (way: 'in' | 'out') => void;
  readonly pan: (dx: number, dy: number) => void;
  readonly fit: () => void;
  /** Brings a point of the picture to the middle. */
  readonly lookAt: (x: number, y: number) => void;
  /** Brings a box into view by the shortest way; with a least size, to the middle of the view unless it is seen at that size already. */
  readonly show: (id: string, least?: number) => void;
  readonly pointer: {
    readonly onPointerDown: (event: PointerEvent) => void;
    readonly onPointerMove: (event: PointerEvent) => void;
    readonly onPointerUp: (event: PointerEvent) => void;
    readonly onPointerCancel: (event: PointerEvent) => void;
  };
  /** Whether the press that ends now moved the picture and is no click. */
  readonly dragged: () => boolean;
}

interface Surroundings {
  readonly inset: number;
  readonly end: number;
  /** Stays where it is on the screen when the picture is laid out anew. */
  readonly anchor: string | undefined;
  /** What is looked at; another one is shown as a whole. */
  readonly subject: string;
}

/** Pan and zoom; `inset` and `end` are what lies over the picture at its left and right. The picture moves without React: one attribute, one variable and the heads of the lanes are written per frame. */
export function useView(laid: Laid | undefined, { inset, end, anchor, subject }: Surroundings): Camera {
  const frame = useRef<HTMLDivElement>(null);
  const world = useRef<SVGGElement>(null);
  const view = useRef<View>({ x: inset, y: 0, k: 1 });
  const now = useRef({ laid, inset, end, anchor, subject, moved: false, all: false, was: undefined as Laid | undefined, motion: 0 });
  now.current.inset = inset;
  now.current.end = end;
  now.current.anchor = anchor;
  if (now.current.subject !== subject) Object.assign(now.current, { subject, moved: false, all: false });

  const apply = useCallback((next: View) => {
    const [box, held] = [frame.current, now.current.laid];
    if (!box || !held) return;
    const k = Math.min(ZOOM.most, Math.max(ZOOM.least, next.k));
    const within = (at: number, size: number, room: number) => Math.min(room - 80, Math.max(80 - size * k, at));
    const x = within(next.x - now.current.inset, held.width, box.clientWidth - now.current.inset) + now.current.inset;
    const y = within(next.y, held.height, box.clientHeight);
    view.current = { x, y, k };
    world.current?.setAttribute('transform', `translate(${x} ${y}) scale(${k})`);
    box.style.setProperty('--k', String(k));
    box.dataset['level'] = k >= LEVELS.near ? 'near' : k >= LEVELS.mid ? 'mid' : k >= LEVELS.low ? 'low' : 'far';
    const eye = box.querySelector('.mini .eye');
    for (const [name, value] of Object.entries({
      x: (now.current.inset - x) / k,
      y: -y / k,
      width: (box.clientWidth - now.current.inset - now.current.end) / k,
      height: box.clientHeight / k,
    }))
      eye?.setAttribute(name, String(Math.round(value)));
    const whole = x >= now.current.inset && y >= 0 && x + held.width * k <= box.clientWidth - now.current.end && y + held.height * k <= box.clientHeight;
    box.toggleAttribute('data-whole', whole);
    for (const head of box.querySelectorAll<HTMLElement>('[data-lane-y]')) {
      const [top, height] = [Number(head.dataset['laneY']) * k + y, Number(head.dataset['laneHeight']) * k];
      head.style.transform = `translateY(${Math.round(top)}px)`;
      head.style.height = `${Math.round(height)}px`;
      // The name stays in sight as long as its lane does.
      head.style.paddingTop = `${Math.max(0, Math.min(-top, height - 44))}px`;
      head.toggleAttribute('data-low', height < 40);
    }
  }, []);

  const glide = useCallback(
    (to: View) => {
      cancelAnimationFrame(now.current.motion);
      if (matchMedia('(prefers-reduced-motion: reduce)').matches) return apply(to);
      const [from, began] = [view.current, performance.now()];
      const step = (at: number) => {
        const share = Math.min(1, (at - began) / 180);
        const eased = 1 - (1 - share) ** 3;
        const mix = (a: number, b: number) => a + (b - a) * eased;
        apply({ x: mix(from.x, to.x), y: mix(from.y, to.y), k: mix(from.k, to.k) });
        if (share < 1) now.current.motion = requestAnimationFrame(step);
      };
      now.current.motion = requestAnimationFrame(step);
    },
    [apply],
  );

  /** Everything; or, at first, the providers and as much of the rest as leaves names that can be read. */
  const whole = useCallback((): View => {
    const [box, held] = [frame.current, now.current.laid];
    if (!box || !held) return view.current;
    const [width, height] = [box.clientWidth - now.current.inset - now.current.end - 2 * MARGIN - ASIDE, box.clientHeight - MARGIN - FOOT];
    const fitting = Math.min(width / held.width, height / held.height, ZOOM.first);
    const k = now.current.all ? fitting : Math.max(fitting, box.clientWidth < PHONE ? READABLE.phone : READABLE.desk);
    return { k, x: now.current.inset + MARGIN + Math.max(0, (width - held.width * k) / 2), y: MARGIN + (now.current.inset ? 0 : Math.max(0, (height - held.height * k) / 2)) };
  }, []);

  const zoomAt = useCallback(
    (factor: number, px: number, py: number) => {
      cancelAnimationFrame(now.current.motion);
      now.current.moved = true;
      const { x, y, k } = view.current;
      const to = Math.min(ZOOM.most, Math.max(ZOOM.least, k * factor));
      apply({ k: to, x: px - ((px - x) * to) / k, y: py - ((py - y) * to) / k });
    },
    [apply],
  );

  useEffect(() => {
    now.current.laid = laid;
    if (!laid) return;
    const { was, moved, anchor: id } = now.current;
    now.current.was = laid;
    const [before, after] = [was?.boxes.find((box) => box.id === id), laid.boxes.find((box) => box.id === id)];
    const { x, y, k } = view.current;
    if (moved && before && after) apply({ k, x: x + (before.x - after.x) * k, y: y + (before.y - after.y) * k });
    else if (moved && was) apply(view.current);
    else apply(whole());
  }, [laid, inset, apply, whole]);

  // It is there once something can be drawn, and again after the table.
  const [box, setBox] = useState<HTMLDivElement | null>(null);
  const attach = useCallback((element: HTMLDivElement | null) => {
    frame.current = element;
    setBox(element);
  }, []);
  useEffect(() => {
    if (!box) return;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const { left, top } = box.getBoundingClientRect();
      zoomAt(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : event.deltaMode === 1 ? 0.05 : 0.0016)), event.clientX - left, event.clientY - top);
    };
    const watch = new ResizeObserver(() => apply(now.current.moved ? view.current : whole()));
    box.addEventListener('wheel', wheel, { passive: false });
    watch.observe(box);
    return () => {
      box.removeEventListener('wheel', wheel);
      watch.disconnect();
    };
  }, [box, apply, whole, zoomAt]);

  const pointer = usePointers({ frame, view, zoomAt, move: apply, begin: () => void (now.current.moved = true) });
  return useMemo(() => {
    const middle = () => ({ px: (frame.current?.clientWidth ?? 0) / 2, py: (frame.current?.clientHeight ?? 0) / 2 });
    return {
      frame,
      attach,
      world,
      ...pointer,
      zoom: (way) => zoomAt(way === 'in' ? ZOOM.step : 1 / ZOOM.step, middle().px, middle().py),
      pan: (dx, dy) => {
        now.current.moved = true;
        glide({ ...view.current, x: view.current.x + dx, y: view.current.y + dy });
      },
      fit: () => {
        Object.assign(now.current, { moved: false, all: true });
        glide(whole());
      },
      lookAt: (px, py) => {
        const { k } = view.current;
        now.current.moved = true;
        apply({ k, x: (now.current.inset + (frame.current?.clientWidth ?? 0) - now.current.end) / 2 - px * k, y: middle().py - py * k });
      },
      show: (id, least) => {
        const [box, held] = [frame.current, now.current.laid?.boxes.find((one) => one.id === id)];
        if (!box || !held) return;
        const { x, y, k } = view.current;
        const [left, right, bottom] = [now.current.inset + MARGIN, box.clientWidth - now.current.end - MARGIN, box.clientHeight - MARGIN];
        // As little as brings it in, so that the eye does not lose its place.
        const into = (from: number, size: number, least0: number, most: number) => Math.max(least0 - from, Math.min(0, most - from - size));
        const [dx, dy] = [into(x + held.x * k, BOX_WIDTH * k, left, right), into(y + held.y * k, held.height * k, MARGIN, bottom)];
        if (dx === 0 && dy === 0 && k >= (least ?? 0)) return;
        now.current.moved = true;
        if (least === undefined) return glide({ k, x: x + dx, y: y + dy });
        const to = Math.max(k, least);
        glide({ k: to, x: (left + right) / 2 - (held.x + BOX_WIDTH / 2) * to, y: box.clientHeight / 2 - (held.y + held.height / 2) * to });
      },
    };
  }, [attach, pointer, glide, apply, whole, zoomAt]);
}

interface Hands {
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly view: RefObject<View>;
  readonly zoomAt: (factor: number, px: number, py: number) => void;
  readonly move: (to: View) => void;
  readonly begin: () => void;
}

/** One pointer drags, two pinch. */
function usePointers(hands: Hands): Pick<Camera, 'pointer' | 'dragged'> {
  const latest = useRef(hands);
  latest.current = hands;
  const down = useRef(new Map<number, { x: number; y: number }>());
  const way = useRef(0);
  return useMemo(() => {
    const end = (event: PointerEvent) => void down.current.delete(event.pointerId);
    return {
      dragged: () => way.current > STILL,
      pointer: {
        onPointerDown: (event) => {
          if (event.button !== 0 || (event.target as Element).closest('button, a, input')) return;
          if (down.current.size === 0) way.current = 0;
          down.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
        },
        onPointerMove: (event) => {
          const { frame, view, zoomAt, move, begin } = latest.current;
          const [from, box] = [down.current.get(event.pointerId), frame.current];
          if (!from || !box) return;
          const to = { x: event.clientX, y: event.clientY };
          const other = [...down.current].find(([id]) => id !== event.pointerId)?.[1];
          way.current += Math.hypot(to.x - from.x, to.y - from.y);
          if (way.current <= STILL) return;
          if (!box.hasPointerCapture(event.pointerId)) box.setPointerCapture(event.pointerId);
          down.current.set(event.pointerId, to);
          begin();
          if (!other) return move({ ...view.current, x: view.current.x + to.x - from.x, y: view.current.y + to.y - from.y });
          const { left, top } = box.getBoundingClientRect();
          const apart = (one: { x: number; y: number }) => Math.max(10, Math.hypot(one.x - other.x, one.y - other.y));
          zoomAt(apart(to) / apart(from), (to.x + other.x) / 2 - left, (to.y + other.y) / 2 - top);
        },
        onPointerUp: end,
        onPointerCancel: end,
      },
    };
  }, []);
}
