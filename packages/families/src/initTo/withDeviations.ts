import type { Tensor } from '@tensorflow/tfjs-core'
import { compile } from '@variate/compile'
import { DomainError, type Key } from '@variate/core'
import { bind, deviationsAt, type Bound, type Declaration } from '@variate/language/internal'
import { givenOf } from './places.ts'

type Given = Readonly<Record<string, unknown>>

/**
 * Values by the names of latents as they were declared, with deviations in the place of sites that are computed of them.
 *
 * @throws DomainError for a value of such a site without values of the latents that it depends on.
 */
export function withDeviations(
  model: Bound,
  values: Given,
  sizes: Readonly<Record<string, number>>,
  key: Key,
  who: string,
): Given {
  const made = model.program.uncentered
  const moved = Object.keys(values).filter((name) => made?.deviations.has(name))
  if (!made || moved.length === 0) return values
  const data = Object.fromEntries(
    Object.entries(model.values).filter(([name]) =>
      made.from.declarations.some((site) => site.name === name),
    ),
  )
  const needed = ({ kind }: Declaration): boolean => kind === 'observed' || kind === 'input'
  const bare = bind(made.from, data, { sizes, who, needed })
  const all = new Set(moved)
  const open = [...moved]
  for (const name of open)
    for (const read of readBy(bare, name)) {
      if (all.has(read)) continue
      all.add(read)
      if (kindOf(bare, read) === 'deterministic') open.push(read)
    }
  const lost = [...all].find((name) => kindOf(bare, name) === 'latent' && !Object.hasOwn(values, name))
  if (lost !== undefined)
    throw new DomainError(
      `${who}: "${moved.join('", "')}" is inferred by its deviation, { centered: false }, which depends on "${lost}": give a value ` +
        `of "${lost}" as well`,
    )
  const known = Object.fromEntries(Object.entries(values).filter(([name]) => all.has(name)))
  const bound = bind(made.from, { ...data, ...known }, { sizes, who, needed })
  const program = { ...made.from, declarations: made.from.declarations.filter(({ name }) => all.has(name)) }
  const found = compile(
    (own: Readonly<Record<string, Tensor>>) => deviationsAt({ ...made, from: program }, bound.sizes, own),
    { precision: 'float64' },
  )(givenOf(bound, key) as never) as unknown as Given
  const rest = Object.entries(values).filter(([name]) => !moved.includes(name))
  return {
    ...Object.fromEntries(rest),
    ...Object.fromEntries(
      moved.map((name) => made.deviations.get(name)!).map((deviation) => [deviation, found[deviation]]),
    ),
  }
}

function readBy(bound: Bound, name: string): readonly string[] {
  const site = bound.program.declarations.find((own) => own.name === name)!
  const { now, before } = bound.reads.of(site)
  return [...now, ...before]
}

function kindOf({ program }: Bound, name: string): Declaration['kind'] {
  return program.declarations.find((own) => own.name === name)!.kind
}
