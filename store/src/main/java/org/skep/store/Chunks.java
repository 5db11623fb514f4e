package org.skep.store;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;

/** The checksums of a blob, made while its bytes go by: of the whole, and of each 64 KiB. */
final class Chunks {
  private final MessageDigest whole = sha256();
  private final MessageDigest chunk = sha256();
  private final ByteArrayOutputStream sums = new ByteArrayOutputStream();
  private int inChunk;

  void update(byte[] bytes, int length) {
    whole.update(bytes, 0, length);
    for (int at = 0; at < length; ) {
      int part = Math.min(length - at, Blobs.CHUNK_BYTES - inChunk);
      chunk.update(bytes, at, part);
      inChunk += part;
      at += part;
      if (inChunk == Blobs.CHUNK_BYTES) {
        endChunk();
      }
    }
  }

  private void endChunk() {
    sums.writeBytes(chunk.digest());
    inChunk = 0;
  }

  /** The name of what went by. */
  Hash hash() {
    return new Hash(Bytes.wrap(whole.digest()));
  }

  /** 32 bytes for each 64 KiB begun. */
  Bytes sums() {
    if (inChunk > 0) {
      endChunk();
    }
    return Bytes.wrap(sums.toByteArray());
  }

  /** The checksums of bytes that begin where a chunk begins. */
  static Bytes sums(byte[] bytes) {
    Chunks chunks = new Chunks();
    chunks.update(bytes, bytes.length);
    return chunks.sums();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
