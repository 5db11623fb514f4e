package org.skep.wire.crypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skep.kernel.PublicKey;
import org.skep.wire.unpacked.NativeLibrary;

/**
 * libsodium 1.0.18, of the native libraries that lazysodium brings, called by the JDK's foreign
 * functions. That version and no later one: from 1.0.19 on, libsodium takes signatures whose
 * equation holds only up to a part of small order, which programs of Scuttlebutt refuse.
 *
 * <p>A call is handed Java's arrays as they are and meanwhile holds up the collector of garbage; so
 * what is long goes to Bouncy Castle.
 */
@SuppressWarnings("restricted")
final class Libsodium implements Primitives {
  /** Of this much a call makes 0.1 ms or so. */
  private static final int LONG_BYTES = 1 << 16;

  private static final int VERSION_LETTERS_MAX = 32;
  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LIBRARY = library();

  // Constants, so that the compiler makes plain calls of them.
  private static final MethodHandle SEED_KEYPAIR =
      function("crypto_sign_seed_keypair", ADDRESS, ADDRESS, ADDRESS);
  private static final MethodHandle SIGN =
      function("crypto_sign_detached", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
  private static final MethodHandle VERIFY =
      function("crypto_sign_verify_detached", ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
  private static final MethodHandle SCALARMULT_BASE =
      function("crypto_scalarmult_base", ADDRESS, ADDRESS);
  private static final MethodHandle SCALARMULT =
      function("crypto_scalarmult", ADDRESS, ADDRESS, ADDRESS);
  private static final MethodHandle BOX_SEAL =
      function("crypto_secretbox_easy", ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
  private static final MethodHandle BOX_OPEN =
      function("crypto_secretbox_open_easy", ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);

  private final Primitives other;
  private final String name;

  /**
   * @param other does what is long
   * @throws LinkageError where this machine has or takes no such library
   * @throws IllegalStateException when it does not start
   */
  Libsodium(Primitives other) {
    this.other = other;
    this.name = "libsodium " + version();
    try {
      if ((int) function("sodium_init").invokeExact() < 0) {
        throw new IllegalStateException("libsodium does not start");
      }
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static SymbolLookup library() {
    return NativeLibrary.load(
        resource(System.getProperty("os.name"), System.getProperty("os.arch"))
            .orElseThrow(() -> new UnsatisfiedLinkError("none for this machine")));
  }

  /** Where the library for a system lies on the class path; empty where there is none. */
  static Optional<String> resource(String system, String processor) {
    String machine = system.toLowerCase(Locale.ROOT).split(" ", 2)[0] + " " + processor;
    return switch (machine) {
      case "linux amd64" -> Optional.of("/linux64/libsodium.so");
      case "linux aarch64" -> Optional.of("/arm64/libsodium.so");
      case "mac x86_64" -> Optional.of("/mac/intel/libsodium.dylib");
      case "mac aarch64" -> Optional.of("/mac/aarch64/libsodium.dylib");
      case "windows amd64" -> Optional.of("/windows64/libsodium.dll");
      default -> Optional.empty();
    };
  }

  private static MethodHandle function(String name, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LIBRARY.findOrThrow(name),
        FunctionDescriptor.of(JAVA_INT, arguments),
        Linker.Option.critical(true));
  }

  private static String version() {
    MethodHandle function =
        LINKER.downcallHandle(
            LIBRARY.findOrThrow("sodium_version_string"), FunctionDescriptor.of(ADDRESS));
    try {
      MemorySegment text = (MemorySegment) function.invokeExact();
      return text.reinterpret(VERSION_LETTERS_MAX).getString(0);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Calls of functions throw nothing of their own. */
  private static RuntimeException failed(Throwable why) {
    if (why instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("libsodium could not be called", why);
  }

  private static MemorySegment of(byte[] array) {
    return MemorySegment.ofArray(array);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public byte[] ed25519PublicKey(byte[] seed) {
    return Arrays.copyOfRange(secretKey(seed), seed.length, seed.length + PublicKey.LENGTH_BYTES);
  }

  /** As libsodium has it: the seed and the public key. */
  private static byte[] secretKey(byte[] seed) {
    byte[] key = new byte[PublicKey.LENGTH_BYTES];
    byte[] secret = new byte[Ed25519.SEED_BYTES + PublicKey.LENGTH_BYTES];
    try {
      succeeded((int) SEED_KEYPAIR.invokeExact(of(key), of(secret), of(seed)));
    } catch (Throwable e) {
      throw failed(e);
    }
    return secret;
  }

  private static void succeeded(int answer) {
    if (answer != 0) {
      throw new IllegalStateException("libsodium refused what it never refuses");
    }
  }

  @Override
  public byte[] ed25519Sign(byte[] seed, byte[] message) {
    if (message.length > LONG_BYTES) {
      return other.ed25519Sign(seed, message);
    }
    byte[] signature = new byte[Ed25519.SIGNATURE_BYTES];
    byte[] secret = secretKey(seed);
    try {
      succeeded(
          (int)
              SIGN.invokeExact(
                  of(signature),
                  MemorySegment.NULL,
                  of(message),
                  (long) message.length,
                  of(secret)));
    } catch (Throwable e) {
      throw failed(e);
    }
    return signature;
  }

  @Override
  public boolean ed25519Verify(byte[] key, byte[] message, byte[] signature) {
    if (message.length > LONG_BYTES) {
      return other.ed25519Verify(key, message, signature);
    }
    try {
      return (int) VERIFY.invokeExact(of(signature), of(message), (long) message.length, of(key))
          == 0;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  @Override
  public byte[] x25519PublicKey(byte[] secret) {
    byte[] key = new byte[X25519.KEY_BYTES];
    try {
      succeeded((int) SCALARMULT_BASE.invokeExact(of(key), of(secret)));
    } catch (Throwable e) {
      throw failed(e);
    }
    return key;
  }

  @Override
  public byte @Nullable [] x25519Agree(byte[] secret, byte[] theirs) {
    byte[] shared = new byte[X25519.KEY_BYTES];
    try {
      return (int) SCALARMULT.invokeExact(of(shared), of(secret), of(theirs)) == 0 ? shared : null;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  @Override
  public byte[] boxSeal(byte[] key, byte[] nonce, byte[] plain) {
    if (plain.length > LONG_BYTES) {
      return other.boxSeal(key, nonce, plain);
    }
    byte[] box = new byte[SecretBox.MAC_BYTES + plain.length];
    try {
      succeeded(
          (int) BOX_SEAL.invokeExact(of(box), of(plain), (long) plain.length, of(nonce), of(key)));
    } catch (Throwable e) {
      throw failed(e);
    }
    return box;
  }

  @Override
  public byte @Nullable [] boxOpen(byte[] key, byte[] nonce, byte[] box) {
    if (box.length > LONG_BYTES) {
      return other.boxOpen(key, nonce, box);
    }
    byte[] plain = new byte[box.length - SecretBox.MAC_BYTES];
    try {
      return (int) BOX_OPEN.invokeExact(of(plain), of(box), (long) box.length, of(nonce), of(key))
              == 0
          ? plain
          : null;
    } catch (Throwable e) {
      throw failed(e);
    }
  }
}
