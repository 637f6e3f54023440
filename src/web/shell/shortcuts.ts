import { useEffect, useSyncExternalStore } from 'react';

export interface Shortcut {
  /** "?", "c", "Ctrl k", or a sequence "g i". */
  readonly keys: string;
  readonly label: string;
  readonly group?: string;
  readonly act: () => void;
}

const OFF = 'quarterdeck.shortcuts-off';
const PATIENCE = 900;

let registered: readonly Shortcut[] = [];
const listeners = new Set<() => void>();

function change(next: readonly Shortcut[]) {
  registered = next;
  for (const listener of listeners) listener();
}

const typing = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

let begun = '';
let begunAt = 0;

function pressed(event: KeyboardEvent) {
  if (event.defaultPrevented || event.repeat || event.altKey) return;
  const withControl = event.ctrlKey || event.metaKey;
  if (!withControl && (typing(event.target) || lettersOff())) return;
  if (!withControl && document.querySelector('[role=dialog]:not(dialog:not([open])),dialog[open]')) return;
  if (['Control', 'Shift', 'Meta', 'Alt'].includes(event.key)) return;
  const key = withControl ? `Ctrl ${event.key.toLowerCase()}` : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const sequence = begun && performance.now() - begunAt < PATIENCE ? `${begun} ${key}` : key;
  const found = registered.findLast((each) => each.keys === sequence) ?? registered.findLast((each) => each.keys === key);
  begun = '';
  if (found) {
    event.preventDefault();
    found.act();
  } else if (registered.some((each) => each.keys.startsWith(`${key} `))) {
    begun = key;
    begunAt = performance.now();
  }
}

/** Whether single letters are turned off (WCAG 2.1.4); remembered on this device. */
export const lettersOff = (): boolean => localStorage.getItem(OFF) === '1';
export function turnLetters(to: 'on' | 'off'): void {
  if (to === 'off') localStorage.setItem(OFF, '1');
  else localStorage.removeItem(OFF);
}

/** Registers shortcuts while the part is on the page; the last registered wins. Pass a list that keeps its identity. */
export function useShortcuts(list: readonly Shortcut[]): void {
  useEffect(() => {
    if (!registered.length) document.addEventListener('keydown', pressed);
    change([...registered, ...list]);
    return () => {
      change(registered.filter((each) => !list.includes(each)));
      if (!registered.length) document.removeEventListener('keydown', pressed);
    };
  }, [list]);
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Every shortcut that works on the page now. */
export const useRegistered = (): readonly Shortcut[] => useSyncExternalStore(subscribe, () => registered);
