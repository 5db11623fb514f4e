package org.skep.engine;

import java.util.Arrays;
import java.util.Optional;
import org.skep.kernel.Bytes;

/** The picture formats that are told by their first bytes, whatever anybody calls them. */
public enum PictureFormat {
  /** PNG, third edition, §5.2. */
  PNG("image/png", "89504e470d0a1a0a", 0),
  /** Start of image and the first byte of the next marker, ITU-T T.81, B.1.1.3. */
  JPEG("image/jpeg", "ffd8ff", 0),
  /** GIF87a and GIF89a. */
  GIF("image/gif", "47494638", 0),
  /** {@code WEBP} in a RIFF container, RFC 9649 §2.4. */
  WEBP("image/webp", "57454250", 8),
  /** {@code ftypavif}: the major brand of AVIF 1.1, §6.2. */
  AVIF("image/avif", "6674797061766966", 4);

  private final String mediaType;
  private final String markHex;
  private final int offset;

  PictureFormat(String mediaType, String markHex, int offset) {
    this.mediaType = mediaType;
    this.markHex = markHex;
    this.offset = offset;
  }

  /** Empty when the bytes begin like none of them. */
  public static Optional<PictureFormat> of(Bytes content) {
    return Arrays.stream(values()).filter(format -> format.begins(content)).findFirst();
  }

  private boolean begins(Bytes content) {
    int end = offset + markHex.length() / 2;
    return content.length() >= end && content.slice(offset, end).hex().equals(markHex);
  }

  /** As HTTP names it. */
  public String mediaType() {
    return mediaType;
  }
}
