package org.skep.wire.json;

/**
 * How much a text may ask of the parser.
 *
 * @param lengthCharsMax the longest text, in UTF-16 code units; at least 1
 * @param depthMax how many objects and arrays may stand inside each other, 0 to {@value
 *     #DEPTH_POSSIBLE}
 */
public record JsonLimits(int lengthCharsMax, int depthMax) {
  /** The parser recurses; this depth fits any thread's stack with room to spare. */
  public static final int DEPTH_POSSIBLE = 512;

  public JsonLimits {
    if (lengthCharsMax < 1) {
      throw new IllegalArgumentException("a text has at least one character");
    }
    if (depthMax < 0 || depthMax > DEPTH_POSSIBLE) {
      throw new IllegalArgumentException("a depth of " + depthMax + " is out of range");
    }
  }
}
