import { probe } from './probe.ts'

Object.assign(globalThis, { probe })
