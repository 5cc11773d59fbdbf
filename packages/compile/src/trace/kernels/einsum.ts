import { backend_util, type Tensor } from '@tensorflow/tfjs-core'
import { ShapeError } from '@variate/core'
import { cast, matMul, reshape, sum, transpose } from '@variate/core/ops'
import type { TensorType } from '@variate/core/ops'

/** A tensor, and the letter of each of its axes. */
interface Term {
  readonly x: Tensor
  readonly letters: readonly string[]
}

/**
 * A sum of products over axes that have letters, as TensorFlow.js's `einsum` takes it: `ij,jk->ik`. Two terms are one
 * product of matrices.
 *
 * @throws ShapeError for an equation that TensorFlow.js refuses, and for lengths that differ.
 */
export function einsum(equation: string, tensors: readonly Tensor[]): Tensor {
  try {
    const { allDims, idDims } = backend_util.decodeEinsumEquation(equation, tensors.length)
    backend_util.checkEinsumDimSizes(allDims.length, idDims, [...tensors])
  } catch (cause) {
    throw new ShapeError(`einsum: '${equation}': ${(cause as Error).message}`, { cause })
  }
  const [left, right] = equation.replaceAll(/\s/g, '').split('->') as [string, string]
  const out = [...right]
  const terms = left.split(',').map((letters, i): Term => ({ x: tensors[i]!, letters: [...letters] }))
  const needed = terms.map((term, i) => {
    const others = terms.filter((_, j) => j !== i).flatMap(({ letters }) => letters)
    return summed(term, (letter) => out.includes(letter) || others.includes(letter))
  })
  const [first, second] = needed as [Term, Term?]
  const product = second ? multiplied(first, second, out) : first
  return cast(inOrder(product, out), tensors[0]!.dtype as TensorType)
}

/** The sum over the axes whose letters are not needed. */
function summed({ x, letters }: Term, isNeeded: (letter: string) => boolean): Term {
  const axes = letters.flatMap((letter, axis) => (isNeeded(letter) ? [] : [axis]))
  return axes.length > 0 ? { x: sum(x, axes), letters: letters.filter(isNeeded) } : { x, letters }
}

function multiplied(a: Term, b: Term, out: readonly string[]): Term {
  const both = a.letters.filter((letter) => b.letters.includes(letter))
  const batch = both.filter((letter) => out.includes(letter))
  const inner = both.filter((letter) => !out.includes(letter))
  const rows = a.letters.filter((letter) => !both.includes(letter))
  const columns = b.letters.filter((letter) => !both.includes(letter))
  const x = matMul(inGroups(a, [batch, rows, inner]), inGroups(b, [batch, inner, columns]))
  const letters = [...batch, ...rows, ...columns]
  return {
    x: reshape(
      x,
      letters.map((letter) => lengthOf(letter, a, b)),
    ),
    letters,
  }
}

/** The tensor with an axis for each group of letters. */
function inGroups(term: Term, groups: readonly (readonly string[])[]): Tensor {
  const sizes = groups.map((group) => group.reduce((product, letter) => product * lengthOf(letter, term), 1))
  return reshape(cast(inOrder(term, groups.flat()), 'float32'), sizes)
}

function inOrder({ x, letters }: Term, order: readonly string[]): Tensor {
  const axes = order.map((letter) => letters.indexOf(letter))
  return axes.every((axis, i) => axis === i) ? x : transpose(x, axes)
}

function lengthOf(letter: string, ...terms: readonly Term[]): number {
  const { x, letters } = terms.find((term) => term.letters.includes(letter))!
  return x.shape[letters.indexOf(letter)]!
}
