interface Copy {
  readonly version: string
  readonly path: string
}

/**
 * The copies of tfjs-core that Node has loaded besides the one with this Tensor class. Nothing elsewhere:
 * only Node can list what is loaded.
 */
export function otherCopies(tensorClass: unknown): readonly Copy[] {
  if (typeof process === 'undefined') return []
  const cache = process.getBuiltinModule?.('node:module')?.createRequire(import.meta.url).cache ?? {}
  return Object.entries(cache).flatMap(([path, loaded]) => {
    if (loaded === undefined || !path.includes('tf-core')) return []
    const { Tensor, version_core: version } = loaded.exports as Readonly<Record<string, unknown>>
    const isOther = typeof version === 'string' && Tensor !== undefined && Tensor !== tensorClass
    return isOther ? [{ version, path }] : []
  })
}
