/** Widths of letters in Inter as shares of its size, with a little to spare: what is drawn is not measured. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[ijl.,:;|!' ]/, 0.27],
  [/[frt()[\]/1-]/, 0.39],
  [/[mwMW@%—…]/, 0.88],
  [/[A-Z]/, 0.67],
];
const USUAL = 0.56;
const ELLIPSIS = 0.88;

const widthOf = (letter: string): number => WIDTHS.find(([letters]) => letters.test(letter))?.[1] ?? USUAL;

/** As much of a text as fits into a drawn box; `room` is its width divided by the size of the letters. */
export function fit(text: string, room: number): string {
  let [used, kept] = [0, ''];
  for (const letter of text) {
    used += widthOf(letter);
    if (used > room) return `${kept.trimEnd()}…`;
    if (used <= room - ELLIPSIS) kept += letter;
  }
  return text;
}
