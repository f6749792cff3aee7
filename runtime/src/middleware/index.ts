export {
  type AuthenticateOptions,
  authenticate,
  bearer,
  type CredentialSource,
  cookie,
  query,
  ticket,
} from './authenticate.js'
export { type LoggingOptions, logging } from './logging.js'
export { origin } from './origin.js'
export { type RateLimitOptions, rateLimit } from './rate-limit.js'
