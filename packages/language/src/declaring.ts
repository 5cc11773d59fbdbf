import { DomainError, UnsupportedError } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { Distribution } from '@variate/distributions'
import type { Declaration, Environment, Plate, PlateSize, RandomSite, SiteOptions } from './declaration.ts'
import type { Domain } from './domains/domain.ts'
import { checkGuidePlate, checkGuideSite } from './guideProgram.ts'
import { layerSites, type Next, type Top } from './layerSites.ts'
import type { AnyNetwork } from './networks/network.ts'
import { plainInit, type ParamOptions } from './paramInit.ts'
import { partOf, type AnyPartOptions } from './partOf.ts'
import { titleOf, type Program } from './program.ts'

type Made = Distribution | ((environment: Environment) => Distribution)
type Body = (inside: Declaring) => Declaring

/** What the builder's calls do: `Builder` says the same in types. */
export abstract class Declaring {
  readonly program: Program
  /** The plates that are open, the outermost first. */
  readonly #around: readonly string[]

  constructor(program: Program, around: readonly string[]) {
    this.program = program
    this.#around = around
  }

  /** The builder with another program, of the same kind and in the same place. */
  protected abstract with(program: Program): this

  input(name: string): this {
    return this.#add({ kind: 'input', name, plates: this.#around })
  }

  param(name: string, domain: Domain, { init }: ParamOptions = {}): this {
    this.#checkIndependent(name, 'a parameter')
    const own = init === undefined ? {} : { init: plainInit(init, `${titleOf(this.program)}: "${name}"`) }
    return this.#add({ kind: 'param', name, plates: this.#around, domain, ...own })
  }

  network(name: string, network: AnyNetwork): this {
    if (this.#around.length > 0) {
      throw new UnsupportedError(
        `${titleOf(this.program)}: network "${name}" is declared in plate "${this.#around.at(-1)}": declare it outside, ` +
          'all elements share it',
      )
    }
    return this.#add({ kind: 'network', name, plates: [], network })
  }

  latent(
    name: string,
    of: Made,
    nextOrOptions?: RandomSite['next'] | SiteOptions,
    ofChain: SiteOptions = {},
  ): this {
    const [next, options] =
      typeof nextOrOptions === 'function' ? [nextOrOptions, ofChain] : [undefined, nextOrOptions ?? {}]
    const chain = this.#chain()
    if (chain !== undefined && !next) {
      throw new DomainError(
        `${titleOf(this.program)}: "${name}" is a latent in chain "${chain}": it must have a distribution of the first step, ` +
          'and a function that makes that of the next',
      )
    }
    if (chain === undefined && next) {
      throw new DomainError(
        `${titleOf(this.program)}: "${name}" has a distribution of the next step, and is in no chain: declare it in one, by markov`,
      )
    }
    return this.#random('latent', name, of, options, next)
  }

  layers(prefix: string, entries: readonly unknown[], top: Top, next: Next, options: SiteOptions = {}): this {
    const sites = layerSites(`model "${this.program.name}"`, prefix, entries, top, next)
    return sites.reduce((builder: this, { name, of }) => builder.latent(name, of, options), this)
  }

  observed(name: string, of: Made): this {
    return this.#random('observed', name, of, {})
  }

  deterministic(name: string, of: (environment: Environment) => never): this {
    this.#checkFunction(name, of)
    return this.#add({ kind: 'deterministic', name, plates: this.#around, of })
  }

  factor(name: string, of: (environment: Environment) => never): this {
    this.#checkFunction(name, of)
    return this.#add({ kind: 'factor', name, plates: this.#around, of })
  }

