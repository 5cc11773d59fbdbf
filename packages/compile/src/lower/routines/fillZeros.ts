import { variable, type Statement } from '../../wasm/statement.ts'
import { I32, type Value } from '../../wasm/value.ts'
import type { Target } from '../target.ts'
import { plus } from './integers.ts'
import { storeVector } from './memory.ts'

/** Sets so many numbers from an address on to 0. */
export function fillZeros({ vectors: l }: Target, address: Value, count: number): readonly Statement[] {
  const rest = count % l.count
  const [at, end] = [variable(I32), variable(I32)]
  const zero = l.constant(0)
  const whole = (count - rest) * l.bytes
  return [
    { variable: end, to: plus(address, whole) },
    ...(whole > 0
      ? [
          {
            index: at,
            from: address,
            to: end.get,
            step: 16,
            mayBeEmpty: false,
            body: storeVector(l, zero, at.get, 0),
          },
        ]
      : []),
    ...(rest > 0 ? storeVector(l, zero, end.get, 0, rest) : []),
  ]
}
