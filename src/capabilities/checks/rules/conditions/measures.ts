const UNITS: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** A length of time such as `48h` or `1h30m` in milliseconds; undefined when it is none. */
export function durationOf(text: string): number | undefined {
  const found = /^([+-]?)((?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h))+$/.exec(text);
  if (!found) return undefined;
  const sum = [...text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g)].reduce((ms, [, amount, unit]) => ms + Number(amount) * (UNITS[unit ?? ''] ?? 0), 0);
  return Math.trunc(found[1] === '-' ? -sum : sum);
}

/** A whole number as programs write it: decimal, 0x, 0o, 0b; undefined when the text is none. */
export function wholeOf(text: string): bigint | undefined {
  const found = /^([+-]?)(0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+|\d+)$/.exec(text);
  if (!found || text.length > 66) return undefined;
  const [, sign, digits = ''] = found;
  // A leading nought means octal here, and no number when it cannot be.
  if (/^0\d+$/.test(digits)) return /^[0-7]+$/.test(digits) ? signed(sign, BigInt(`0o${digits.slice(1)}`)) : undefined;
  return signed(sign, BigInt(digits.toLowerCase()));
}

const signed = (sign: string | undefined, value: bigint): bigint => (sign === '-' ? -value : value);

/** What a text counts as where sizes are compared: lengths of time in milliseconds, numbers without their fraction, anything else 0. */
export function sizeOf(text: string): number {
  const duration = durationOf(text);
  if (duration) return duration;
  const whole = wholeOf(text);
  if (whole !== undefined) return Number(whole);
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Math.trunc(Number(text)) : 0;
}

/** Milliseconds as people say them: `336h`, `1h30m`, `250ms`. */
export function durationWords(ms: number): string {
  if (ms === 0) return '0s';
  const seconds = Math.trunc(Math.abs(ms) / 1000);
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
    [Math.abs(ms) % 1000, 'ms'],
  ] as const;
  return `${ms < 0 ? '-' : ''}${parts.map(([amount, unit]) => (amount === 0 ? '' : `${amount}${unit}`)).join('')}`;
}
