// Operations of the home log, read and written a second time. Written from p2panda-core's Rust source
// (0.7.0 at c38ad496: operation.rs, serde.rs, prune.rs, identity.rs; 0.7.1: operation/any.rs), not from
// Skep's Java, so that the two can judge each other. Narrower rules of Skep's dialect are marked "Skep:".
import { ed25519 } from '@noble/curves/ed25519.js'
import { blake3 } from '@noble/hashes/blake3.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { decode, encode } from 'cborg'

const { Point } = ed25519
const HEADER_BYTES_MAX = 4096
const BODY_BYTES_MAX = 1024 * 1024
const EXTENSION_DEPTH_MAX = 8
const LENGTH_MAX = 512
const DEPENDENCIES_MAX = 16
const U32_MAX = 0xffffffff
const LABEL = /^[a-z0-9][a-z0-9:._-]{0,95}$/

export class Refused extends Error {}

function demand(condition, reason) {
  if (!condition) throw new Refused(reason)
}

const same = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)) === 0
const isBytes = (value, length) => value instanceof Uint8Array && value.length === length
const isCount = (value, max) => Number.isInteger(value) && value >= 0 && value <= max

/** One CBOR item in its only permitted form: decoded strictly, then compared with its re-encoding. */
function decodeCanonical(bytes) {
  let value
  try {
    value = decode(bytes, {
      strict: true, allowIndefinite: false, allowUndefined: false, allowInfinity: false,
      allowNaN: false, rejectDuplicateMapKeys: true, useMaps: true
    })
  } catch (error) {
    throw new Refused(`not CBOR as it must be: ${error.message}`)
  }
  demand(same(encode(value), bytes), 'not canonical CBOR')
  return value
}

/** Skep: integers, byte strings, text, booleans, null, arrays and maps with text keys; no floats, no tags. */
function demandPlain(value, depth) {
  demand(depth <= EXTENSION_DEPTH_MAX, 'extensions nested too deeply')
  const length = typeof value === 'string' ? Buffer.byteLength(value) : value?.length ?? value?.size ?? 0
  demand(length <= LENGTH_MAX, 'a text, byte string, array or map too long')
  if (Array.isArray(value)) {
    value.forEach(item => demandPlain(item, depth + 1))
  } else if (value instanceof Map) {
    for (const [key, item] of value) {
      demand(typeof key === 'string' && Buffer.byteLength(key) <= LENGTH_MAX, 'a map key is not a short text')
      demandPlain(item, depth + 1)
    }
  } else {
    demand(typeof value !== 'number' || Number.isInteger(value), 'a fraction among the extensions')
  }
}

/** Skep: the extensions it knows have one shape each; others are carried along. */
function demandExtensions(map) {
  demand(map instanceof Map && map.size > 0, 'extensions are not a filled map')
  demandPlain(map, 1)
  const ascending = list => list.every((id, i) => i === 0 || Buffer.compare(list[i - 1], id) < 0)
  const shapes = {
    l: value => typeof value === 'string' && LABEL.test(value),
    t: value => isCount(value, Number.MAX_SAFE_INTEGER),
    p: value => value === true,
    a: value => typeof value === 'string' && LABEL.test(value),
    d: value => Array.isArray(value) && value.length >= 1 && value.length <= DEPENDENCIES_MAX &&
      value.every(id => isBytes(id, 32)) && ascending(value)
  }
  for (const [key, value] of map) {
    demand(!Object.hasOwn(shapes, key) || shapes[key](value), `extension ${key} out of shape`)
  }
}

