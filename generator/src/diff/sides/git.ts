import { execFile, spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

/** Runs `git` in a folder and answers with what it printed; undefined when it refused, or is not there. */
export function git(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string | undefined> {
  const options = { cwd: folder, maxBuffer: maxOutputBytes, env: { ...process.env, ...env } }
  return new Promise((resolve) => {
    execFile('git', args, options, (failure, stdout) => resolve(failure === null ? stdout : undefined))
  })
}

/** Enough for the list of the files of a very large repository. */
const maxOutputBytes = 256 * 1024 * 1024

/** The same, with something to read. Answers whether it worked. */
export async function gitWith(
  folder: string,
  args: readonly string[],
  { input, env }: { readonly input: string; readonly env: Readonly<Record<string, string>> },
): Promise<boolean> {
  const child = spawn('git', args, { cwd: folder, env: { ...process.env, ...env }, stdio: 'pipe' })
  const ended = new Promise<boolean>((resolve) => {
    child.on('error', () => resolve(false))
    child.on('close', (code) => resolve(code === 0))
  })
  child.stdin.on('error', () => child.kill())
  child.stdin.end(input)
  await Promise.allSettled([text(child.stdout), text(child.stderr)])
  return ended
}
