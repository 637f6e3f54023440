/** Whether a text as a whole is like a pattern, in which `*` stands for anything, also nothing. */
export function isLike(text: string, pattern: string): boolean {
  const parts = pattern.split('*');
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const part of rest) {
    const found = indexIn(text, part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

/** Where a part occurs, in time that grows with the text alone whatever it holds (Knuth, Morris, Pratt). */
function indexIn(text: string, part: string, from: number): number {
  if (part === '') return from;
  const back = fallbacks(part);
  let matched = 0;
  for (let at = from; at < text.length; at += 1) {
    while (matched > 0 && text[at] !== part[matched]) matched = back[matched - 1] ?? 0;
    if (text[at] === part[matched]) matched += 1;
    if (matched === part.length) return at - part.length + 1;
  }
  return -1;
}

/** For each beginning of the part: how much of it is also its end. */
function fallbacks(part: string): readonly number[] {
  const back = [0];
  let length = 0;
  for (let at = 1; at < part.length; at += 1) {
    while (length > 0 && part[at] !== part[length]) length = back[length - 1] ?? 0;
    if (part[at] === part[length]) length += 1;
    back.push(length);
  }
  return back;
}
