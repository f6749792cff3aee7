import type { Middleware } from '@wirepact/runtime'
import { expect, test } from 'vitest'
import { createServer } from './api/generated/server.js'
import { labHandlers } from './lab.js'

const pass: Middleware = { upgrade: (_ctx, next) => next() }

test('the server that was generated knows the names of its routes in the scope of a middleware', () => {
  const server = createServer({ lab: labHandlers(), plain: { ping: () => 'pong' } })
  server.use(pass, { route: 'lab' }).use((ctx, next) => {
    ctx.state.seen = ctx.request.host
    return next()
  })
  // @ts-expect-error: there is no such route
  expect(() => server.use(pass, { route: 'labs' })).toThrow(TypeError)
  // @ts-expect-error: a scope is a route or a path
  expect(() => server.use(pass, { route: 'lab', path: '/elsewhere' })).not.toThrow()
  // @ts-expect-error: a message belongs to a route
  expect(() => server.use(pass, { path: '/lab', message: 'say' })).toThrow(TypeError)
  // @ts-expect-error: headers are text
  server.use((ctx, next) => next(ctx.setHeader('x-a', 1)))
})
