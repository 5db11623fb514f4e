/** What the networks are called, and the small mark that says where a post lives. */

/** @import {Face} from './types.js' */

/** @type {Record<string, {name: string, icon: 'house'|'shell'|'world', words: string}>} */
const KNOWN = {
  home: { name: 'This computer', icon: 'house', words: 'Only on this computer so far' },
  ssb: { name: 'Scuttlebutt', icon: 'shell', words: 'On Scuttlebutt' },
};

/** @param {string} network @returns {string} */
export function networkName(network) {
  return KNOWN[network]?.name ?? network;
}

/**
 * @param {Face[]|undefined} faces
 * @returns {{icon: 'house'|'shell'|'world', words: string}[]} each place once; the own computer
 *     only where it is the only one
 */
export function placesOf(faces) {
  const networks = [...new Set((faces ?? []).map((face) => face.network))];
  const abroad = networks.filter((network) => network !== 'home');
  const shown = abroad.length > 0 ? abroad : networks;
  return shown.map((network) => KNOWN[network] ?? { icon: 'world', words: `On ${network}` });
}
