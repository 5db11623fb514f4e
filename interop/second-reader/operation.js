// Operations of the home log, read and written a second time. Written from p2panda-core's Rust source
// (0.7.0 at c38ad496: operation.rs, serde.rs, prune.rs, identity.rs; 0.7.1: operation/any.rs), not from
// Skep's Java, so that the two can judge each other. Narrower rules of Skep's dialect are marked "Skep:".
import { ed25519 } from '@noble/curves/ed25519.js'
import { blake3 } from '@noble/hashes/blake3.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { Tokenizer, Type, decode, encode, rfc8949EncodeOptions } from 'cborg'

const { Point } = ed25519
const [HEADER_BYTES_MAX, BODY_BYTES_MAX, U32_MAX] = [4096, 1024 * 1024, 0xffffffff]
const [EXTENSION_DEPTH_MAX, LENGTH_MAX, DEPENDENCIES_MAX] = [8, 512, 16]
const STRICT = {
  strict: true, allowIndefinite: false, allowUndefined: false, allowInfinity: false, allowNaN: false,
  allowBigInt: true, rejectDuplicateMapKeys: true, useMaps: true, retainStringBytes: true
}
const LABEL = /^[a-z0-9][a-z0-9:._-]{0,95}$/

export class Refused extends Error {}
const demand = (condition, reason) => { if (!condition) throw new Refused(reason) }
const same = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)) === 0
const isBytes = (value, length) => value instanceof Uint8Array && value.length === length
const isCount = (value, max) => Number.isInteger(value) && value >= 0 && value <= max

/** cborg loses a byte order mark at the beginning of a text, and forgives what is no UTF-8. */
class ExactTextTokenizer extends Tokenizer {
  static utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  next() {
    const token = super.next()
    if (token.type === Type.string) token.value = ExactTextTokenizer.utf8.decode(token.byteValue)
    return token
  }
}

/** One CBOR item in its only permitted form: decoded strictly, then compared with its re-encoding. */
export function decodeCanonical(bytes) {
  try {
    const value = decode(bytes, { ...STRICT, tokenizer: new ExactTextTokenizer(bytes, STRICT) })
    demand(same(encode(value, rfc8949EncodeOptions), bytes), 'not canonical')
    return value
  } catch (error) {
    throw new Refused(`not CBOR as it must be: ${error.message}`)
  }
}

/** Skep: integers, byte strings, text, booleans, null, arrays and maps with text keys; no floats, no tags. */
function demandPlain(value, depth) {
  demand(depth <= EXTENSION_DEPTH_MAX, 'extensions nested too deeply')
  const length = typeof value === 'string' ? Buffer.byteLength(value) : value?.length ?? value?.size ?? 0
  demand(length <= LENGTH_MAX, 'a text, byte string, array or map too long')
  demand(typeof value !== 'number' || Number.isInteger(value), 'a fraction among the extensions')
  if (Array.isArray(value)) value.forEach(item => demandPlain(item, depth + 1))
  if (!(value instanceof Map)) return
  for (const [key, item] of value) {
    demand(typeof key === 'string' && Buffer.byteLength(key) <= LENGTH_MAX, 'a map key is not a short text')
    demandPlain(item, depth + 1)
  }
}

/** Skep: the extensions it knows have one shape each; others are carried along. */
function demandExtensions(map) {
  demand(map instanceof Map && map.size > 0, 'extensions are not a filled map')
  demandPlain(map, 1)
  const isLabel = value => typeof value === 'string' && LABEL.test(value)
  const shapes = {
    l: isLabel,
    a: isLabel,
    t: value => isCount(value, Number.MAX_SAFE_INTEGER),
    p: value => value === true,
    d: value => Array.isArray(value) && value.length >= 1 && value.length <= DEPENDENCIES_MAX &&
      value.every((id, i) => isBytes(id, 32) && (i === 0 || Buffer.compare(value[i - 1], id) < 0))
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
  const next = name => (demand(fields.length > 0, `${name} missing`), fields.shift())
  const header = {}
  const bytesOf = (length, name) => {
    header[name] = next(name)
    demand(isBytes(header[name], length), `${name} is not ${length} bytes`)
  }
  const count = (max, name) => {
    header[name] = next(name)
    demand(isCount(header[name], max), `${name} is no number up to ${max}`)
  }
  count(0xffff, 'version')
  bytesOf(32, 'author')
  bytesOf(64, 'signature')
  count(BODY_BYTES_MAX, 'payloadSize')
  if (header.payloadSize > 0) bytesOf(32, 'payloadHash')
  count(U32_MAX, 'sequence')
  if (header.sequence > 0) bytesOf(32, 'backlink')
  if (fields.length > 0) demandExtensions(header.extensions = fields.shift())
  demand(fields.length === 0, 'more fields than a header has')
  return header
}

/** operation.rs, Header: the signature is made over the header without it. */
export function writeHeader(header) {
  const names = ['version', 'author', 'signature', 'payloadSize', 'payloadHash', 'sequence', 'backlink', 'extensions']
  return encode(names.map(name => header[name]).filter(field => field !== undefined), rfc8949EncodeOptions)
}

/**
 * identity.rs, verify: ed25519-dalek's verify_strict, without cofactor, no points of small order.
 * Skep: no points with a part of small order either, on which libraries differ.
 */
function isSigned(author, message, signature) {
  try {
    const [a, r] = [Point.fromBytes(author), Point.fromBytes(signature.subarray(0, 32))]
    const number = bytes => BigInt('0x' + Buffer.from(bytes).reverse().toString('hex'))
    const s = number(signature.subarray(32))
    if (s >= Point.Fn.ORDER || [a, r].some(p => p.isSmallOrder() || !p.isTorsionFree())) return false
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
    return demand(!previous || previous.header.sequence < header.sequence, 'sequence does not grow')
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
