import type { TensorSpec } from '@variate/compile'
import { DomainError, NdArray, ShapeError } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import type { Distribution } from '@variate/distributions'
import { checkNetwork } from './checkNetwork.ts'
import { checkSupports } from './checkSupports.ts'
import type { Declaration, InputDeclaration, RandomSite } from './declaration.ts'
import type { NetworkParams } from './networks/network.ts'
import { entryOf } from './entryOf.ts'
import { Reads } from './reads.ts'
import { filledOut, plainData, type PlainData } from './plainData.ts'
import { placeOf, type Program } from './program.ts'
import { suggestion } from './suggestion.ts'
import { presentEvents } from './presentEvents.ts'
import { settledSizes } from './settledSizes.ts'
import { specsOf } from './specsOf.ts'
import { typedData } from './typedData.ts'
import { whatItIs } from './whatItIs.ts'

/** A program with what it is given: data as plain arrays of the right shapes and types. */
export interface Bound {
  readonly program: Program
  /** How many elements each plate has. */
  readonly sizes: ReadonlyMap<string, number>
  /** The shape and type of the value of each site that has one, an axis for each of its plates first. */
  readonly specs: Readonly<Record<string, TensorSpec>>
  /** The distribution of one element of each random site, for its shapes and its support; its parameters are of a trace. */
  readonly distributions: ReadonlyMap<RandomSite, Distribution>
  /** What each site reads. */
  readonly reads: Reads
  readonly values: Readonly<Record<string, NdArray | NetworkParams>>
  /** For data of which some are missing: for each element 1 if it is there, else 0. */
  readonly present: Readonly<Record<string, NdArray<Uint8Array>>>
}

export interface BindOptions {
  /** Sizes of plates by the names that no data settle. */
  readonly sizes?: Readonly<Record<string, number>> | undefined
  /** Names the call in errors. */
  readonly who: string
  /** The sites that must be given. */
  readonly needed: (site: Declaration) => boolean
  /** Whether what is missing of latents and observations is drawn: others may read it then. */
  readonly completes?: boolean
}

/**
 * Checks what a program is given, before anything is computed: names, sizes of plates, shapes and types.
 *
 * @param given data, by the names of sites.
 * @throws DomainError for names that there are not, data that are missing, no numbers, or outside of domains and supports, and
 *   plates of unknown size;
 *   ShapeError for shapes that do not fit, which names site, plate and both shapes.
 */
export function bind(
  program: Program,
  given: Readonly<Record<string, unknown>>,
  { sizes: named = {}, who, needed, completes = false }: BindOptions,
): Bound {
  checkNames(program, given, who)
  const plain = new Map<Declaration, PlainData>()
  const unread: Declaration[] = []
  for (const site of program.declarations) {
    const value = entryOf(given, site.name)
    const fixed = 'value' in site ? site.value : undefined
    if (fixed) plain.set(site, fixed)
    else if (value === undefined || value === null) {
      if (!needed(site)) continue
      if (program.guides && site.kind === 'input') unread.push(site)
      else throw isMissing(site, who)
    } else if (site.kind === 'network') checkNetwork(site, value, who)
    else plain.set(site, plainData(value, `${who}: ${placeOf(site)}`))
  }
  const sizes = settledSizes(program, plain, named, who)
  const distributions = new Map<RandomSite, Distribution>()
  const reads = new Reads()
  const supports = new Map<Declaration, readonly Distribution[]>()
  const specs = withUnread(program, unread, reads, who, () =>
    specsOf(program, sizes, plain, (site, made) => {
      distributions.set(site, made)
      supports.set(site, [...(supports.get(site) ?? []), made])
    }),
  )
  const values: Record<string, NdArray | NetworkParams> = {}
  const present: Record<string, NdArray<Uint8Array>> = {}
  const whole = new Map<Declaration, PlainData>()
  for (const [site, given] of plain) {
    const spec = specs[site.name]!
    const data = filledOut(given, spec.shape)
    whole.set(site, data)
    checkShape(site, data, spec, { program, reads, made: distributions.get(site as RandomSite), who })
    values[site.name] = new NdArray(typedData(data, spec, `${who}: ${placeOf(site)}`), spec.shape)
    if (data.missing) {
      const { eventShape } = distributions.get(site as RandomSite) ?? { eventShape: [] }
      present[site.name] = presentEvents(program, reads, site, data, { eventShape, who, completes })
    }
  }
  for (const site of program.declarations) {
    const set = isSet(site) ? supports.get(site.from) : undefined
    if (set) supports.set(site, set)
  }
  checkSupports(whole, supports, who)
  for (const site of program.declarations) {
    const params = site.kind === 'network' ? entryOf(given, site.name) : undefined
    if (params !== undefined) values[site.name] = params as NetworkParams
  }
  if (!program.guides) checkInputs(program, reads, who)
  return { program, sizes, specs, distributions, reads, values, present }
}

