/** A volume as the lists know it. Source: `GET /volumes`. */
export interface Volume {
  readonly endpointId: string
  /** A volume's name is its id. */
  readonly id: string
  readonly driver: string
  readonly mountpoint: string
  readonly createdAtMs?: number
  readonly labels: Readonly<Record<string, string>>
}
