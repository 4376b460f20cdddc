import type { Choice } from '../../ui/combobox'

const MTU: Choice = { value: 'com.docker.network.driver.mtu', detail: '1400' }

/** The options that the engine's own drivers know, each with a value as an example. Source: docker's documentation of the drivers. */
export const OPTION_CHOICES: Readonly<Record<string, readonly Choice[]>> = {
  bridge: [
    { value: 'com.docker.network.bridge.name', detail: 'br-web' },
    { value: 'com.docker.network.bridge.enable_icc', detail: 'false' },
    { value: 'com.docker.network.bridge.enable_ip_masquerade', detail: 'false' },
    { value: 'com.docker.network.bridge.host_binding_ipv4', detail: '127.0.0.1' },
    { value: 'com.docker.network.container_iface_prefix', detail: 'net' },
    MTU
  ],
  macvlan: [
    { value: 'parent', detail: 'eth0' },
    { value: 'macvlan_mode', detail: 'bridge' }
  ],
  ipvlan: [
    { value: 'parent', detail: 'eth0' },
    { value: 'ipvlan_mode', detail: 'l2' },
    { value: 'ipvlan_flag', detail: 'bridge' }
  ],
  overlay: [{ value: 'encrypted', detail: '' }, MTU]
}
