/** An image as the lists know it. Source: `GET /images/json`. */
export interface Image {
  readonly endpointId: string
  /** `sha256:…`. */
  readonly id: string
  /** All its `repository:tag` names; empty for a dangling image. */
  readonly tags: readonly string[]
  readonly digests: readonly string[]
  /** Bytes of all its layers, shared ones counted. */
  readonly sizeBytes: number
  readonly createdAtMs: number
  readonly labels: Readonly<Record<string, string>>
}

/** The twelve hex digits that docker shows for an id. */
export function shortId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 12)
}

/** What an image is called: its first tag, or its short id. */
export function imageName(image: Pick<Image, 'tags' | 'id'>): string {
  return image.tags[0] ?? shortId(image.id)
}

/** What happened to each part of an image that was removed. Source: `DELETE /images/{name}`. */
export interface ImageRemoval {
  readonly untagged: readonly string[]
  readonly deleted: readonly string[]
}
