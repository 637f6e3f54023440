import { Plus, Split } from 'lucide-react';
import { Button } from '#web/ui/Button.tsx';
import { Empty, Section } from '#web/ui/Parts.tsx';
import { treeOf, type Branch } from '../../rules/index.ts';
import type { Rule } from './draft.ts';
import { RuleLine, type Tree } from './RuleLine.tsx';
import { words } from './words.ts';

const text = words.rules;

function Branches({ branches, tree }: { readonly branches: readonly Branch<Rule>[]; readonly tree: Tree }) {
  return (
    <ol className="rtree">
      {branches.map(({ twig, below }) => (
        <li key={twig.id}>
          <RuleLine rule={twig} tree={tree} />
          {below.length ? <Branches branches={below} tree={tree} /> : null}
        </li>
      ))}
    </ol>
  );
}

/** The rules in their order, those under another indented. */
export function RuleTree({ tree }: { readonly tree: Tree }) {
  const { rules, mayChange, onAdd } = tree;
  const add = () => onAdd(null);
  return (
    <Section title={text.title} {...(rules.length && { count: rules.length })}>
      {rules.length ? (
        <>
          <p className="dim s13 rsub">{text.sub}</p>
          <Branches branches={treeOf(rules)} tree={tree} />
          {mayChange ? (
            <Button icon={Plus} size="small" onClick={add}>
              {text.add}
            </Button>
          ) : null}
        </>
      ) : (
        <Empty icon={Split} title={text.emptyTitle} sentence={text.emptyText} first={mayChange ? { label: text.add, onAct: add } : undefined} />
      )}
    </Section>
  );
}