/** serde.rs, Header: an array whose optional fields are absent; sizes and numbers say which are there. */
export function readHeader(bytes) {
  demand(bytes.length <= HEADER_BYTES_MAX, 'header too long')
  const fields = decodeCanonical(bytes)
  demand(Array.isArray(fields), 'a header is an array')
  const next = reason => {
    demand(fields.length > 0, `${reason} missing`)
    return fields.shift()
  }
  const header = { version: next('version') }
  demand(isCount(header.version, 0xffff), 'version is not a 16-bit number')
  header.author = next('author')
  demand(isBytes(header.author, 32), 'author is not 32 bytes')
  header.signature = next('signature')
  demand(isBytes(header.signature, 64), 'signature is not 64 bytes')
  header.payloadSize = next('payload size')
  demand(isCount(header.payloadSize, U32_MAX), 'payload size is not a 32-bit number')
  demand(header.payloadSize <= BODY_BYTES_MAX, 'body too long')
  if (header.payloadSize > 0) {
    header.payloadHash = next('payload hash')
    demand(isBytes(header.payloadHash, 32), 'payload hash is not 32 bytes')
  }
  header.sequence = next('sequence number')
  demand(isCount(header.sequence, U32_MAX), 'sequence number is not a 32-bit number')
  if (header.sequence > 0) {
    header.backlink = next('backlink')
    demand(isBytes(header.backlink, 32), 'backlink is not 32 bytes')
  }
  if (fields.length > 0) {
    header.extensions = fields.shift()
    demandExtensions(header.extensions)
  }
  demand(fields.length === 0, 'more fields than a header has')
  return header
}

/** operation.rs, Header: the signature is made over the header without it. */
export function writeHeader({ version, author, signature, payloadSize, payloadHash, sequence, backlink, extensions }) {
  return encode([version, author, signature, payloadSize, payloadHash, sequence, backlink, extensions]
    .filter(field => field !== undefined))
}

/** identity.rs, verify: ed25519-dalek's verify_strict, without cofactor, no points of small order. */
function isSigned(author, message, signature) {
  try {
    const [a, r] = [Point.fromBytes(author), Point.fromBytes(signature.subarray(0, 32))]
    const number = bytes => BigInt('0x' + Buffer.from(bytes).reverse().toString('hex'))
    const s = number(signature.subarray(32))
    if (s >= Point.Fn.ORDER || a.isSmallOrder() || r.isSmallOrder()) return false
    const k = number(sha512(Buffer.concat([signature.subarray(0, 32), author, message]))) % Point.Fn.ORDER
    return Point.BASE.multiplyUnsafe(s).subtract(a.multiplyUnsafe(k)).equals(r)
  } catch {
    return false
  }
}

/** operation.rs, validate_operation. Returns the header and the operation's id. */
export function verify(headerBytes, body) {
  const header = readHeader(headerBytes)
  const unsigned = writeHeader({ ...header, signature: undefined })
  demand(isSigned(header.author, unsigned, header.signature), 'signature does not match')
  demand(header.version === 1, 'version is not 1')
  if (body !== undefined) {
    demand(body.length === header.payloadSize && header.payloadSize > 0, 'body and size differ')
    demand(same(blake3(body), header.payloadHash), 'body and hash differ')
  }
  return { header, id: blake3(headerBytes) }
}

/** prune.rs, validate_prunable_backlink, with Skep's log id and prune flag. `previous` may be undefined. */
export function follows(previousBytes, headerBytes) {
  const { header } = verify(headerBytes)
  const extension = (of, key) => of.extensions?.get(key)
  const previous = previousBytes && verify(previousBytes)
  if (previous !== undefined) {
    demand(same(previous.header.author, header.author), 'another author')
    demand(extension(previous.header, 'l') === extension(header, 'l'), 'another log')
  }
  if (header.sequence > 0 && extension(header, 'p') === true) {
    demand(!previous || previous.header.sequence < header.sequence, 'sequence does not grow')
    return
  }
  demand(previous !== undefined || header.sequence === 0, 'predecessor unknown')
  if (previous === undefined) return
  demand(previous.header.sequence + 1 === header.sequence, 'sequence is not one more')
  demand(same(previous.id, header.backlink), 'backlink is not the predecessor')
}

/** A signed operation; `extensions` is a Map or undefined, `body` bytes or undefined. */
export function write({ seed, sequence, backlink, extensions, body }) {
  const header = {
    version: 1, author: ed25519.getPublicKey(seed), payloadSize: body?.length ?? 0,
    payloadHash: body && blake3(body), sequence, backlink, extensions
  }
  header.signature = ed25519.sign(writeHeader(header), seed)
  return writeHeader(header)
}
