import protobuf from 'protobufjs/light.js'

// The messages of moby/buildkit session/{secrets,sshforward}/*.proto, by field number; only what is read or written.
const ROOT = protobuf.Root.fromJSON({
  nested: {
    Id: { fields: { id: { type: 'string', id: 1 } } },
    Bytes: { fields: { data: { type: 'bytes', id: 1 } } }
  }
})
const ID = ROOT.lookupType('Id')
const BYTES = ROOT.lookupType('Bytes')

/** The `ID` of a GetSecretRequest or a CheckAgentRequest. Throws where the bytes are none. */
export function decodeId(bytes: Uint8Array): string {
  return (ID.toObject(ID.decode(bytes), { defaults: true }) as { readonly id: string }).id
}

/** The `data` of a BytesMessage. Throws where the bytes are none. */
export function decodeBytes(bytes: Uint8Array): Uint8Array {
  const plain = BYTES.toObject(BYTES.decode(bytes), { defaults: true })
  return (plain as { readonly data: Uint8Array }).data
}

/** A GetSecretResponse or a BytesMessage. */
export function encodeBytes(data: Uint8Array): Uint8Array {
  return BYTES.encode({ data }).finish()
}

const HEAD_BYTES = 5

/** A message as gRPC sends it: one byte that says “not compressed”, four of length, the message. */
export function frame(message: Uint8Array): Buffer {
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeUInt32BE(message.length, 1)
  return Buffer.concat([head, message])
}

/** Takes gRPC's messages from a stream's pieces, which are cut anywhere. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0)

  /** The messages that are whole with this piece. */
  push(piece: Uint8Array): Uint8Array[] {
    this.#rest = Buffer.concat([this.#rest, piece])
    const messages: Uint8Array[] = []
    while (this.#rest.length >= HEAD_BYTES) {
      const end = HEAD_BYTES + this.#rest.readUInt32BE(1)
      if (this.#rest.length < end) break
      messages.push(this.#rest.subarray(HEAD_BYTES, end))
      this.#rest = this.#rest.subarray(end)
    }
    return messages
  }
}
