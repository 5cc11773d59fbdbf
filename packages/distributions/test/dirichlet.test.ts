import { dirichlet } from '../src/index.ts'
import { laws } from './laws.ts'

laws('dirichlet', dirichlet)
