/** A `--publish` in the parts that people type. */
export interface PortParts {
  /** `8080`, `127.0.0.1:8080`, a range, or empty for a port that the engine draws. */
  readonly host: string
  readonly container: string
  readonly protocol: string
}

/** Splits what stands behind `--publish`, also half typed; {@link joinPort} gives it back. */
export function splitPort(text: string): PortParts {
  const slash = text.lastIndexOf('/')
  const rest = slash < 0 ? text : text.slice(0, slash)
  const colon = rest.lastIndexOf(':')
  return {
    host: colon < 0 ? '' : rest.slice(0, colon),
    container: colon < 0 ? rest : rest.slice(colon + 1),
    protocol: slash < 0 ? 'tcp' : text.slice(slash + 1)
  }
}

export function joinPort({ host, container, protocol }: PortParts): string {
  const ports = host === '' ? container : `${host}:${container}`
  return ports === '' || protocol === 'tcp' ? ports : `${ports}/${protocol}`
}

/** A `NAME=VALUE`; without a value where it has no `=`. */
export interface PairParts {
  readonly name: string
  readonly value?: string
}

export function splitPair(text: string): PairParts {
  const at = text.indexOf('=')
  return at < 0 ? { name: text } : { name: text.slice(0, at), value: text.slice(at + 1) }
}

export function joinPair({ name, value }: PairParts): string {
  return value === undefined ? name : `${name}=${value}`
}

/** A `--volume`, or a `--tmpfs` (which has no source). */
export interface VolumeParts {
  /** A volume's name, or a path of the engine's machine. */
  readonly source: string
  readonly target: string
  /** `ro`, `z`, ... with commas between. */
  readonly options: string
}

export function splitVolume(text: string): VolumeParts {
  const [first = '', second, ...others] = text.split(':')
  if (second === undefined) return { source: '', target: first, options: '' }
  return { source: first, target: second, options: others.join(':') }
}

export function joinVolume({ source, target, options }: VolumeParts): string {
  const behind = options === '' ? '' : `:${options}`
  return source === '' && behind === '' ? target : `${source}:${target}${behind}`
}

/** Whether the options say read-only, and the options with that changed. */
export function isReadOnly(options: string): boolean {
  return options.split(',').some((option) => option === 'ro' || option === 'readonly')
}

export function withReadOnly(options: string, value: boolean): string {
  const others = options.split(',').filter((option) => !/^(ro|rw|readonly)?$/.test(option))
  return (value ? [...others, 'ro'] : others).join(',')
}

/** A `--network` in the parts that people type. */
export interface NetworkParts {
  readonly name: string
  /** With commas between. */
  readonly aliases: string
  readonly ip: string
  /** Other options, as they are. */
  readonly others: readonly string[]
}

export function splitNetwork(text: string): NetworkParts {
  if (!text.includes('=')) return { name: text, aliases: '', ip: '', others: [] }
  const options = text.split(',')
  const values = (key: string): string[] =>
    options.flatMap((option) => (option.startsWith(`${key}=`) ? option.slice(key.length + 1) : []))
  return {
    name: values('name').at(-1) ?? '',
    aliases: values('alias').join(','),
    ip: values('ip').at(-1) ?? '',
    others: options.filter((option) => option !== '' && !/^(name|alias|ip)=/.test(option))
  }
}

export function joinNetwork({ name, aliases, ip, others }: NetworkParts): string {
  if (aliases === '' && ip === '' && others.length === 0) return name
  return [
    `name=${name}`,
    ...(aliases === '' ? [] : aliases.split(',').map((alias) => `alias=${alias.trim()}`)),
    ...(ip === '' ? [] : [`ip=${ip}`]),
    ...others
  ].join(',')
}
