/** What differs between any two containers, and says nothing of how they were made. */
const NOISE = new Set(
  `Id Created Name Hostname Pid StartedAt FinishedAt Log SandboxID SandboxKey EndpointID NetworkID MacAddress IPAddress
  GlobalIPv6Address Gateway IPv6Gateway LogPath HostnamePath HostsPath ResolvConfPath GraphDriver DNSNames`.split(
    /\s+/
  )
)

/** Whether a key of an inspection is left out of a comparison unless it is asked for. */
export function isInspectNoise(key: string): boolean {
  return NOISE.has(key)
}
