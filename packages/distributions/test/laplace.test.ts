import { laplace } from '../src/index.ts'
import { laws } from './laws.ts'

laws('laplace', laplace)
