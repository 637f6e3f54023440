const MINUTE = 60_000;

/** A length of time in words, at most two units: `40 min`, `2 h 5 min`, `3 d 4 h`. */
export function lasting(ms: number): string {
  if (ms < MINUTE) return `${Math.max(0, Math.round(ms / 1000))} s`;
  const minutes = Math.round(ms / MINUTE);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24 || hours % 24 === 0) return hours % 24 === 0 ? `${hours / 24} d` : minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** `14 times`, `1.5 times`. */
export function times(rate: number): string {
  const rounded = rate >= 10 ? Math.round(rate) : Math.round(rate * 10) / 10;
  return `${rounded} times`;
}

/** A share as percent, cut and never rounded up to whole: `99.95 %`. */
export function percent(share: number, digits = 2): string {
  const factor = 10 ** digits;
  const text = (Math.floor(share * 100 * factor + 1e-9) / factor).toFixed(digits);
  return `${text.includes('.') ? text.replace(/\.?0+$/, '') : text} %`;
}
