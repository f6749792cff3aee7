import { param, request, route, Type } from '@wirepact/schema'

const where = { clientToServer: { where: request({ output: Type.Unknown() }) } }

/** One route for each kind of parameter, as a list of its own file. */
export const places = [
  route({ name: 'byInteger', path: '/integer/{n}', params: Type.Object({ n: param.integer() }), ...where }),
  route({ name: 'byNumber', path: '/number/{n}', params: Type.Object({ n: param.number() }), ...where }),
  route({ name: 'byUuid', path: '/uuid/{id}', params: Type.Object({ id: param.uuid() }), ...where }),
  route({ name: 'bySlug', path: '/slug/{slug}', params: Type.Object({ slug: param.slug() }), ...where }),
  route({
    name: 'byPattern',
    path: '/pattern/{code}',
    params: Type.Object({ code: param.pattern(/^v\d+$/u) }),
    ...where,
  }),
  route({
    name: 'byText',
    path: '/text/{a}/{b}',
    params: Type.Object({ a: param.string(), b: param.string() }),
    ...where,
  }),
  route({ name: 'byRest', path: '/files/{path*}', params: Type.Object({ path: param.rest() }), ...where }),
]
