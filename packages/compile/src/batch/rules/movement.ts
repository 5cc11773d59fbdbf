import { concat, pad, reshape, slice, transpose } from '@variate/core/ops'
import type { Shape } from '../../graph/node.ts'
import { withAxis } from '../batched.ts'
import { run, type Rule } from '../rule.ts'

/** Kernels that move elements: the batch axis stays where it is. */
export const MOVEMENT: Readonly<Record<string, Rule>> = {
  concat: ({ attributes }, inputs, size) =>
    concat(
      inputs.map((x) => withAxis(x, size)),
      (attributes['axis'] as number) + 1,
    ),
  pad: ({ attributes }, [x]) => {
    const { paddings, constantValue } = attributes as { paddings: readonly Shape[]; constantValue: number }
    return pad(x!.tensor, [[0, 0], ...paddings], constantValue)
  },
  // Of the shape that it has, for one length of what it was told may be −1.
  reshape: ({ shape }, [x], size) => reshape(x!.tensor, [size, ...shape]),
  slice: ({ attributes }, [x], size) => {
    const { begin, size: lengths } = attributes as { begin: Shape; size: Shape }
    return slice(x!.tensor, [0, ...begin], [size, ...lengths])
  },
  tile: (node, [x]) => run(node, [x!.tensor], { reps: [1, ...(node.attributes['reps'] as Shape)] }),
  transpose: ({ attributes }, [x]) =>
    transpose(x!.tensor, [0, ...(attributes['perm'] as Shape).map((axis) => axis + 1)]),
}
