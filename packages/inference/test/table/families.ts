import {
  fullRank,
  hierarchical,
  inverseAutoregressiveFlow,
  lowRank,
  maskedAutoregressiveFlow,
  meanField,
  mixtureOfNormals,
  neuralSplineFlow,
  planarFlow,
  point,
  radialFlow,
  realNvp,
  structured,
  type Family,
} from '@variate/families'

const scale = 0.6
const network = { scale, layers: 2, hidden: [3] } as const

/** Each family, small and wide enough for quadrature, by the latents that are continuous; a guide is each model's own. */
export const FAMILIES: Readonly<Record<string, (continuous: readonly string[]) => Family>> = {
  meanField: () => meanField({ scale }),
  fullRank: () => fullRank({ scale }),
  lowRank: () => lowRank({ scale, rank: 1 }),
  structured: ([first]) =>
    structured(first === undefined ? {} : { [first]: fullRank({ scale }) }, meanField({ scale })),
  mixtureOfNormals: () => mixtureOfNormals({ scale, components: 2, spread: 0.5 }),
  planarFlow: () => planarFlow({ scale, layers: 2 }),
  radialFlow: () => radialFlow({ scale, layers: 2 }),
  realNvp: () => realNvp(network),
  maskedAutoregressiveFlow: () => maskedAutoregressiveFlow(network),
  inverseAutoregressiveFlow: () => inverseAutoregressiveFlow(network),
  neuralSplineFlow: () => neuralSplineFlow({ ...network, bins: 4 }),
  hierarchical: () => hierarchical({ scale, auxiliary: 1, hidden: [3] }),
  point: () => point(),
}
