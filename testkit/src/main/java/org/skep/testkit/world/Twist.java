package org.skep.testkit.world;

import org.skep.kernel.Blobs;
import org.skep.kernel.Store;
import org.skep.kernel.Tasks;

/** What is put between a node and its doors, to see whether a world notices. */
public interface Twist {
  /** Nothing. */
  Twist NONE = new Twist() {};

  default Store store(Store real) {
    return real;
  }

  default Blobs blobs(Blobs real) {
    return real;
  }

  default Tasks tasks(Tasks real) {
    return real;
  }
}
