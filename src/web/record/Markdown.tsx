import type { ReactNode } from 'react';
import { Link } from '#web/ui/Link.tsx';
import { blocksOf, type Block, type Piece } from '#web/ui/markdown.ts';

function Shown({ piece }: { readonly piece: Piece }): ReactNode {
  switch (piece.kind) {
    case 'strong':
      return <b className="b">{piece.text}</b>;
    case 'emphasis':
      return <em>{piece.text}</em>;
    case 'code':
      return <code>{piece.text}</code>;
    case 'record':
      return (
        <Link className="l" href={`/records/${piece.text}`}>
          {piece.text}
        </Link>
      );
    case 'link':
      return piece.href.startsWith('/') && !piece.href.startsWith('//') ? (
        <Link className="l" href={piece.href}>
          {piece.text}
        </Link>
      ) : (
        <a className="l" href={piece.href} rel="noreferrer noopener" target="_blank">
          {piece.text}
        </a>
      );
    default:
      return piece.text;
  }
}

const Line = ({ pieces }: { readonly pieces: readonly Piece[] }) => pieces.map((piece, at) => <Shown key={at} piece={piece} />);

function Part({ block }: { readonly block: Block }): ReactNode {
  if (block.kind === 'code') return <pre className="mono s12">{block.text}</pre>;
  if (block.kind === 'list') {
    const items = block.items.map((pieces, at) => (
      <li key={at}>
        <Line pieces={pieces} />
      </li>
    ));
    return block.ordered ? <ol className="bullets">{items}</ol> : <ul className="bullets">{items}</ul>;
  }
  if (block.kind === 'heading')
    return (
      <h3>
        <Line pieces={block.pieces} />
      </h3>
    );
  if (block.kind === 'quote')
    return (
      <blockquote className="theirs">
        <Line pieces={block.pieces} />
      </blockquote>
    );
  return (
    <p className="prose pre">
      <Line pieces={block.pieces} />
    </p>
  );
}

/** Text of people with marks (Markdown) and links to records; nothing of it can run. */
export const Markdown = ({ text }: { readonly text: string }) => (
  <div className="essay marked">
    {blocksOf(text).map((block, at) => (
      <Part key={at} block={block} />
    ))}
  </div>
);
