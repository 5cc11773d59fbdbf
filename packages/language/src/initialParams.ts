import { tidy, type Tensor } from '@tensorflow/tfjs-core'
import { compile, type Compiled } from '@variate/compile'
import { DomainError, foldIn, type Key, NdArray, random, ShapeError } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { biject } from '@variate/distributions'
import type { ParamDeclaration } from './declaration.ts'
import type { NetworkParams } from './networks/network.ts'
import { whole } from './paramInit.ts'
import type { PlainData } from './plainData.ts'
import { placeOf, type Program } from './program.ts'
import { violationIn } from './violationIn.ts'

type Tensors = Readonly<Record<string, Tensor>>

/** How far from the middle of a domain parameters begin, as a standard deviation in unconstrained space: no two are equal. */
const SCALE = 0.1

/**
 * What the parameters and networks of a program begin with: what was declared, else small normals in unconstrained space.
 *
 * @param sizes how many elements each plate has.
 * @returns by name, arrays with an axis for each plate first; parameters of networks.
 * @throws DomainError for a declared start that is outside the parameter's domain; ShapeError for one of another shape.
 */
export function initialParams(
  program: Program,
  sizes: ReadonlyMap<string, number>,
  key: Key,
): Readonly<Record<string, NdArray<Float64Array> | NetworkParams>> {
  const free: Record<string, NdArray<Float64Array>> = {}
  const all: Record<string, NdArray<Float64Array> | NetworkParams> = {}
  for (const [at, site] of program.declarations.entries()) {
    const own = foldIn(key, at)
    if (site.kind === 'network') all[site.name] = site.network.init(own)
    if (site.kind !== 'param') continue
    const plates = site.plates.map((plate) => sizes.get(plate)!)
    if (site.init) all[site.name] = declared(program, site, plates, own)
    else free[site.name] = unconstrained(site, plates, own)
  }
  if (Object.keys(free).length > 0) Object.assign(all, constrainerOf(program)(free as never))
  return all
}

function unconstrained(
  { domain }: ParamDeclaration,
  plates: readonly number[],
  key: Key,
): NdArray<Float64Array> {
  const shape = biject(domain.constraint).inverseShape([...plates, ...domain.shape])
  const draws = random.normal(key, shape, { dtype: 'float64' })
  return new NdArray(
    draws.data.map((x) => SCALE * x),
    shape,
  )
}

type Constrainer = Compiled<[free: Tensors], Tensors, 'float64'>
const constrainers = new WeakMap<Program, Constrainer>()

/** Takes parameters from unconstrained space to their domains. */
function constrainerOf(program: Program): Constrainer {
  const known = constrainers.get(program)
  if (known) return known
  const domains = new Map(
    program.declarations.flatMap((site) => (site.kind === 'param' ? [[site.name, site.domain]] : [])),
  )
  const constrainer = compile(
    (free: Tensors): Tensors =>
      Object.fromEntries(
        Object.entries(free).map(([name, x]) => [name, biject(domains.get(name)!.constraint).forward(x)]),
      ),
    { precision: 'float64' },
  )
  constrainers.set(program, constrainer)
  return constrainer
}

/** What was declared, for all elements of the plates. */
function declared(
  program: Program,
  site: ParamDeclaration,
  plates: readonly number[],
  key: Key,
): NdArray<Float64Array> {
  const { init, domain } = site
  const who = `model "${program.name}": ${placeOf(site)}: init`
  const shape = [...plates, ...domain.shape]
  const data = new Float64Array(sizeOf(shape))
  const repeat = (plain: PlainData, offset: number, to: readonly number[]): void => {
    if (String(plain.shape) !== String(to.slice(to.length - plain.shape.length)))
      throw new ShapeError(
        `${who}: got shape [${plain.shape}], expected [${domain.shape}]${hintOf(site, shape)}`,
      )
    for (let i = 0; i < sizeOf(to); i++) data[offset + i] = plain.data[i % plain.data.length]!
  }
  if (typeof init === 'function') {
    const size = sizeOf(domain.shape)
    for (let at = 0; at < sizeOf(plates); at++)
      // What is drawn may be a tensor.
      tidy(() => repeat(whole(init(foldIn(key, at), domain.shape), who), at * size, domain.shape))
  } else repeat(init!, 0, shape)
  const { name, description } = domain.constraint
  const wrong = violationIn(domain.constraint, { data, shape, missing: undefined })
  if (wrong !== undefined) throw new DomainError(`${who} must be ${description} (${name}), got ${wrong}`)
  return new NdArray(data, shape)
}

function hintOf({ plates }: ParamDeclaration, shape: readonly number[]): string {
  return plates.length > 0 ? ` for each element, or [${shape}] for all` : ''
}
