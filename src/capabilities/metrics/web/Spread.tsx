import { Link } from '#web/ui/Link.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { DAY, HOUR, lengthOf, MINUTE } from '#web/ui/time.ts';
import type { Distribution } from '../contract.ts';
import { Bars } from './Bars.tsx';
import { Figure } from './Figure.tsx';
import { hrefOf } from './opens.ts';
import { words } from './words.ts';

/** "30 s", "5 min", "2 h", "4 wk": short enough for an axis. */
const short = (length: number) =>
  length < MINUTE
    ? `${length / 1000} s`
    : length < HOUR
      ? `${length / MINUTE} min`
      : length < DAY
        ? `${length / HOUR} h`
        : length < 7 * DAY
          ? `${length / DAY} d`
          : `${length / (7 * DAY)} wk`;

type Bucket = Distribution['buckets'][number];
const rangeOf = ({ atLeastMs, belowMs }: Bucket) => (belowMs === null ? `${short(atLeastMs)} ${words.longer}` : `${atLeastMs ? short(atLeastMs) : '0'} to ${short(belowMs)}`);

/** Where the middle and the slow end of the lengths are, on the same axis as the bars below it. */
function Strip({ total, shown }: { readonly total: Distribution; readonly shown: readonly Bucket[] }) {
  const { p50, p90, p95, max } = total;
  if (p50 === null || p90 === null || p95 === null || max === null) return null;
  const x = (length: number) => {
    const at = Math.max(
      0,
      shown.findLastIndex((bucket) => bucket.atLeastMs <= length),
    );
    const bucket = shown[at];
    if (!bucket) return 0;
    const end = bucket.belowMs ?? Math.max(max, bucket.atLeastMs * 2);
    return ((at + Math.min(1, (length - bucket.atLeastMs) / (end - bucket.atLeastMs || 1))) / shown.length) * 100;
  };
  return (
    <svg
      className="strip95"
      viewBox="0 0 100 16"
      preserveAspectRatio="none"
      role="img"
      aria-label={`${words.p50} ${lengthOf(p50)}, ${words.p90} ${lengthOf(p90)}, ${words.p95} ${lengthOf(p95)}, ${words.longest} ${lengthOf(max)}`}
    >
      <line x1="0" x2="100" y1="8" y2="8" />
      <rect className="box" x="0" y="4" width={x(p90)} height="8" />
      <line className="far" x1={x(p90)} x2={x(p95)} y1="8" y2="8" />
      <line className="end" x1={x(p95)} x2={x(p95)} y1="3" y2="13" />
      <line className="mid" x1={x(p50)} x2={x(p50)} y1="1" y2="15" />
    </svg>
  );
}

interface SpreadProps {
  readonly name: string;
  readonly total: Distribution;
  readonly texts: { readonly title: string; readonly of: string; readonly none: string; readonly open: (count: number) => string; readonly say: string };
}

/** How long something took: not the mean, but how it spreads; what has no end yet is counted apart. */
export function Spread({ name, total, texts }: SpreadProps) {
  const { buckets, count, unanswered, p50, p90, max } = total;
  const first = Math.max(0, buckets.findIndex((bucket) => bucket.count) - 1);
  const last = Math.min(buckets.length, Math.max(buckets.findLastIndex((bucket) => bucket.count) + 2, first + 8));
  const shown = buckets.slice(first, last);
  const every = Math.ceil(shown.length / 5);
  const sheet = {
    name,
    head: [texts.title, words.count],
    rows: [
      ...buckets.map((bucket) => [{ text: rangeOf(bucket) }, { text: bucket.count, href: hrefOf(bucket.opens) }]),
      [{ text: texts.open(unanswered) }, { text: unanswered, href: hrefOf(total.unansweredOpens) }],
    ],
  };
  return (
    <Figure title={texts.title} count={texts.say} sheet={sheet} none={!count && !unanswered && texts.none}>
      {p50 === null || p90 === null || max === null ? (
        <p className="dim s13">{texts.none}</p>
      ) : (
        <>
          <dl className="percent">
            <div>
              <dt>{words.half}</dt>
              <dd className="num">{lengthOf(p50)}</dd>
            </div>
            <div>
              <dt>{words.nine}</dt>
              <dd className="num">{lengthOf(p90)}</dd>
            </div>
            <div>
              <dt>{words.longest}</dt>
              <dd className="num">{lengthOf(max)}</dd>
            </div>
          </dl>
          <Strip total={total} shown={shown} />
          <Bars
            label={texts.title}
            bars={shown.map((bucket, at) => ({
              id: String(bucket.atLeastMs),
              parts: [{ count: bucket.count, shade: 2, href: hrefOf(bucket.opens), label: `${rangeOf(bucket)}: ${words.all(bucket.count, texts.of)}` }],
              ...(at % every === 0 && { tick: bucket.atLeastMs ? short(bucket.atLeastMs) : '0' }),
            }))}
          />
        </>
      )}
      <p className="s12 figfoot">
        {count ? (
          <Link className="l" href={hrefOf(total.opens)}>
            {words.all(count + unanswered, texts.of)}
          </Link>
        ) : null}
        {unanswered ? (
          <Link href={hrefOf(total.unansweredOpens)}>
            <StatusText state="unknown">{texts.open(unanswered)}</StatusText>
          </Link>
        ) : null}
      </p>
    </Figure>
  );
}
