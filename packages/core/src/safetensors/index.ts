/** Named arrays in one file that Python, Rust and others read too: https://github.com/huggingface/safetensors */
export { decode } from './decode.ts'
export type { Decoded } from './decode.ts'
export { encode } from './encode.ts'
