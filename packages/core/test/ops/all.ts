export * from '../../src/ops/index.ts'
export * from '../../src/internal/index.ts'
