// What divides code that `@variate/compile/wasm` writes among threads, for packages of Variate with kernels of their own. It is no
// part of the public interface and may change in any version.
export { Regions } from './regions.ts'
export { threaded } from './threaded.ts'
export { threadsFor } from './threadsFor.ts'
