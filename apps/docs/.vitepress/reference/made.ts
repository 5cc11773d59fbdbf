import { renderReference } from './reference.ts'

/** Made while this module loads: whoever loads it may close the loader then. */
export const made: Readonly<Record<string, string>> = await renderReference()
