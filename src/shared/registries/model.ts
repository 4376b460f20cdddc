/** The log-ins that docker has on this machine. */
export interface RegistryLogins {
  /** Docker Hub first, the others by name. */
  readonly logins: readonly RegistryLogin[]
  /** The credential helper that keeps a new one; absent where docker's file does, which is not encrypted. */
  readonly helper?: string
}

/** Who is logged in at a registry. Its secret stays where docker keeps it. */
export interface RegistryLogin {
  /** `docker.io` for Docker Hub. */
  readonly domain: string
  /** Empty where only a token is kept. */
  readonly username: string
  /** The credential helper that keeps it; absent where docker's file does. */
  readonly helper?: string
}

/** A page of a registry's repositories, in the registry's order. */
export interface RepositoryPage {
  /** Paths without the registry. */
  readonly names: readonly string[]
  /** What the next page comes after; absent on the last. */
  readonly next?: string
}

/** The tags of a repository, in the registry's order. */
export interface TagList {
  readonly tags: readonly string[]
  /** There are more than were listed. */
  readonly isCut: boolean
}

/** What a tag in a registry stands for. */
export interface ManifestFacts {
  /** `sha256:…`. */
  readonly digest: string
  /** Bytes as they travel, compressed; absent for one of several platforms. */
  readonly sizeBytes?: number
  readonly layerCount?: number
  readonly createdAtMs?: number
  /** `os/arch[/variant]` of each. */
  readonly platforms: readonly string[]
}

/** The tags that stand for the same as another. */
export interface TagSharers {
  readonly digest: string
  /** Without the one that was asked for. */
  readonly tags: readonly string[]
  /** Not all tags of the repository could be looked at. */
  readonly isCut: boolean
}

/** An image that Docker Hub was searched for. Source: `GET /images/search`. */
export interface HubHit {
  /** `nginx`, `user/name`. */
  readonly name: string
  readonly description: string
  readonly stars: number
  readonly isOfficial: boolean
}
