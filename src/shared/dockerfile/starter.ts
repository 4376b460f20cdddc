import { kindOf, readPackage, type FolderFacts, type StarterKind } from './starter-facts'

/** A Dockerfile to begin with, and the ignore file that goes with it. */
export interface Starter {
  readonly kind: StarterKind
  readonly dockerfile: string
  readonly dockerignore: string
}

/** A user without rights and without a name: no base image needs to know it. */
const NOBODY = '10001'

/**
 * A Dockerfile to begin with for what a folder holds: what changes seldom is copied first, tools stay in a stage of their own, the
 * program runs without root's rights and gets its signals. Both builders take it.
 */
export function starterFor(facts: FolderFacts): Starter {
  const kind = kindOf(facts)
  return {
    kind,
    dockerfile: `${DOCKERFILES[kind](facts).join('\n')}\n`,
    dockerignore: ignoreOf(kind)
  }
}

const DOCKERFILES: Readonly<Record<StarterKind, (facts: FolderFacts) => readonly string[]>> = {
  node: (facts) => {
    const { scripts, nodeMajor = 22 } = readPackage(facts)
    const { copied, install, prune, run } = packageManager(facts)
    const hasBuild = scripts['build'] !== undefined
    return [
      '# The tools and what is built with them.',
      `FROM node:${nodeMajor}-slim AS build`,
      'WORKDIR /app',
      '# Alone, so that a change of the sources does not install everything anew.',
      `COPY ${copied} ./`,
      `RUN ${install}`,
      'COPY . .',
      ...(hasBuild ? [`RUN ${run} build`] : []),
      '# What only the build needed goes.',
      `RUN ${prune}`,
      '',
      '# What runs.',
      `FROM node:${nodeMajor}-slim`,
      'WORKDIR /app',
      'ENV NODE_ENV=production',
      'COPY --from=build /app ./',
      'USER node',
      'EXPOSE 3000',
      `CMD ${JSON.stringify(startOfNode(facts))}`
    ]
  },

  'node-site': (facts) => {
    const { nodeMajor = 22, dependencies } = readPackage(facts)
    const { copied, install, run } = packageManager(facts)
    const output = dependencies.includes('react-scripts') ? 'build' : 'dist'
    return [
      '# The tools that build the site.',
      `FROM node:${nodeMajor}-slim AS build`,
      'WORKDIR /app',
      '# Alone, so that a change of the sources does not install everything anew.',
      `COPY ${copied} ./`,
      `RUN ${install}`,
      'COPY . .',
      `RUN ${run} build`,
      '',
      '# A web server without root’s rights; it listens on 8080.',
      'FROM nginxinc/nginx-unprivileged:1.27-alpine',
      `COPY --from=build /app/${output} /usr/share/nginx/html`,
      'EXPOSE 8080'
    ]
  },

  python: (facts) => {
    const has = (name: string): boolean => facts.names.includes(name)
    const install = has('requirements.txt')
      ? ['COPY requirements.txt ./', 'RUN pip install --no-cache-dir -r requirements.txt']
      : ['COPY . .', 'RUN pip install --no-cache-dir .']
    return [
      '# What is installed, in a folder of its own.',
      'FROM python:3.13-slim AS build',
      'WORKDIR /app',
      'RUN python -m venv /venv',
      'ENV PATH=/venv/bin:$PATH',
      ...install,
      '',
      '# What runs.',
      'FROM python:3.13-slim',
      'WORKDIR /app',
      'ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1',
      'COPY --from=build /venv /venv',
      'COPY . .',
      `USER ${NOBODY}`,
      'EXPOSE 8000',
      `CMD ${JSON.stringify(startOfPython(has))}`
    ]
  },

  go: ({ names, texts, commands }) => {
    const version = /^go (\d+\.\d+)/m.exec(texts['go.mod'] ?? '')?.[1] ?? '1'
    const [command] = commands
    const place = !names.includes('main.go') && command !== undefined ? `./cmd/${command}` : '.'
    return [
      '# The compiler.',
      `FROM golang:${version} AS build`,
      'WORKDIR /src',
      '# Alone, so that a change of the sources does not download everything anew.',
      `COPY ${names.includes('go.sum') ? 'go.mod go.sum' : 'go.mod'} ./`,
      'RUN go mod download',
      'COPY . .',
      `RUN CGO_ENABLED=0 go build -trimpath -o /out/app ${place}`,
      '',
      '# One static program, certificates and time zones; no shell.',
      'FROM gcr.io/distroless/static-debian12:nonroot',
      'COPY --from=build /out/app /app',
      'USER nonroot',
      'ENTRYPOINT ["/app"]'
    ]
  },

  maven: () => [
    '# Maven and the compiler.',
    'FROM maven:3.9-eclipse-temurin-21 AS build',
    'WORKDIR /src',
    '# Alone, so that a change of the sources does not download everything anew.',
    'COPY pom.xml ./',
    'RUN mvn --batch-mode dependency:go-offline',
    'COPY src ./src',
    'RUN mvn --batch-mode package -DskipTests',
    '',
    '# What runs: no compiler.',
    'FROM eclipse-temurin:21-jre',
    'WORKDIR /app',
    'COPY --from=build /src/target/*.jar ./',
    `USER ${NOBODY}`,
    'EXPOSE 8080',
    // The jar's name is the project's; the shell finds it and makes way for the program, which so gets its signals.
    'CMD ["sh", "-c", "exec java -jar /app/*.jar"]'
  ],

  gradle: ({ names }) => {
    const gradle = names.includes('gradlew') ? './gradlew' : 'gradle'
    return [
      '# Gradle and the compiler.',
      'FROM gradle:8-jdk21 AS build',
      'WORKDIR /src',
      'COPY . .',
      `RUN ${gradle} --no-daemon assemble`,
      '',
      '# What runs: no compiler.',
      'FROM eclipse-temurin:21-jre',
      'WORKDIR /app',
      'COPY --from=build /src/build/libs/*.jar ./',
      `USER ${NOBODY}`,
      'EXPOSE 8080',
      'CMD ["sh", "-c", "exec java -jar /app/*.jar"]'
    ]
  },

  rust: ({ names, texts }) => {
    const name = /^name\s*=\s*"([\w-]+)"/m.exec(texts['Cargo.toml'] ?? '')?.[1] ?? 'app'
    const locked = names.includes('Cargo.lock') ? ' --locked' : ''
    return [
      '# The compiler.',
      'FROM rust:1-slim AS build',
      'WORKDIR /src',
      'COPY . .',
      `RUN cargo build --release${locked}`,
      '',
      '# What runs: no compiler.',
      'FROM debian:12-slim',
      `COPY --from=build /src/target/release/${name} /usr/local/bin/${name}`,
      `USER ${NOBODY}`,
      `CMD ${JSON.stringify([`/usr/local/bin/${name}`])}`
    ]
  },

  static: () => [
    '# A web server without root’s rights; it listens on 8080.',
    'FROM nginxinc/nginx-unprivileged:1.27-alpine',
    'COPY . /usr/share/nginx/html',
    'EXPOSE 8080'
  ],

  nothing: () => [
    '# The image to start from.',
    'FROM alpine:3.20',
    'WORKDIR /app',
    '# What changes seldom first: each line is kept as long as it and those above stay the same.',
    'COPY . .',
    `USER ${NOBODY}`,
    '# What a container does: a list of words, so that the program gets its signals.',
    'CMD ["ls", "-l"]'
  ]
}

