/**
 * Makes of any picture file one that is sent with a post: all of it, no larger than is shown, the
 * right way up. The server draws it anew once more; this spares the way, and lets every file in
 * that this browser can read.
 */

import { ApiError } from './api.js';

const SIDE_PIXELS_MAX = 2_048;
/** The server takes at most 8 MiB. */
const FILE_BYTES_MAX = 8 * 1024 * 1024;
const JPEG_QUALITY = 0.95;

/**
 * @param {Blob} file
 * @returns {Promise<Blob>} a JPEG, or a PNG where something is transparent
 * @throws {ApiError} with words, when this browser can't read it
 */
export async function shrunk(file) {
  const bitmap = await decoded(file);
  try {
    for (let side = SIDE_PIXELS_MAX; side >= 1; side = Math.floor(side * 0.75)) {
      const blob = await drawn(bitmap, side);
      if (blob.size <= FILE_BYTES_MAX) return blob;
    }
  } finally {
    bitmap.close();
  }
  throw unreadable();
}

/** Cameras say in the file which way is up; browsers follow it. @param {Blob} file */
export async function decoded(file) {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    throw unreadable();
  }
}

/** @param {ImageBitmap} bitmap @param {number} sideMax @returns {Promise<Blob>} */
async function drawn(bitmap, sideMax) {
  const scale = Math.min(1, sideMax / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d');
  if (!context) throw unreadable();
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return isTransparent(context)
    ? fileOf(canvas, 'image/png')
    : fileOf(canvas, 'image/jpeg', JPEG_QUALITY);
}

/** @param {CanvasRenderingContext2D} context */
function isTransparent(context) {
  const { data } = context.getImageData(0, 0, context.canvas.width, context.canvas.height);
  for (let at = 3; at < data.length; at += 4) {
    if (data[at] !== 255) return true;
  }
  return false;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {string} type
 * @param {number} [quality]
 * @returns {Promise<Blob>}
 */
export async function fileOf(canvas, type, quality) {
  const blob = await new Promise((/** @type {BlobCallback} */ resolve) => {
    canvas.toBlob(resolve, type, quality);
  });
  if (!blob) throw unreadable();
  return blob;
}

export function unreadable() {
  return new ApiError('refused', 'This file is no picture that this browser can read.');
}
