/** One thing of another system that could become a check. */
export interface Item {
  /** The same at every import of the same thing. */
  readonly key: string;
  readonly name: string;
  /** Its kind in the words of the other system. */
  readonly kind: string;
  /** The group it stands in; taken as the name of a service. */
  readonly group: string | null;
  readonly paused: boolean;
  /** Settings as they are sent to the desk; undefined when it cannot be taken over, `because` says why. */
  readonly probe: Readonly<Record<string, unknown>> | undefined;
  readonly because: string;
  /** What of it is not taken over, or otherwise than it was. */
  readonly notes: readonly string[];
}

/** What a file holds. */
export interface Moving {
  readonly format: 'uptime-kuma' | 'gatus';
  readonly items: readonly Item[];
  /** Settings of the whole that are not taken over. */
  readonly left: readonly { readonly what: string; readonly because: string }[];
}

/** Databases write yes as 1. */
export const yes = (value: unknown): boolean => value === true || value === 1;

export interface Wanted {
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly failures: number;
  readonly successes: number;
  readonly retrySeconds?: number;
}

/** Times within what a probe here takes; each change is noted. */
export function fitted({ intervalSeconds, timeoutSeconds, failures, successes, retrySeconds }: Wanted, notes: string[]): Wanted {
  const within = (what: string, value: number, least: number, most: number) => {
    const fits = Math.min(most, Math.max(least, Math.round(value)));
    if (fits !== value) notes.push(`${what} was ${value}, it becomes ${fits}.`);
    return fits;
  };
  const interval = within('Its interval in seconds', intervalSeconds, 20, 604_800);
  const timeout = within('Its time-out in seconds', timeoutSeconds, 1, Math.min(60, interval - 1));
  const shared = {
    intervalSeconds: interval,
    timeoutSeconds: timeout,
    failures: within('Failures to go down', failures, 1, 100),
    successes: within('Successes to come up', successes, 1, 100),
  };
  return retrySeconds === undefined || retrySeconds >= interval ? shared : { ...shared, retrySeconds: within('The wait before it tries again in seconds', retrySeconds, 5, 3600) };
}
