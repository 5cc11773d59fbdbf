import type { TensorMessage, ValueInfo } from '../model/messages.ts'

/** What a whole number is at any length n: `times`·n + `plus`. */
export interface Affine {
  readonly times: number
  readonly plus: number
}

/** Numbers at some lengths, three at least, as one of the length; undefined where they are not on a line of whole numbers. */
function affine(values: readonly number[], lengths: readonly number[]): Affine | undefined {
  const [x, y] = values as readonly [number, number]
  const [n, m] = lengths as readonly [number, number]
  const times = (y - x) / (m - n)
  const plus = x - times * n
  const isLine = Number.isInteger(times) && values.every((value, i) => value === times * lengths[i]! + plus)
  return isLine ? { times, plus } : undefined
}

/** A constant of whole numbers, an element each, at some lengths; undefined for what is of other numbers, or on no line. */
export function affineConstant(
  constants: readonly TensorMessage[],
  lengths: readonly number[],
): readonly Affine[] | undefined {
  const all = constants.map(wholeNumbers)
  const elements = all[0]?.map((_, i) =>
    affine(
      all.map((values) => values![i]!),
      lengths,
    ),
  )
  return elements?.every((x) => x !== undefined) ? elements : undefined
}

/** Shapes of one tensor at some lengths, with the name of the length for what is as long; undefined for what is on no line. */
export function affineShape(
  infos: readonly ValueInfo[],
  lengths: readonly number[],
  name: string,
): ValueInfo['shape'] | undefined {
  const shape = infos[0]!.shape.map((_, axis) => {
    const own = affine(
      infos.map((info) => info.shape[axis] as number),
      lengths,
    )
    if (!own || own.times === 0) return own?.plus
    return own.times === 1 && own.plus === 0 ? name : `${own.times}*${name}+${own.plus}`
  })
  return shape.every((length) => length !== undefined) ? shape : undefined
}

function wholeNumbers({ type, bytes }: TensorMessage): number[] | undefined {
  const data = bytes.slice().buffer
  if (type === 'int64') return Array.from(new BigInt64Array(data), Number)
  return type === 'int32' ? [...new Int32Array(data)] : undefined
}
