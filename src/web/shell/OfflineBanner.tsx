import { Button } from '#web/ui/Button.tsx';
import { useZone } from '#web/ui/now.ts';
import { Banner } from '#web/ui/Parts.tsx';
import { clockTime, zoneName, type Instant } from '#web/ui/time.ts';

/** Said while the server cannot be reached; `since` is when it was last heard of. */
export function OfflineBanner({ since, onRetry }: { readonly since: Instant | undefined; readonly onRetry: () => void }) {
  const zone = useZone();
  if (since === undefined) return null;
  return (
    <div className="offline">
      <Banner
        end={
          <Button size="small" onClick={onRetry}>
            Try again
          </Button>
        }
      >
        Offline since {clockTime(since, zone)} {zoneName(since, zone)}. What you type is kept.
      </Banner>
    </div>
  );
}
