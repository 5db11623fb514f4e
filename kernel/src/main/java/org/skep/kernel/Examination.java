package org.skep.kernel;

import java.util.List;

/**
 * Looks at one thing that may be wrong with a node, whether it runs or not. Changes nothing, and is
 * over within seconds.
 */
public interface Examination {
  /** What was found. */
  sealed interface Finding {
    /** One plain sentence, or two. */
    String words();

    /**
     * Something is wrong.
     *
     * @param words what, and what to do about it
     */
    record Wrong(String words) implements Finding {}

    /** Nothing is wrong, but whoever asks should know. */
    record Remark(String words) implements Finding {}
  }

  /**
   * What is found; nothing where all is well.
   *
   * @throws StoreException when it can't be looked at, in words
   */
  List<Finding> look();
}
