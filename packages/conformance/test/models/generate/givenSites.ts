import type { GivenSite } from '../description.ts'
import type { Draft } from './draft.ts'
import { simplexes, tableOf } from './expressions.ts'
import type { Statement } from './statements.ts'

export const input: Statement = (draft, choose, plates) => {
  const event = choose.chance(0.8) ? [] : [choose.below(2) + 2]
  addGiven(draft, plates, { kind: 'input', event }, () => choose.between(-1.5, 1.5))
}

export const param: Statement = (draft, choose, plates) => {
  const domain = choose.pick(['real', 'positive', 'unitInterval', 'simplex'] as const)
  if (domain === 'simplex') {
    const event = [choose.below(2) + 2]
    const name = addGiven(draft, plates, { kind: 'param', event, domain }, () => 0)
    const lengths = plates.map((plate) => draft.plates[plate]!.length)
    draft.data[name] = simplexes(choose, lengths, event[0]!)
    return
  }
  const event = domain === 'real' && choose.chance(0.3) ? [2] : []
  const [low, high] = { real: [-1.5, 1.5], positive: [0.4, 2], unitInterval: [0.1, 0.9] }[domain]
  addGiven(draft, plates, { kind: 'param', event, domain }, () => choose.between(low!, high!))
}

function addGiven(
  draft: Draft,
  plates: readonly string[],
  own: Omit<GivenSite, 'name' | 'plates'>,
  number: () => number,
): string {
  const site: GivenSite = { ...own, name: draft.name(own.kind === 'input' ? 'u' : 'w'), plates }
  const lengths = plates.map((plate) => draft.plates[plate]!.length)
  draft.sites.push({ site, event: own.event, isContinuous: false })
  draft.data[site.name] = tableOf([...lengths, ...own.event], number)
  return site.name
}
