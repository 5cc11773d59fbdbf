import { one as l } from '../routines/linalg/wide.ts'
import type { Value } from '../../wasm/value.ts'
import { add, constant, mul, type Term } from './number.ts'

/** A value and partial derivatives of it in a and b. */
export type Part = 'value' | 'a' | 'b' | 'aa' | 'ab' | 'bb'

/** A function of a and b and its partial derivatives, as far as they are wanted; what is not there is 0. */
export type Jet = Readonly<Partial<Record<Part, Value>>> & { readonly value: Value }

/** How the derivatives of a product are made of those of its factors, so many times each. */
const TERMS: Readonly<Record<Part, readonly (readonly [Part, Part, number])[]>> = {
  value: [['value', 'value', 1]],
  a: [['value', 'a', 1], ['a', 'value', 1]],
  b: [['value', 'b', 1], ['b', 'value', 1]],
  aa: [['value', 'aa', 1], ['a', 'a', 2], ['aa', 'value', 1]],
  ab: [['value', 'ab', 1], ['a', 'b', 1], ['b', 'a', 1], ['ab', 'value', 1]],
  bb: [['value', 'bb', 1], ['b', 'b', 2], ['bb', 'value', 1]],
} // prettier-ignore

/** Arithmetic on jets of some parts. */
export class Jets {
  readonly parts: readonly Part[]

  /** @param parts the value first, and nothing of second order without what it needs of first. */
  constructor(parts: readonly Part[]) {
    this.parts = parts
  }

  /** A jet of parts that are told. */
  of(value: Term, slopes: Readonly<Partial<Record<Part, Term>>> = {}): Jet {
    return this.#make((part) => {
      const x = part === 'value' ? value : slopes[part]
      return typeof x === 'number' ? constant(x) : x
    })
  }

  plus(...jets: readonly Jet[]): Jet {
    return this.#make((part) => sumOf(jets.flatMap((jet) => jet[part] ?? [])))
  }

  times(x: Jet, y: Jet): Jet {
    return this.#make((part) => sumOf(products(x, y, part)))
  }

  /** Times a number that depends on neither a nor b. */
  scaled(x: Jet, by: Term): Jet {
    return this.#make((part) => x[part] && mul(x[part], by))
  }

  reciprocal(x: Jet): Jet {
    const result: Partial<Record<Part, Value>> = {}
    const first = l.div(l.constant(1), x.value)
    for (const part of this.parts) {
      // The derivatives of x·(1/x) are 0.
      const others = sumOf(products(x, { value: first, ...result }, part))
      if (part === 'value') result.value = first
      else if (others) result[part] = l.neg(l.mul(others, first))
    }
    return { value: first, ...result }
  }

  /** As many numbers as there are parts, and the jet of them. */
  numbers(x: Jet): readonly Value[] {
    return this.parts.map((part) => x[part] ?? l.constant(0))
  }

  ofNumbers(numbers: readonly Value[]): Jet {
    return this.#make((part) => numbers[this.parts.indexOf(part)])
  }

  /** Several jets of numbers that follow each other. */
  split(numbers: readonly Value[]): readonly Jet[] {
    const width = this.parts.length
    return Array.from({ length: numbers.length / width }, (_, i) =>
      this.ofNumbers(numbers.slice(i * width, (i + 1) * width)),
    )
  }

  #make(f: (part: Part) => Value | undefined): Jet {
    return Object.fromEntries(
      this.parts.flatMap((part) => {
        const x = f(part)
        return x ? [[part, x]] : []
      }),
    ) as unknown as Jet
  }
}

function products(x: Jet, y: Jet, part: Part): readonly Value[] {
  return TERMS[part].flatMap(([ofX, ofY, times]) => {
    const [left, right] = [x[ofX], y[ofY]]
    if (!left || !right) return []
    const product = mul(left, right)
    return times === 1 ? product : mul(times, product)
  })
}

function sumOf(terms: readonly Value[]): Value | undefined {
  return terms.length > 0 ? add(...terms) : undefined
}
