import { describe, expect, it } from 'vitest'
import { isMetadata, parseInstruction } from './instruction'

describe('parseInstruction', () => {
  it.each([
    ['/bin/sh -c #(nop)  CMD ["sh"]', 'CMD', '["sh"]'],
    [
      '/bin/sh -c #(nop)  CMD ["nginx" "-g" "daemon off;"]',
      'CMD',
      '["nginx", "-g", "daemon off;"]'
    ],
    ['/bin/sh -c #(nop) MAINTAINER A <a@b.c>', 'MAINTAINER', 'A <a@b.c>'],
    ['/bin/sh -c #(nop) ADD file:abc0123 in / ', 'ADD', '… /'],
    ['/bin/sh -c #(nop) COPY multi:abc0123 in /srv/a b ', 'COPY', '… /srv/a b'],
    ['/bin/bash -o pipefail -c #(nop)  USER app', 'USER', 'app'],
    ['cmd /S /C #(nop) WORKDIR C:\\app', 'WORKDIR', 'C:\\app'],
    ['/bin/sh -c apt-get update', 'RUN', 'apt-get update'],
    ['/bin/bash -o pipefail -c curl x | sh', 'RUN', 'curl x | sh'],
    ['|2 A=1 B=two words /bin/sh -c echo $A', 'RUN', 'echo $A'],
    ['RUN /bin/sh -c echo hi # buildkit', 'RUN', 'echo hi'],
    ['RUN |1 A=1 /bin/sh -c echo $A # buildkit', 'RUN', 'echo $A'],
    ['RUN /app/tool --flag # buildkit', 'RUN', '/app/tool --flag'],
    ['COPY a.txt b.txt /srv/ # buildkit', 'COPY', 'a.txt b.txt /srv/'],
    ['WORKDIR /srv', 'WORKDIR', '/srv'],
    ['ENV PATH=/usr/bin:/bin', 'ENV', 'PATH=/usr/bin:/bin'],
    ['ENV A=1 B=2', 'ENV', 'A=1 B=2'],
    ['LABEL a=one two b=3 c=', 'LABEL', 'a="one two" b=3 c='],
    ['/bin/sh -c #(nop)  ENV WORDS=two words', 'ENV', 'WORDS="two words"'],
    ['LABEL maintainer=A "B" $C', 'LABEL', 'maintainer="A \\"B\\" \\$C"'],
    ['EXPOSE map[443/tcp:{} 80/tcp:{}]', 'EXPOSE', '443/tcp 80/tcp'],
    ['EXPOSE [80/tcp]', 'EXPOSE', '80/tcp'],
    ['/bin/sh -c #(nop)  EXPOSE 80', 'EXPOSE', '80'],
    ['VOLUME [/data /more]', 'VOLUME', '["/data", "/more"]'],
    ['SHELL [/bin/bash -c]', 'SHELL', '["/bin/bash", "-c"]'],
    ['ENTRYPOINT ["/a" "say \\"hi\\""]', 'ENTRYPOINT', '["/a", "say \\"hi\\""]'],
    [
      `HEALTHCHECK &{["CMD-SHELL" "curl -f http://x || exit 1"] "30s" "3s" "0s" '\\x03'}`,
      'HEALTHCHECK',
      '--interval=30s --timeout=3s --retries=3 CMD curl -f http://x || exit 1'
    ],
    [
      `/bin/sh -c #(nop)  HEALTHCHECK &{["CMD" "/ok" "now"] "0s" "0s" "5s" "0s" '\\x00'}`,
      'HEALTHCHECK',
      '--start-period=5s CMD ["/ok", "now"]'
    ],
    [`HEALTHCHECK &{["NONE"] "0s" "0s" "0s" '\\x00'}`, 'HEALTHCHECK', 'NONE'],
    ['sleep 1000', '', 'sleep 1000'],
    ['bazel build //image', '', 'bazel build //image'],
    ['', '', '']
  ])('reads %s', (createdBy, keyword, text) => {
    expect(parseInstruction(createdBy)).toEqual({ keyword, text })
  })

  it('tells what makes no layer', () => {
    expect(isMetadata(parseInstruction('CMD ["sh"]'))).toBe(true)
    expect(isMetadata(parseInstruction('/bin/sh -c true'))).toBe(false)
    expect(isMetadata(parseInstruction('WORKDIR /x'))).toBe(false)
  })
})
