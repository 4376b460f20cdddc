import { run } from './children.mjs'

/**
 * Runs npm. Under `npm start` it is the very npm that runs us: PATH may hold another one, or, on
 * Windows, a .cmd that Node does not start without a shell.
 * @param {readonly string[]} args
 * @param {{ cwd: string, show?: boolean }} options
 */
export function npm(args, options) {
  const script = process.env.npm_execpath
  return script?.endsWith('.js')
    ? run(process.execPath, [script, ...args], options)
    : run('npm', args, options)
}
