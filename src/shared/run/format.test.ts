import { describe, expect, it } from 'vitest'
import { runCommand, runLines } from './format'
import { parseRunLine } from './parse'

const { spec } = parseRunLine(
  `docker run -dit --rm -p 80:80 -e 'A=b c' -e DB_PASSWORD=x -e EMPTY_TOKEN= -e KEY_FILE=/k busybox echo "it's"`
)

describe('a printed line', () => {
  it('is quoted for a shell', () => {
    expect(runCommand(spec)).toBe(
      String.raw`docker run -dit --rm --publish 80:80 --env 'A=b c' --env DB_PASSWORD=x --env EMPTY_TOKEN= --env KEY_FILE=/k busybox echo 'it'\''s'`
    )
  })

  it('hides the values of what is secret by its name', () => {
    expect(runCommand(spec, { maskSecrets: true })).toBe(
      String.raw`docker run -dit --rm --publish 80:80 --env 'A=b c' --env DB_PASSWORD --env EMPTY_TOKEN= --env KEY_FILE=/k busybox echo 'it'\''s'`
    )
  })

  it('has a line for each flag where it is long', () => {
    expect(runLines({ image: 'a', rm: true, name: 'x', command: ['ls', '-l'] })).toBe(
      'docker run \\\n  --rm \\\n  --name x \\\n  a ls -l'
    )
    expect(parseRunLine(runLines(spec)).spec).toEqual(spec)
  })
})
