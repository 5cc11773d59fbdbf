import type { NdArray } from '@variate/core'

type Arrays = Readonly<Record<string, NdArray<Float64Array>>>

/** The name of the parameter that says where the place of a latent is. */
export function locName(site: string): string {
  return `${site}.loc`
}

/** Places of latents as parameters. */
export function locations(places: Arrays): Arrays {
  return Object.fromEntries(Object.entries(places).map(([site, place]) => [locName(site), place]))
}
