/** What `graph()` of a model tells, as far as it is drawn: `ModelGraph` of `@variate/language` is one. */
export interface DirectedGraph {
  readonly name: string
  readonly nodes: readonly DirectedNode[]
  readonly edges: readonly DirectedEdge[]
  readonly plates: readonly DirectedPlate[]
}

export interface DirectedNode {
  readonly name: string
  readonly kind: NodeKind
  /** The names of the plates around it. */
  readonly plates: readonly string[]
  /** The name of its distribution, if it has one. */
  readonly distribution?: string | undefined
}

export interface DirectedEdge {
  readonly from: string
  readonly to: string
  /** Whether it is the value of the step before that is read. */
  readonly isFromStepBefore: boolean
}

export interface DirectedPlate {
  readonly name: string
  readonly size: number | string
  /** Whether its elements are the steps of a chain. */
  readonly isChain: boolean
}

export type NodeKind = 'latent' | 'observed' | 'deterministic' | 'factor' | 'input' | 'param' | 'network'
