import { parentPort } from 'node:worker_threads'
import type { TypesAnswer, TypesQuestion } from '../../cli/types-thread.js'
import { writeTypes } from './write-types.js'

/** What runs on the thread of `TypesThread`. */
parentPort?.on('message', ({ plan, folders, port }: TypesQuestion) => {
  port.postMessage(answer({ plan, folders }))
})

function answer({ plan, folders }: Omit<TypesQuestion, 'port'>): TypesAnswer {
  try {
    return { files: writeTypes(plan, folders) }
  } catch (error) {
    return { error }
  }
}
