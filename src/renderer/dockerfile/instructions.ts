/** The instructions of a Dockerfile. Source: the Dockerfile reference. */
export const INSTRUCTIONS: readonly string[] = [
  'ADD',
  'ARG',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'FROM',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'ONBUILD',
  'RUN',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR'
]

/** The flags of each instruction, as far as it has any. */
export const FLAGS: Readonly<Record<string, readonly string[]>> = {
  ADD: ['--chown=', '--chmod=', '--checksum=', '--keep-git-dir=', '--link'],
  COPY: ['--from=', '--chown=', '--chmod=', '--link'],
  FROM: ['--platform='],
  HEALTHCHECK: ['--interval=', '--timeout=', '--start-period=', '--retries='],
  RUN: [
    '--mount=type=cache,target=',
    '--mount=type=secret,id=',
    '--mount=type=bind,target=',
    '--mount=type=ssh',
    '--network='
  ]
}
