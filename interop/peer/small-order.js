'use strict'
// Signatures and keys on which libraries differ, and what libsodium says of each. The always-on
// tests of Skep's room `wire` hold its answers as data.
//
//   node small-order.js > wire/src/test/resources/org/skep/wire/crypto/small-order.txt
//
// One line each: NAME KEY MESSAGE SIGNATURE true|false X25519KEY|none, in hexadecimal. Key and
// signature are made with a part of small order: A = aB + iT, R = rB + jT, where T has order 8.
// Whoever owns a key can make such a pair; no honest program does.

const crypto = require('crypto')
const { createRequire } = require('module')

const keys = createRequire(require.resolve('ssb-keys'))
const chloride = createRequire(keys.resolve('chloride'))
const sodium = chloride('sodium-native')

const P = 2n ** 255n - 19n
const L = 2n ** 252n + 27742317777372353535851937790883648493n

const mod = (n) => ((n % P) + P) % P

function power(base, exponent) {
  let result = 1n
  for (let b = mod(base), e = exponent; e > 0n; e >>= 1n, b = mod(b * b)) {
    if (e & 1n) result = mod(result * b)
  }
  return result
}

const inverse = (n) => power(n, P - 2n)
const D = mod(-121665n * inverse(121666n))

/** Points are [X, Y, Z] with x = X/Z and y = Y/Z: adding divides by nothing. */
const ZERO = [0n, 1n, 1n]

/** Twisted Edwards curves, a = -1: Bernstein and others, 2008 (eprint 2008/013), section 6. */
function add([x1, y1, z1], [x2, y2, z2]) {
  const z = mod(z1 * z2)
  const x = mod(x1 * x2)
  const y = mod(y1 * y2)
  const t = mod(D * x * y)
  const less = mod(z * z - t)
  const more = mod(z * z + t)
  return [mod(z * less * mod((x1 + y1) * (x2 + y2) - x - y)), mod(z * more * mod(y + x)), mod(less * more)]
}

function times(k, point) {
  let sum = ZERO
  for (let p = point, e = k; e > 0n; e >>= 1n, p = add(p, p)) {
    if (e & 1n) sum = add(sum, p)
  }
  return sum
}

/** The x of a point, even or odd; undefined where the curve has none. */
function xOf(y, odd) {
  const square = mod((y * y - 1n) * inverse(D * y * y + 1n))
  let x = power(square, (P + 3n) / 8n)
  if (mod(x * x) !== square) x = mod(x * power(2n, (P - 1n) / 4n))
  if (mod(x * x) !== square) return undefined
  return (x & 1n) === odd ? x : mod(-x)
}

function littleEndian(n, odd) {
  const bytes = Buffer.from(n.toString(16).padStart(64, '0'), 'hex').reverse()
  if (odd) bytes[31] |= 0x80
  return bytes
}

const number = (bytes) => BigInt('0x' + Buffer.from(bytes).reverse().toString('hex'))
const encoded = ([x, y, z]) => littleEndian(mod(y * inverse(z)), (mod(x * inverse(z)) & 1n) === 1n)
const hash = (...parts) => crypto.createHash('sha512').update(Buffer.concat(parts)).digest()

const B = [xOf(mod(4n * inverse(5n)), 0n), mod(4n * inverse(5n)), 1n]
const T_Y = number(Buffer.from('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', 'hex'))
const T = [xOf(T_Y, 0n), T_Y, 1n]
const a = number(hash(Buffer.from('a secret'))) % L
const r = number(hash(Buffer.from('a nonce'))) % L

function tell(name, key, message, signature) {
  const curve = Buffer.alloc(32)
  let converted = 'none'
  try {
    sodium.crypto_sign_ed25519_pk_to_curve25519(curve, key)
    converted = curve.toString('hex')
  } catch (error) {
    // It throws where the library says no.
  }
  const verdict = sodium.crypto_sign_verify_detached(signature, message, key)
  console.log([name, ...[key, message, signature].map((b) => b.toString('hex')), verdict, converted].join(' '))
}

/** Signs with A = keyScalar B + keyPart and R = nonceScalar B + noncePart. */
function sign(name, keyScalar, keyPart, nonceScalar, noncePart, text) {
  const key = encoded(add(times(keyScalar, B), keyPart))
  const point = encoded(add(times(nonceScalar, B), noncePart))
  const message = Buffer.from(text)
  const challenge = number(hash(point, key, message)) % L
  const s = (nonceScalar + challenge * keyScalar) % L
  tell(name, key, message, Buffer.concat([point, littleEndian(s)]))
}

for (let i = 0n; i < 8n; i++) {
  for (let j = 0n; j < 8n; j++) {
    // Whether the parts happen to cancel out depends on the message.
    for (const text of ['one', 'two', 'three', 'four']) {
      sign(`key+${i}T,point+${j}T`, a, times(i, T), r, times(j, T), text)
    }
  }
}
for (let i = 0n; i < 8n; i++) {
  sign(`point=${i}T`, a, ZERO, 0n, times(i, T), 'small point')
  sign(`key=${i}T`, 0n, times(i, T), r, ZERO, 'small key')
}
for (let y = 0n; y < 19n; y++) {
  for (const odd of [0n, 1n]) {
    if (xOf(y, odd) === undefined) continue
    const point = encoded(times(r, B))
    const signature = Buffer.concat([point, littleEndian(r)])
    tell(`key-y=p+${y}`, littleEndian(y + P, odd === 1n), Buffer.from('key'), signature)
    const key = encoded(times(a, B))
    const beyond = littleEndian(y + P, odd === 1n)
    const challenge = number(hash(beyond, key, Buffer.from('point'))) % L
    const forged = Buffer.concat([beyond, littleEndian((challenge * a) % L)])
    tell(`point-y=p+${y}`, key, Buffer.from('point'), forged)
  }
}
const honest = Buffer.concat([encoded(times(r, B)), Buffer.alloc(32)])
const key = encoded(times(a, B))
const s = (r + (number(hash(honest.subarray(0, 32), key, Buffer.from('S'))) % L) * a) % L
for (let more = 0n; s + more * L < 2n ** 256n; more++) {
  littleEndian(s + more * L).copy(honest, 32)
  tell(`S+${more}L`, key, Buffer.from('S'), honest)
}
