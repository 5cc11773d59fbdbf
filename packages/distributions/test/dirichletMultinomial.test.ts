import { dirichletMultinomial } from '../src/index.ts'
import { laws } from './laws.ts'

laws('dirichletMultinomial', dirichletMultinomial, { structural: [1] })
