/** Words with their look. Only what is listed here can come out of a text: there is no HTML to run. */
export type Piece =
  | { readonly kind: 'text' | 'strong' | 'emphasis' | 'code'; readonly text: string }
  | { readonly kind: 'record'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

export type Block =
  | { readonly kind: 'heading' | 'paragraph' | 'quote'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Piece[])[] }
  | { readonly kind: 'code'; readonly text: string };

const INLINE =
  /`([^`\n]+)`|\*\*([^*\n]+)\*\*|(?<![\w*])[*_]([^*_\n]+)[*_](?![\w*])|\[([^\]\n]{1,200})\]\((https?:\/\/[^\s()]+|\/[^\s()]*)\)|(https?:\/\/[^\s<>"')\]]+)|\b((?:INC|ALR|REV|ACT|SVC|CMP|CHK|ROT|PER|TEAM|SRC|POL)-\d+)\b/gu;

/** Bold, emphasis, code, links and numbers of records in a line of text. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  const plain = (until: number) => {
    if (until > from) pieces.push({ kind: 'text', text: text.slice(from, until) });
  };
  for (const hit of text.matchAll(INLINE)) {
    plain(hit.index);
    const [whole, code, strong, emphasis, label, target, bare, record] = hit;
    if (code !== undefined) pieces.push({ kind: 'code', text: code });
    else if (strong !== undefined) pieces.push({ kind: 'strong', text: strong });
    else if (emphasis !== undefined) pieces.push({ kind: 'emphasis', text: emphasis });
    else if (label !== undefined && target !== undefined) pieces.push({ kind: 'link', text: label, href: target });
    else if (bare !== undefined) pieces.push({ kind: 'link', text: bare, href: bare });
    else if (record !== undefined) pieces.push({ kind: 'record', text: record });
    from = hit.index + whole.length;
  }
  plain(text.length);
  return pieces;
}

const FENCE = /^```/;
const HEADING = /^#{1,6}\s+(.*)$/;
const BULLET = /^\s*[-*]\s+(.*)$/;
const NUMBERED = /^\s*\d{1,3}[.)]\s+(.*)$/;
const QUOTE = /^>\s?(.*)$/;

/** The blocks of a text: headings, lists, quotes, code and paragraphs. Line breaks in a paragraph stay. */
export function blocksOf(text: string): readonly Block[] {
  const lines = text.split(/\r?\n/);
  const blocks: Block[] = [];
  const take = (at: number, pattern: RegExp): readonly string[] => {
    const end = lines.findIndex((line, place) => place >= at && !pattern.test(line));
    return lines.slice(at, end < 0 ? lines.length : end).map((line) => pattern.exec(line)?.[1] ?? '');
  };
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? '';
    if (line.trim() === '') {
      at += 1;
    } else if (FENCE.test(line)) {
      const end = lines.findIndex((one, place) => place > at && FENCE.test(one));
      const until = end < 0 ? lines.length : end;
      blocks.push({ kind: 'code', text: lines.slice(at + 1, until).join('\n') });
      at = until + 1;
    } else if (HEADING.test(line)) {
      blocks.push({ kind: 'heading', pieces: piecesOf(HEADING.exec(line)?.[1] ?? '') });
      at += 1;
    } else if (BULLET.test(line) || NUMBERED.test(line)) {
      const ordered = NUMBERED.test(line);
      const items = take(at, ordered ? NUMBERED : BULLET);
      blocks.push({ kind: 'list', ordered, items: items.map(piecesOf) });
      at += items.length;
    } else if (QUOTE.test(line)) {
      const quoted = take(at, QUOTE);
      blocks.push({ kind: 'quote', pieces: piecesOf(quoted.join('\n')) });
      at += quoted.length;
    } else {
      const other = (one: string) => one.trim() === '' || [FENCE, HEADING, BULLET, NUMBERED, QUOTE].some((pattern) => pattern.test(one));
      const end = lines.findIndex((one, place) => place > at && other(one));
      const until = end < 0 ? lines.length : end;
      blocks.push({ kind: 'paragraph', pieces: piecesOf(lines.slice(at, until).join('\n')) });
      at = until;
    }
  }
  return blocks;
}
