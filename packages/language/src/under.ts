import type { Environment } from './declaration.ts'

/** What the functions of a part see: what is declared in it, by the names that it has there. */
export function under(environment: Environment, part: string): Environment {
  const prefix = `${part}.`
  return new Proxy(
    {},
    {
      get: (_, name) => (typeof name === 'string' ? environment[prefix + name] : undefined),
      has: (_, name) => typeof name === 'string' && prefix + name in environment,
      ownKeys: () =>
        Object.keys(environment).flatMap((name) =>
          name.startsWith(prefix) ? [name.slice(prefix.length)] : [],
        ),
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    },
  )
}
