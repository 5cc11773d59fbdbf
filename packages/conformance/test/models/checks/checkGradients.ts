import type { Tensor } from '@tensorflow/tfjs-core'
import { compile, valueAndGrad } from '@variate/compile'
import { add, sum } from '@variate/core/ops'
import { bind, logProbs } from '@variate/language/internal'
import { declared, givenOf } from '../declared.ts'
import { latentsOf, nested, type Description, type Table } from '../description.ts'
import { logTerms } from '../plain/logTerms.ts'
import { close } from './close.ts'

type Tensors = Readonly<Record<string, Tensor>>
type Tables = Readonly<Record<string, Table>>

/** Derivatives of the log joint in continuous latents and parameters, by differences of the formulas. */
export function checkGradients(description: Description, latents: Tables): void {
  const continuous = latentsOf(description).filter(({ support }) => !support)
  const params = description.sites.filter(({ kind }) => kind === 'param')
  const names = [...continuous, ...params].map(({ name }) => name)
  if (names.length === 0) return
  const gradients = compiledGradients(description, latents, names)
  for (const name of names) {
    const at = latents[name] ?? description.data[name]!
    const differences = at.numbers.map((_, i) =>
      derivative((step) => totalAt(description, latents, name, moved(at, i, step))),
    )
    close(`gradient in ${name}`, gradients[name]!.data, differences, 1e-8)
  }
}

function compiledGradients(description: Description, latents: Tables, names: readonly string[]) {
  const { program } = declared(description)
  const values = Object.fromEntries(Object.entries(latents).map(([name, table]) => [name, nested(table)]))
  const bound = bind(
    program,
    { ...givenOf(description), ...values },
    { who: 'gradients', needed: () => false },
  )
  const all = compile(
    (own: Tensors, given: Tensors, present: Tensors) => {
      const total = (...tensors: Tensor[]): Tensor => {
        const at = Object.fromEntries(names.map((name, i) => [name, tensors[i]!]))
        return Object.values(logProbs(program, bound.sizes, { ...given, ...at }, present))
          .map((x) => sum(x))
          .reduce((a, b) => add(a, b) as Tensor)
      }
      const { grads } = valueAndGrad(total)(...names.map((name) => own[name]!))
      return Object.fromEntries(names.map((name, i) => [name, grads[i]!]))
    },
    { precision: 'float64' },
  )
  const own = Object.fromEntries(names.map((name) => [name, bound.values[name]]))
  const result: unknown = all(own as never, bound.values as never, bound.present as never)
  return result as Readonly<Record<string, { readonly data: ArrayLike<number> }>>
}

function totalAt(description: Description, latents: Tables, name: string, table: Table): number {
  const isLatent = name in latents
  const terms = logTerms(
    isLatent ? description : { ...description, data: { ...description.data, [name]: table } },
    isLatent ? { ...latents, [name]: table } : latents,
  )
  return Object.values(terms)
    .flat()
    .reduce((a, b) => a + b, 0)
}

/** One number of a table is another. */
function moved(table: Table, i: number, step: number): Table {
  return { ...table, numbers: table.numbers.with(i, table.numbers[i]! + step) }
}

/** At 0, by central differences of fourth order. */
function derivative(f: (step: number) => number): number {
  const h = 2e-4
  return (8 * (f(h) - f(-h)) - (f(2 * h) - f(-2 * h))) / (12 * h)
}
