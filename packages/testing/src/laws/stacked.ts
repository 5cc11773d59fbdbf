import type { Given, Nested } from '../distribution.ts'
import { show, withLeaves } from '../evaluate.ts'
import type { Case } from '../oracle/parseOracle.ts'
import type { Subject } from '../subject.ts'

/** Cases whose parameters stack: the same alternatives and shapes, the same structural arguments. */
export function stackable({ cases, structural }: Subject): readonly (readonly Case[])[] {
  const groups = new Map<string, Case[]>()
  for (const item of cases) {
    const signature = show(
      item.leaves.map(({ name, shape, argument, value }) =>
        structural.has(argument) ? ([name, value] as never) : ([name, shape] as never),
      ),
    )
    groups.set(signature, [...(groups.get(signature) ?? []), item])
  }
  return [...groups.values()]
}

/** The parameters of several cases as one batch. */
export function stacked(
  { structural }: Subject,
  group: readonly Case[],
  toGiven: (nested: Nested) => Given = (nested) => nested,
): ReturnType<typeof withLeaves> {
  const [first] = group
  return withLeaves(
    first!,
    first!.leaves.map(({ argument }, i) =>
      structural.has(argument) ? undefined : toGiven(group.map(({ leaves }) => leaves[i]!.value)),
    ),
  )
}
