import type { Node } from '../../../graph/node.ts'
import { threefry, type Words } from '../../../wasm/random/threefry.ts'
import { whole, type Statement } from '../../../wasm/statement.ts'
import type { Target } from '../../target.ts'
import { int32At, storeInt32 } from '../integers.ts'
import { keyOf } from '../random.ts'

/** Two keys made from that of a draw, as `split` makes them: they lie in memory once they are set. */
export function keysOf(
  node: Node,
  target: Target,
): { readonly set: readonly Statement[]; readonly keys: readonly Words[] } {
  const room = target.room(16)
  const addresses = [room, room + 8]
  const set = addresses.flatMap((address, which) =>
    threefry(keyOf(node, target), [whole(0), whole(which)]).map((word, i) =>
      storeInt32(address + 4 * i, word),
    ),
  )
  return { set, keys: addresses.map((address) => [int32At(address), int32At(address + 4)]) }
}
