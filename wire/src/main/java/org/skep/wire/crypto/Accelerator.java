package org.skep.wire.crypto;

import org.skep.kernel.Bytes;

/**
 * Which library does the arithmetic: libsodium where this machine takes it, otherwise Bouncy
 * Castle, which runs everywhere and is a few times slower; with {@code SKEP_ACCELERATOR=off} in the
 * environment always the latter. Chosen when it is first needed, for as long as the process lives.
 */
public final class Accelerator {
  /** In the environment; {@code off} leaves it out. */
  public static final String VARIABLE = "SKEP_ACCELERATOR";

  private static final System.Logger LOG = System.getLogger(Accelerator.class.getName());

  // Of the record with which SmallOrderTest compares.
  private static final String KEY =
      "f18b2a36782ecaf52e49ffe97b3ab9974238ea10eb1023118bbb2bf97deb8d0c";
  private static final String SOUND =
      "cc44142865fb2f5d13200efe9d37119d0c99ea3f68b5f5cea81ac815f9b5dc96"
          + "fe10632bdc3eed033e91475375c8bc5ba815910c7ed0fb059fde9c8cb4b98d04";
  private static final String UP_TO_SMALL_ORDER =
      "fcf42aaeeaa1b8f27fd5ee479e237787b5604518bd1de1673b73abc1e11923ef"
          + "70cff0d090675ea94cea76ca9a2de82eaed813aaff3664cd3ae0788f95deb403";

  private static final Primitives CHOSEN = choose();

  private Accelerator() {}

  /** Name and version of the library, for people. */
  public static String name() {
    return CHOSEN.name();
  }

  /**
   * Whether it takes a sound signature, and not one whose equation holds only up to a part of small
   * order, as later versions of libsodium do: two programs that judge differently split a feed.
   */
  private static boolean judgesAlike(Primitives library) {
    return judges(library, SOUND) && !judges(library, UP_TO_SMALL_ORDER);
  }

  private static boolean judges(Primitives library, String signature) {
    return library.ed25519Verify(
        Bytes.ofHex(KEY).toArray(),
        Bytes.ofUtf8("one").toArray(),
        Bytes.ofHex(signature).toArray());
  }

  static Primitives chosen() {
    return CHOSEN;
  }

  private static Primitives choose() {
    Primitives everywhere = new BouncyCastle();
    if ("off".equalsIgnoreCase(System.getenv(VARIABLE))) {
      return everywhere;
    }
    try {
      Primitives faster = new Libsodium(everywhere);
      if (judgesAlike(faster)) {
        return faster;
      }
      LOG.log(System.Logger.Level.WARNING, "{0} judges otherwise and is not used", faster.name());
    } catch (RuntimeException | LinkageError e) {
      LOG.log(System.Logger.Level.DEBUG, "libsodium is not used", e);
    }
    return everywhere;
  }
}
