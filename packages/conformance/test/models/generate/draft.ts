import { sizeOf, type Expression, type Plate, type Site, type Table } from '../description.ts'

/** A site with what those that read it must know. */
export interface Drafted {
  readonly site: Site
  readonly event: readonly number[]
  /** Whether it is, or is computed of, continuous latents. */
  readonly isContinuous: boolean
  readonly support?: readonly number[]
  /** The family of a latent that only parameters of distributions conjugate to it may be. */
  readonly conjugate?: 'gamma' | 'beta' | 'dirichlet' | 'scale'
}

/** The most combinations of discrete latents, and numbers of continuous ones. */
const [MOST_COMBINATIONS, MOST_NUMBERS] = [100, 10]

/** A model while it is assembled. */
export class Draft {
  readonly plates: Record<string, Plate> = {}
  readonly sites: Drafted[] = []
  readonly data: Record<string, Table> = {}
  /** What all scales of normal distributions are multiples of, if something. */
  commonScale: Expression | undefined
  #part: { readonly name: string; readonly from: number } | undefined
  #combinations = 1
  #numbers = 0

  name(prefix: string): string {
    return `${this.#prefix}${prefix}${this.sites.length}`
  }

  get #prefix(): string {
    return this.#part ? `${this.#part.name}.` : ''
  }

  get isInPart(): boolean {
    return this.#part !== undefined
  }

  /** Sites that functions see: in a part its own. */
  get visible(): readonly Drafted[] {
    return this.sites.slice(this.#part?.from)
  }

  /** Drafts what is in a part. */
  inPart(name: string, body: () => void): void {
    this.#part = { name, from: this.sites.length }
    body()
    for (const [i, drafted] of this.sites.entries()) {
      if (i >= this.#part.from) this.sites[i] = { ...drafted, site: { ...drafted.site, part: name } }
    }
    this.#part = undefined
  }

  addPlate(length: number, isChain: boolean): string {
    const name = `${this.#prefix}${isChain ? 't' : 'p'}${Object.keys(this.plates).length}`
    this.plates[name] = { length, isChain }
    return name
  }

  count(plates: readonly string[]): number {
    return sizeOf(plates.map((plate) => this.plates[plate]!.length))
  }

  /** Whether there is room for some latents; takes it. */
  admits(
    plates: readonly string[],
    event: readonly number[],
    support?: readonly number[],
    latents = 1,
  ): boolean {
    const elements = latents * this.count(plates)
    const combinations = support ? support.length ** elements : 1
    const numbers = support ? 0 : elements * sizeOf(event)
    if (this.#combinations * combinations > MOST_COMBINATIONS) return false
    if (this.#numbers + numbers > MOST_NUMBERS) return false
    this.#combinations *= combinations
    this.#numbers += numbers
    return true
  }

  /** The shape in which a reader in some plates sees a site. */
  shapeSeen({ site, event }: Drafted, plates: readonly string[]): readonly number[] {
    const rest = site.plates.filter((plate) => !plates.includes(plate))
    return [...rest.map((plate) => this.plates[plate]!.length), ...event]
  }
}

/** Something to read, and the shape in which it is seen. */
export interface Readable {
  readonly expression: Expression
  readonly shape: readonly number[]
  readonly drafted: Drafted
}

/**
 * What a site in some plates may read.
 *
 * @param withBefore whether what is in its chain is seen in the step before as well.
 */
export function readables(draft: Draft, plates: readonly string[], withBefore: boolean): readonly Readable[] {
  const chain = plates.at(-1)
  return draft.visible.flatMap((drafted): Readable[] => {
    const { site } = drafted
    if (site.kind === 'factor' || site.kind === 'observed') return []
    const shape = draft.shapeSeen(drafted, plates)
    const now: Readable = { expression: { kind: 'read', site: site.name }, shape, drafted }
    if (!withBefore || site.kind !== 'latent' || !site.plates.includes(chain!)) return [now]
    return [now, { ...now, expression: { kind: 'before', site: site.name } }]
  })
}
