import type { Tensor } from '@tensorflow/tfjs-core'
import { UnsupportedError } from '@variate/core'
import { add, fill, foldInKey, mul, sum, type AnyKey } from '@variate/core/ops'
import { draws, logProbs, unconstrained, type Bound } from '@variate/language/internal'
import { hamiltonian, type HamiltonianOptions, type Moved } from './hamiltonian.ts'

type Places = readonly Tensor[]
type Tensors = Readonly<Record<string, Tensor>>

/** One chain of annealing: latents of a model, as numbers without bounds. */
export interface AnnealedChain {
  /** The latents, in the order of places. */
  readonly names: readonly string[]
  /** A draw of the prior. */
  draw(key: AnyKey): { readonly places: Places; readonly likelihood: Tensor }
  /** Moves by a kernel that leaves prior · likelihood^power as it is. */
  move(
    places: Places,
    power: Tensor,
    key: AnyKey,
    how: HamiltonianOptions,
  ): Moved & { readonly likelihood: Tensor }
  /** Where latents are. */
  from(values: Tensors): { readonly places: Places; readonly likelihood: Tensor }
  /** The latents themselves. */
  values(places: Places): Readonly<Record<string, Tensor>>
}

/**
 * Of a model with so many elements of its plates: a chain for values of all that is given, and where data are missing.
 *
 * @throws UnsupportedError for latents that are discrete, or whose supports depend on other sites, which are named, and where there
 *   are none.
 */
export function annealedChain(
  bound: Bound,
  who: string,
  sizes: ReadonlyMap<string, number> = bound.sizes,
): (given: Tensors, present: Tensors) => AnnealedChain {
  const { program } = bound
  const space = unconstrained(bound, who)
  if (space.names.length === 0)
    throw new UnsupportedError(`${who}: there are no latents: the evidence is the log joint`)
  return (given, present) => {
    const logsAt = (places: Places) => {
      const logs = logProbs(program, sizes, { ...given, ...space.values(places) }, present)
      const total = (isPrior: boolean): Tensor =>
        Object.entries(logs)
          .filter(([name]) => space.names.includes(name) === isPrior)
          .reduce((all, [, log]) => add(all, sum(log)), fill([], 0))
      return { prior: add(total(true), space.logDet(places)), likelihood: total(false) }
    }
    const at = (places: Places) => ({ places, likelihood: logsAt(places).likelihood })
    return {
      names: space.names,
      values: space.values,
      from: (values) => at(space.places(values)),
      draw: (key) => at(space.places(draws(program, sizes, foldInKey(key, 0), given))),
      move: (places, power, key, how) => {
        const density = (own: Places): Tensor => {
          const { prior, likelihood } = logsAt(own)
          return add(prior, mul(power, likelihood))
        }
        const moved = hamiltonian(density, places, key, how)
        return { ...moved, ...at(moved.places) }
      },
    }
  }
}
