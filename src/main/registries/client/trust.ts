import { lookup } from 'node:dns/promises'
import { readdir, readFile } from 'node:fs/promises'
import { BlockList, isIP } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'
import type { Engine } from '../../engine/engine'
import type { Trust } from './transport'

/** Where an engine of this machine has the certificates of registries. */
const CERTIFICATES = '/etc/docker/certs.d'

const info = z.object({
  RegistryConfig: z
    .object({
      InsecureRegistryCIDRs: z.array(z.string()).nullish(),
      IndexConfigs: z.record(z.string(), z.object({ Secure: z.boolean().optional() })).nullish()
    })
    .nullish()
})

/**
 * What the engine takes from a registry, so that we take no less and no more: its `insecure-registries`, and the authorities that this
 * machine's folder of certificates has for it. Source: `GET /info`, RegistryConfig; docker's `certs.d`.
 */
export async function trustIn(
  engine: Engine,
  domain: string,
  certificates = CERTIFICATES
): Promise<Trust> {
  const answer: unknown = await engine.do({ operation: 'registries.trust' }, (docker) =>
    docker.info()
  )
  const config = info.safeParse(answer).data?.RegistryConfig
  const index = config?.IndexConfigs?.[domain]
  return {
    insecure:
      index?.Secure === undefined
        ? await isWithin(domain, config?.InsecureRegistryCIDRs ?? [])
        : !index.Secure,
    authorities: await authoritiesOf(join(certificates, domain))
  }
}

async function isWithin(domain: string, ranges: readonly string[]): Promise<boolean> {
  const host = new URL(`http://${domain}`).hostname.replace(/^\[|\]$/g, '')
  const list = new BlockList()
  list.addSubnet('127.0.0.0', 8, 'ipv4')
  list.addAddress('::1', 'ipv6')
  for (const range of ranges) {
    const [address = '', bits] = range.split('/')
    const family = isIP(address)
    if (family !== 0) list.addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6')
  }
  const addresses = isIP(host)
    ? [host]
    : (await lookup(host, { all: true }).catch(() => [])).map(({ address }) => address)
  return addresses.some((address) => list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6'))
}

async function authoritiesOf(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  const texts = names
    .filter((name) => name.endsWith('.crt'))
    .map((name) => readFile(join(folder, name), 'utf8').catch(() => ''))
  return (await Promise.all(texts)).filter(Boolean)
}
