package org.skep.engine;

import org.skep.kernel.Bytes;

/**
 * What can be told of a JPEG file before it is decoded (ITU-T T.81, annex B): every marker is a
 * byte 0xff and another that is not zero.
 *
 * @param scans how often a scan begins; also in thumbnails
 * @param whole whether an end follows the last scan
 */
record JpegMarkers(int scans, boolean whole) {
  private static final int MARKER = 0xff;
  private static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;

  static JpegMarkers of(Bytes file) {
    int scans = 0;
    boolean ended = false;
    for (int at = 0; at + 1 < file.length(); at++) {
      if ((file.get(at) & 0xff) == MARKER) {
        int marker = file.get(at + 1) & 0xff;
        if (marker == START_OF_SCAN) {
          scans++;
          ended = false;
        } else if (marker == END_OF_IMAGE) {
          ended = true;
        }
      }
    }
    return new JpegMarkers(scans, ended && scans > 0);
  }
}
