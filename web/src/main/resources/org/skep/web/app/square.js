/** Makes of any picture file the small square that is sent: its middle, the right way up. */

import { decoded, fileOf, unreadable } from './shrink.js';

const SIDE_PIXELS_MAX = 512;

/**
 * @param {Blob} file
 * @returns {Promise<Blob>} a PNG
 * @throws {import('./api.js').ApiError} with words, when this browser can't read it
 */
export async function squareOf(file) {
  const bitmap = await decoded(file);
  const side = Math.min(bitmap.width, bitmap.height);
  const canvas = document.createElement('canvas');
  canvas.width = Math.min(side, SIDE_PIXELS_MAX);
  canvas.height = canvas.width;
  const context = canvas.getContext('2d');
  if (!context) throw unreadable();
  context.imageSmoothingQuality = 'high';
  const left = (bitmap.width - side) / 2;
  const top = (bitmap.height - side) / 2;
  context.drawImage(bitmap, left, top, side, side, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return fileOf(canvas, 'image/png');
}
