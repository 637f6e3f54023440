import { ArrowUpRight, ChevronRight, Crosshair, FolderOpen, Shield, ShieldOff, X, Zap, ZapOff } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { Button } from '#web/ui/Button.tsx';
import { Icon } from '#web/ui/Icon.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Facts, Section } from '#web/ui/Parts.tsx';
import { Badge, StatusIcon, type State } from '#web/ui/Status.tsx';
import type { MapFall, MapGroup, MapNode } from '../../contract/index.ts';
import { HealthBadge, pictureOf } from '../look.tsx';
import { words as catalogWords } from '../words.ts';
import { FateBadge, FallRow } from './Fall.tsx';
import { groupSays, kindOf } from './look.ts';
import type { MapState } from './state.ts';
import type { MapData } from './use-layout.ts';
import { words } from './words.ts';

const text = words.panel;
const MARKS_MOST = 20;
const LINKS_MOST = 12;

export const hrefOf = ({ kind, number }: { readonly kind: string; readonly number: string }): string => `/${kind === 'service' ? 'services' : 'components'}/${number}`;

interface PanelProps {
  readonly data: MapData;
  readonly state: MapState;
  readonly change: (to: Partial<MapState>) => void;
  readonly selected: string;
  readonly onSelect: (id: string | undefined) => void;
  readonly onOpenGroup: (key: string) => void;
}

/** Everything about what is selected: a record, or a closed group. */
export function Panel(props: PanelProps) {
  const { data, selected } = props;
  const node = data.nodes.find(({ number }) => number === selected);
  const group = data.groups.find(({ key }) => key === selected);
  if (node) return <OfNode {...props} node={node} fall={data.falls.list.find(({ number }) => number === selected)} />;
  return group ? <OfGroup {...props} group={group} /> : null;
}

function Head({ children, onClose }: { readonly children: ReactNode; readonly onClose: () => void }) {
  return (
    <div className="panelhead">
      <div className="grow">{children}</div>
      <Button variant="quiet" size="small" square icon={X} aria-label={text.close} onClick={onClose} />
    </div>
  );
}

const toggled = (list: readonly string[], one: string) => (list.includes(one) ? list.filter((each) => each !== one) : [...list, one]);

function OfNode({ data, state, change, node, fall, onSelect }: PanelProps & { readonly node: MapNode; readonly fall: MapFall | undefined }) {
  const { number, name, kind, team, usersAffected, health } = node;
  const { failed, spared } = state;
  const [isFailed, isSpared] = [failed.includes(number), spared.includes(number)];
  const full = text.marksFull;
  return (
    <section aria-label={name}>
      <Head onClose={() => onSelect(undefined)}>
        <h2>
          <Link href={hrefOf(node)}>{name}</Link>
        </h2>
        <div className="row wrap">
          <span className="id">{number}</span>
          {node.falls ? (
            <FateBadge fate={node.falls} />
          ) : data.marked.failed.length ? (
            <Badge>{text.unreached}</Badge>
          ) : kind === 'service' && state.at === undefined ? (
            <HealthBadge health={health} />
          ) : null}
          {node.lifecycle === 'live' ? null : <Badge>{catalogWords.lifecycles[node.lifecycle]}</Badge>}
        </div>
      </Head>
      {node.why ? <p className="why">{node.why}</p> : null}
      {fall && fall.path.length > 2 ? <Way fall={fall} onSelect={onSelect} /> : null}
      <div className="panelacts">
        <Button
          size="small"
          icon={isFailed ? ZapOff : Zap}
          refused={!isFailed && failed.length >= MARKS_MOST ? full : null}
          onClick={() => change({ failed: toggled(failed, number), spared: spared.filter((one) => one !== number) })}
        >
          {isFailed ? text.unmark : text.markFailed}
        </Button>
        {data.marked.failed.length > 0 && !isFailed ? (
          <Button
            size="small"
            icon={isSpared ? ShieldOff : Shield}
            refused={!isSpared && spared.length >= MARKS_MOST ? full : null}
            onClick={() => change({ spared: toggled(spared, number) })}
          >
            {isSpared ? text.unmark : text.markSpared}
          </Button>
        ) : null}
        {state.focus === number ? null : (
          <Button size="small" icon={Crosshair} onClick={() => change({ focus: number, open: undefined })}>
            {text.focus}
          </Button>
        )}
        <Button size="small" icon={ArrowUpRight} href={hrefOf(node)}>
          {text.open}
        </Button>
      </div>
      <Facts
        facts={[
          { label: text.kind, value: kind === 'service' ? `Service, ${kindOf(node).toLowerCase()}` : kindOf(node) },
          { label: text.owner, value: team?.title ?? <span className="dim">–</span> },
          ...(usersAffected === null ? [] : [{ label: text.users, value: <span className="num">{usersAffected.toLocaleString('en-GB')}</span> }]),
          ...(kind === 'service' ? [{ label: text.health, value: health.words }] : []),
        ]}
      />
      <Neighbours {...{ data, number, onSelect }} side="from" />
      <Neighbours {...{ data, number, onSelect }} side="to" />
    </section>
  );
}

