import { Link } from '#web/ui/Link.tsx'
import { Person } from '#web/ui/People.tsx'
import type { FollowUp } from '../contract.ts'
import { Due, StateMark } from './look.tsx'
import { words } from './words.ts'

/** An action inside the page of another record. */
export function ActionLine({ action }: { readonly action: FollowUp }) {
  return (
    <li>
      <Link className="b el" href={`/actions/${action.number}`}>
        {action.title}
      </Link>
      <span className="id grow">{action.number}</span>
      {action.owner ? <Person person={{ id: action.owner.id, name: action.owner.title }} /> : <span className="dim">{words.nobody}</span>}
      {action.state === 'open' ? (
        <span className="s12 nw">
          <Due action={action} />
        </span>
      ) : (
        <StateMark action={action} />
      )}
    </li>
  )
}
