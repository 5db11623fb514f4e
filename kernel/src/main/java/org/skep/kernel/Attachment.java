package org.skep.kernel;

/**
 * A picture or another file that is shown with a post.
 *
 * @param blob its content, whether or not it is here
 * @param mediaType what its author says it is, for instance {@code image/jpeg}; may be empty
 * @param description what is to be seen, in words, for those who can't see it; may be empty
 * @param lengthBytes how long its author says it is; 0 when she doesn't
 */
public record Attachment(Hash blob, String mediaType, String description, long lengthBytes) {
  /** The most that one post shows. */
  public static final int PER_POST_MAX = 16;

  /** Longest media type, in UTF-8. */
  public static final int MEDIA_TYPE_BYTES_MAX = 128;

  /** Longest description, in UTF-8. */
  public static final int DESCRIPTION_BYTES_MAX = 6_000;
}