/** The chain from the failed record to this one. */
function Way({ fall, onSelect }: { readonly fall: MapFall; readonly onSelect: (id: string) => void }) {
  return (
    <p className="way">
      <span className="sr">{`${text.way}: `}</span>
      {fall.path.map((step, at) => (
        <Fragment key={step?.number ?? at}>
          {at ? <Icon of={ChevronRight} size={12} /> : null}
          {step ? (
            <button type="button" className="textual" onClick={() => onSelect(step.number)}>
              {step.name}
            </button>
          ) : (
            <span className="dim">{text.unseen}</span>
          )}
        </Fragment>
      ))}
    </p>
  );
}

function Neighbours({ data, number, side, onSelect }: { readonly data: MapData; readonly number: string; readonly side: 'from' | 'to'; readonly onSelect: (id: string) => void }) {
  const far = side === 'from' ? 'to' : 'from';
  const edges = data.edges.filter((edge) => edge[far] === number);
  const [nodes, groups] = [new Map(data.nodes.map((node) => [node.number, node])), new Map(data.groups.map((group) => [group.key, group]))];
  const isWhatIf = data.marked.failed.length > 0;
  return (
    <Section title={side === 'from' ? text.needs : text.usedBy} count={edges.length}>
      {edges.length === 0 ? <p className="dim s13">{text.nothing}</p> : null}
      <ul className="nearlist">
        {edges.slice(0, LINKS_MOST).map((edge) => {
          const node = nodes.get(edge[side]);
          const state: State | undefined = isWhatIf
            ? node?.falls
              ? shapeOf(node.falls)
              : undefined
            : node && (node.health.state === 'critical' || node.health.state === 'warning')
              ? node.health.state
              : undefined;
          return (
            <li key={edge[side]}>
              <button type="button" onClick={() => onSelect(edge[side])}>
                <Icon of={pictureOf(node?.type ?? null)} size={14} dim />
                <span className="el grow">{node?.name ?? groups.get(edge[side])?.label ?? edge[side]}</span>
                {edge.impact === 'hard' ? null : <span className="dim s12">{words[edge.impact].toLowerCase()}</span>}
                {state ? <StatusIcon small state={state} word={node?.falls ? words.fates[node.falls] : catalogWords.health[state === 'info' ? 'unknown' : state]} /> : null}
              </button>
            </li>
          );
        })}
      </ul>
      {edges.length > LINKS_MOST ? <p className="dim s12">{`and ${edges.length - LINKS_MOST} more`}</p> : null}
    </Section>
  );
}

const shapeOf = (fate: NonNullable<MapNode['falls']>): State | undefined =>
  fate === 'failed' || fate === 'down' ? 'critical' : fate === 'degraded' ? 'warning' : fate === 'reduced' ? 'info' : undefined;

function OfGroup({ data, group, onSelect, onOpenGroup }: PanelProps & { readonly group: MapGroup }) {
  const inside = data.falls.list.filter((fall) => fall.group === group.key);
  return (
    <section aria-label={group.label}>
      <Head onClose={() => onSelect(undefined)}>
        <h2>{group.label}</h2>
        <p className="mut s13">{[words.records(group.nodeCount), groupSays(group)].filter((said, at, all) => all.indexOf(said) === at).join(', ')}</p>
      </Head>
      <div className="panelacts">
        <Button size="small" icon={FolderOpen} onClick={() => onOpenGroup(group.key)}>
          {words.openGroup}
        </Button>
      </div>
      {inside.length ? (
        <Section title={text.groupFalls} count={inside.length}>
          <ul className="falllist">
            {inside.map((fall) => (
              <FallRow key={fall.number} fall={fall} onSelect={onSelect} isSelected={false} />
            ))}
          </ul>
        </Section>
      ) : null}
    </section>
  );
}