interface PackageManager {
  readonly copied: string
  readonly install: string
  readonly prune: string
  readonly run: string
}

function packageManager({ names }: FolderFacts): PackageManager {
  if (names.includes('pnpm-lock.yaml')) {
    return {
      copied: 'package.json pnpm-lock.yaml',
      install: 'corepack enable && pnpm install --frozen-lockfile',
      prune: 'pnpm prune --prod',
      run: 'pnpm run'
    }
  }
  if (names.includes('yarn.lock')) {
    return {
      copied: 'package.json yarn.lock',
      install: 'yarn install --frozen-lockfile',
      prune: 'yarn install --frozen-lockfile --production --ignore-scripts --prefer-offline',
      run: 'yarn run'
    }
  }
  const hasLock = names.includes('package-lock.json')
  return {
    copied: hasLock ? 'package.json package-lock.json' : 'package.json',
    install: hasLock ? 'npm ci' : 'npm install',
    prune: 'npm prune --omit=dev',
    run: 'npm run'
  }
}

/** npm passes no signal on: where the start script is plainly Node, it is written out. */
function startOfNode(facts: FolderFacts): string[] {
  const { scripts, main } = readPackage(facts)
  const script = scripts['start']
  if (script !== undefined) {
    return /^node [\w./ =-]+$/.test(script) ? script.split(/ +/) : ['npm', 'start']
  }
  const found = ['server.js', 'index.js', 'app.js'].find((name) => facts.names.includes(name))
  return ['node', main ?? found ?? 'index.js']
}

function startOfPython(has: (name: string) => boolean): string[] {
  if (has('manage.py')) return ['python', 'manage.py', 'runserver', '0.0.0.0:8000']
  return ['python', ['main.py', 'app.py', 'server.py'].find(has) ?? 'main.py']
}

const IGNORED: Readonly<Partial<Record<StarterKind, readonly string[]>>> = {
  node: ['node_modules', 'npm-debug.log*', 'coverage'],
  'node-site': ['node_modules', 'npm-debug.log*', 'coverage', 'dist', 'build'],
  python: ['**/__pycache__', '**/*.pyc', '.venv', 'venv', '.pytest_cache', '.mypy_cache'],
  go: ['bin', '*.test'],
  maven: ['target'],
  gradle: ['.gradle', 'build'],
  rust: ['target']
}

function ignoreOf(kind: StarterKind): string {
  const own = IGNORED[kind] ?? []
  return [
    '# What is not sent to the engine.',
    '.git',
    '.gitignore',
    'Dockerfile*',
    '.dockerignore',
    '# Secrets and settings of this machine.',
    '.env',
    '.env.*',
    '*.pem',
    '*.key',
    '# Editors and systems.',
    '.idea',
    '.vscode',
    '.DS_Store',
    ...(own.length > 0 ? ['# What is made here and made again in the image.', ...own] : []),
    ''
  ].join('\n')
}
