/** Recognises what people paste: a friend's address, or a person's name in one of its forms. */

const KEY = /[A-Za-z0-9+/]{43}=/;

/**
 * @param {string} pasted
 * @returns {{address: string|null, person: string|null}} `address`: where a computer can be
 *     reached; `person`: whom to look up. Both where an address names its owner
 */
export function understand(pasted) {
  const words = pasted.trim().replace(/^["'<(]+|["'>)]+$/g, '');
  if (/~(?:shs|noauth)\b/i.test(words) || /^(?:net|ws|wss|onion|tunnel|unix):/i.test(words)) {
    const key = new RegExp(`~shs:(${KEY.source})`).exec(words)?.[1];
    return { address: words, person: key ? `@${key}.ed25519` : null };
  }
  if (words === '') return { address: null, person: null };
  if (new RegExp(`^${KEY.source}(?:\\.ed25519)?$`).test(words)) {
    return { address: null, person: `@${words.replace(/\.ed25519$/, '')}.ed25519` };
  }
  return { address: null, person: words };
}
