import { Activity } from 'lucide-react'
import { alerts } from '#capabilities/alerts/contract.ts'
import { checks } from '#capabilities/checks/contract.ts'
import { api, useRead } from '#web/api.ts'
import { useMay } from '#web/session.ts'
import { Button } from '#web/ui/Button.tsx'
import { Link } from '#web/ui/Link.tsx'
import { Section, Skeleton } from '#web/ui/Parts.tsx'
import { StatusIcon, StatusText } from '#web/ui/Status.tsx'
import { Ago } from '#web/ui/Time.tsx'
import type { Health } from '../contract.ts'
import { words } from './words.ts'

const text = words.service
const CHECK = { new: ['info', 'New'], up: ['good', 'Up'], late: ['warning', 'Late'], down: ['critical', 'Down'], paused: ['unknown', 'Paused'], unknown: ['unknown', 'No data'] } as const

/** Open alerts of a service, worst and newest as the list gives them. */
export function OpenAlerts({ number }: { readonly number: string }) {
  const { data } = useRead(api(alerts).list, { service: number, state: ['triggered', 'acknowledged'], limit: 20 }, { on: ['alert.'] })
  return (
    <Section title={text.alerts} {...(data?.items.length && { count: data.items.length })} end={data?.items.length ? <Link className="l" href={`/alerts?show=all&service=${number}`}>All</Link> : null}>
      {data ? null : <Skeleton width="60%" />}
      {data?.items.length === 0 ? <p className="dim s13">{text.noAlerts}</p> : null}
      <ul className="lst">
        {data?.items.map((alert) => (
          <li key={alert.id}>
            <StatusIcon small state={alert.state === 'acknowledged' ? 'info' : alert.severity === 'warning' ? 'warning' : alert.severity === 'info' ? 'info' : 'critical'} word={alert.state === 'acknowledged' ? 'acknowledged' : 'firing'} />
            <Link className="b grow el" href={`/alerts/${alert.number}`}>
              {alert.title}
            </Link>
            <span className="id">{alert.number}</span>
            <span className="dim num nw s12">
              <Ago at={alert.openedAt} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** The checks that watch a service. */
export function OwnChecks({ number }: { readonly number: string }) {
  const may = useMay('checks.write')
  const { data } = useRead(api(checks).list, { service: number, limit: 50 }, { on: ['check.'] })
  return (
    <Section
      title={text.checks}
      {...(data?.items.length && { count: data.items.length })}
      end={may ? <Button size="small" variant="quiet" icon={Activity} href="/checks/new">{text.addCheck}</Button> : null}
    >
      {data ? null : <Skeleton width="60%" />}
      {data?.items.length === 0 ? <p className="dim s13">{text.noChecks}</p> : null}
      <ul className="lst">
        {data?.items.map((check) => {
          const [state, word] = CHECK[check.state]
          return (
            <li key={check.id}>
              <span className="stw"><StatusText state={state}>{word}</StatusText></span>
              <Link className="b nw" href={`/checks/${check.number}`}>
                {check.name}
              </Link>
              <span className="dim grow el s12">{check.words}</span>
              <span className="id">{check.number}</span>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

/** Everything that says how the service stands, worst first; nothing when all is well. */
export function Standing({ facts }: { readonly facts: readonly Health[] }) {
  const bad = facts.filter(({ state }) => state !== 'good')
  if (!bad.length) return null
  return (
    <Section title={text.facts} count={bad.length}>
      <ul className="lst">
        {bad.map(({ state, words: said, record }, at) => (
          <li key={`${record?.number ?? ''}${at}`}>
            <StatusIcon small state={state} word={words.health[state]} />
            {record ? (
              <Link className="l grow el" href={`/records/${record.number}`}>
                {said}
              </Link>
            ) : (
              <span className="grow">{said}</span>
            )}
            {record ? <span className="id">{record.number}</span> : null}
          </li>
        ))}
      </ul>
    </Section>
  )
}
