/** Many timers in one: names in slots of time, taken slot by slot. Instants in epoch ms. */
export interface Wheel {
  /** Puts a name at an instant, replacing where it was. */
  put(name: string, at: number): void;
  /** The same, unless it comes sooner already. */
  putSooner(name: string, at: number): void;
  drop(name: string): void;
  /** Takes out every name whose instant has come, the earliest slot first. */
  due(now: number): readonly string[];
  readonly size: number;
}

export function openWheel(slotMs: number): Wheel {
  const slots = new Map<number, Set<string>>();
  const slotOf = new Map<string, number>();
  let taken = Number.NEGATIVE_INFINITY;

  function drop(name: string): void {
    const slot = slotOf.get(name);
    if (slot === undefined) return;
    slotOf.delete(name);
    const names = slots.get(slot);
    names?.delete(name);
    if (names?.size === 0) slots.delete(slot);
  }
  function take(slot: number, into: string[]): void {
    for (const name of slots.get(slot) ?? []) {
      slotOf.delete(name);
      into.push(name);
    }
    slots.delete(slot);
  }
  function put(name: string, at: number): void {
    drop(name);
    const slot = Math.ceil(at / slotMs);
    taken = Math.min(taken, slot - 1);
    slotOf.set(name, slot);
    slots.set(slot, (slots.get(slot) ?? new Set()).add(name));
  }
  return {
    get size() {
      return slotOf.size;
    },
    put,
    putSooner(name, at) {
      if (Math.ceil(at / slotMs) < (slotOf.get(name) ?? Infinity)) put(name, at);
    },
    drop,
    due(now) {
      const last = Math.floor(now / slotMs);
      const found: string[] = [];
      // After a step of the clock there are fewer filled slots than slots gone by.
      if (last - taken > slots.size) for (const slot of [...slots.keys()].filter((one) => one <= last).toSorted((a, b) => a - b)) take(slot, found);
      else for (let slot = taken + 1; slot <= last; slot += 1) take(slot, found);
      taken = last;
      return found;
    },
  };
}