/**
 * Runs what finds out what a guide reads of data that are not given.
 *
 * @throws DomainError for what it does read.
 */
function withUnread<Result>(
  { declarations }: Program,
  unread: readonly Declaration[],
  reads: Reads,
  who: string,
  run: () => Result,
): Result {
  const check = (): void => {
    for (const site of unread)
      if (declarations.some((other) => reads.has(other, site.name))) throw isMissing(site, who)
  }
  try {
    return reads.during(run)
  } finally {
    check()
  }
}

function isMissing(site: Declaration, who: string): DomainError {
  return new DomainError(`${who}: ${placeOf(site)} must be given: ${whatItIs(site)}`)
}

/** @throws DomainError for an input that no site reads: what it was meant for is missing. */
function checkInputs({ declarations }: Program, reads: Reads, who: string): void {
  // An intervention cuts off readers.
  if (declarations.some((site) => site.kind === 'input' && site.value !== undefined)) return
  for (const site of declarations) {
    if (site.kind !== 'input' || site.value || declarations.some((other) => isRead(reads, other, site)))
      continue
    throw new DomainError(`${who}: ${placeOf(site)} is an input that no site reads: use it, or leave it out`)
  }
}

/** Whether a site reads another, or would without an intervention. */
function isRead(reads: Reads, reader: Declaration, { name }: Declaration): boolean {
  return reads.has(reader, name) || (isSet(reader) && reads.has(reader.from, name))
}

function isSet(site: Declaration): site is InputDeclaration & { readonly from: RandomSite } {
  return site.kind === 'input' && site.from !== undefined
}

function checkNames(program: Program, given: Readonly<Record<string, unknown>>, who: string): void {
  const names = program.declarations.map(({ name }) => name)
  for (const name of Object.keys(given)) {
    if (given[name] === undefined) continue
    const site = program.declarations.find((other) => other.name === name)
    if (!site)
      throw new DomainError(`${who}: "${name}" is given, which ${suggestion(name, names, 'declared')}`)
    if ('value' in site && site.value)
      throw new DomainError(`${who}: ${placeOf(site)} has a value already, and cannot be given`)
    if (site.kind === 'deterministic' || site.kind === 'factor')
      throw new DomainError(`${who}: ${placeOf(site)} is computed, and cannot be given`)
  }
}

interface Made {
  readonly program: Program
  readonly reads: Reads
  /** The distribution of one element of the site. */
  readonly made: Distribution | undefined
  readonly who: string
}

function checkShape(
  site: Declaration,
  { shape }: PlainData,
  spec: TensorSpec,
  { program, reads, made, who }: Made,
): void {
  if (String(shape) === String(spec.shape)) return
  const of = site.plates.length
  const [own, expected] = [shape.slice(of), spec.shape.slice(of)]
  const network = program.declarations.find(
    (other) =>
      other.kind === 'network' &&
      site.kind === 'observed' &&
      own.length === expected.length &&
      String(other.network.output) === String(expected) &&
      reads.has(site, other.name),
  )
  if (network && made) {
    const what =
      'logits' in made ? `${made.name} logits have shape` : `its ${made.name} distribution is of shape`
    throw new ShapeError(
      `${who}: ${placeOf(site)}: ${what} [${expected}], data have shape [${own}]; the last layer of network "${network.name}" gives ` +
        `${expected.join(' × ')}`,
    )
  }
  const each = of > 0 ? `for each element data have shape [${own}]` : `data have shape [${own}]`
  const isReshaped = expected.length > 0 && own.length !== expected.length && sizeOf(own) === sizeOf(expected)
  const more = own.length > expected.length ? ': put the first axis in a plate' : ''
  const hint = isReshaped ? `: they are as many numbers: reshape the data to [${spec.shape}]` : more
  throw new ShapeError(`${who}: ${placeOf(site)}: ${each}, expected [${expected}]${hint}`)
}
