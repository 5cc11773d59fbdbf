import { rayleigh } from '../src/index.ts'
import { laws } from './laws.ts'

laws('rayleigh', rayleigh)
