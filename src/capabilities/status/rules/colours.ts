type Rgb = readonly [number, number, number];

const WHITE = '#ffffff';
const INK = '#000000';
export const LIGHT = '#ffffff';
export const DARK = '#11161a';
const NEEDED = 4.5;

function rgbOf(hex: string): Rgb {
  const n = Number.parseInt(hex.slice(1), 16);
  return [(n >> 16) & 255, (n >> 8) & 255, n & 255];
}

const hexOf = (rgb: Rgb): string => `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

function luminance(hex: string): number {
  const [r, g, b] = rgbOf(hex).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast of two colours after WCAG 2.2, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** White or ink, whichever can be read better on the colour. */
export function inkOn(colour: string): string {
  return contrast(colour, WHITE) >= contrast(colour, INK) ? WHITE : INK;
}

/** The colour, moved towards ink or white until text in it can be read on the ground. */
export function readableOn(colour: string, ground: string): string {
  const goal = rgbOf(luminance(ground) > 0.18 ? '#000000' : WHITE);
  const from = rgbOf(colour);
  for (let step = 0; step <= 20; step += 1) {
    const mixed = hexOf([0, 1, 2].map((i) => from[i]! + ((goal[i]! - from[i]!) * step) / 20) as unknown as Rgb);
    if (contrast(mixed, ground) >= NEEDED) return mixed;
  }
  return hexOf(goal);
}