  part(name: string, submodel: Pick<Declaring, 'program'>, options: AnyPartOptions = {}): this {
    this.#checkIndependent(name, 'a part')
    const who = `model "${this.program.name}"`
    if (typeof name !== 'string' || name === '')
      throw new DomainError(`${who}: names of parts are texts, such as "left", got ${shown(name)}`)
    if (!Array.isArray((submodel as { program?: Partial<Program> } | undefined)?.program?.declarations))
      throw new DomainError(`${who}: part "${name}" must be a model, got ${shown(submodel)}`)
    const { declarations, plates } = partOf(this.program, this.#around, name, submodel.program, options)
    const opened = this.with({ ...this.program, plates })
    return declarations.reduce((builder, site) => builder.#add(site), opened)
  }

  plate(name: string, size: PlateSize, body: Body): this {
    return this.#inside(name, { size, isChain: false }, body)
  }

  markov(name: string, size: PlateSize, body: Body): this {
    if (!this.program.guides && this.program.plates.has(name)) {
      throw new DomainError(`${titleOf(this.program)}: chain "${name}" is already declared`)
    }
    return this.#inside(name, { size, isChain: true }, body)
  }

  #random(
    kind: RandomSite['kind'],
    name: string,
    of: Made,
    options: SiteOptions,
    next?: RandomSite['next'],
  ): this {
    if (!isDistribution(of) && typeof of !== 'function') {
      throw new DomainError(
        `${titleOf(this.program)}: site "${name}" must have a distribution, or a function that makes one, got ${shown(of)}`,
      )
    }
    const made = typeof of === 'function' ? (environment: Environment) => checked(of(environment)) : () => of
    const after = next && ((now: Environment, before: Environment) => checked(next(now, before)))
    return this.#add({
      kind,
      name,
      plates: this.#around,
      of: made,
      options,
      ...(after ? { next: after } : {}),
    })
  }

  #inside(name: string, plate: Plate, body: Body): this {
    const who = titleOf(this.program)
    checkSize(who, name, plate.size)
    if (this.#around.includes(name)) throw new DomainError(`${who}: plate "${name}" is within itself`)
    const { guides } = this.program
    if (guides) checkGuidePlate({ ...this.program, guides }, name, plate)
    const known = this.program.plates.get(name)
    const chain = this.#chain()
    if (chain !== undefined) {
      throw new UnsupportedError(
        `${who}: plate "${name}" is in chain "${chain}": declare the chain in the plate, it is another for each element`,
      )
    }
    if (known && known.isChain !== plate.isChain) {
      const [first, now] = known.isChain ? ['chain', 'plate'] : ['plate', 'chain']
      throw new DomainError(`${who}: "${name}" is a ${first}, and cannot be opened as a ${now}`)
    }
    if (known && known.size !== plate.size) {
      throw new DomainError(
        `${who}: plate "${name}" has size ${shown(known.size)} where it was first opened, and now ${shown(plate.size)}`,
      )
    }
    const program = { ...this.program, plates: new Map([...this.program.plates, [name, plate]]) }
    const inside = body(new Inside(program, [...this.#around, name]))
    if (!(inside instanceof Inside)) {
      throw new DomainError(
        `${who}: the function of plate "${name}" must return what it was given with sites added, got ${shown(inside)}`,
      )
    }
    if (String(inside.#around) !== String([...this.#around, name])) {
      throw new DomainError(
        `${who}: the function of plate "${name}" must return what it was given with sites added, and returns the builder of ` +
          (inside.#around.length > 0 ? `plate "${inside.#around.at(-1)}"` : 'the model'),
      )
    }
    return this.with(inside.program)
  }

  #chain(): string | undefined {
    return this.#around.find((plate) => this.program.plates.get(plate)!.isChain)
  }

  #add(declaration: Declaration): this {
    const { name } = declaration
    const { declarations, guides } = this.program
    const model = titleOf(this.program)
    if (typeof name !== 'string' || name === '') {
      throw new DomainError(`${model}: names of sites are texts, such as "mu", got ${shown(name)}`)
    }
    if (name === '__proto__')
      throw new DomainError(`${model}: no site can be called "__proto__", which records cannot have`)
    if (declarations.some((other) => other.name === name)) {
      throw new DomainError(`${model}: site "${name}" is already declared`)
    }
    if (guides) checkGuideSite(guides, declaration)
    return this.with({
      ...this.program,
      declarations: Object.freeze([...declarations, Object.freeze(declaration)]),
    })
  }

  #checkFunction(name: string, of: unknown): void {
    if (typeof of === 'function') return
    throw new DomainError(
      `${titleOf(this.program)}: site "${name}" must have a function of what is declared before it, got ${shown(of)}`,
    )
  }

  #checkIndependent(name: string, what: string): void {
    const chain = this.#chain()
    if (chain === undefined) return
    throw new UnsupportedError(
      `${titleOf(this.program)}: "${name}" is ${what} in chain "${chain}": declare it outside, all steps share it`,
    )
  }
}

/** The builder within a plate. */
class Inside extends Declaring {
  readonly #plates: readonly string[]

  constructor(program: Program, around: readonly string[]) {
    super(program, around)
    this.#plates = around
  }

  protected override with(program: Program): this {
    return new Inside(program, this.#plates) as this
  }
}

function isDistribution(x: unknown): x is Distribution {
  return typeof (x as Distribution | undefined | null)?.logProb === 'function'
}

/** What a site's function gives. */
function checked(made: unknown): Distribution {
  if (isDistribution(made)) return made
  const hint = made === undefined ? ': is "return" missing?' : ''
  throw new DomainError(`its function must return a distribution, got ${shown(made)}${hint}`)
}

function checkSize(who: string, name: string, size: PlateSize): void {
  const isSize = typeof size === 'string' ? size !== '' : Number.isInteger(size) && size >= 1
  if (isSize) return
  throw new DomainError(
    `${who}: the size of plate "${name}" must be a whole number ≥ 1, or the name of one that the data settle, got ${shown(size)}`,
  )
}
