package org.skep.wire.age;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.skep.fuzz.Must;
import org.skep.fuzz.Target;
import org.skep.kernel.Bytes;

/**
 * Files sealed by a passphrase: what was not sealed with it is refused, what was comes out as it
 * went in, and never without its end.
 */
public final class SealedFileTarget implements Target {
  private static final String PASSPHRASE = "five words are quite good";

  /** The cheapest there is, because many are tried. */
  private static final int WORK_FACTOR = 1;

  private static final String DEARER = " 1[0-9]\n";

  @Override
  public String name() {
    return "sealed";
  }

  @Override
  public List<Bytes> seeds() {
    Bytes sealed = sealed(Bytes.ofUtf8("{\"type\":\"account\"}\n"));
    return List.of(
        sealed,
        sealed.slice(0, sealed.length() - 1),
        sealed(Bytes.EMPTY),
        Bytes.ofUtf8("age-encryption.org/v1\n-> X25519 AAAA\nAAAA\n--- AAAA\n"),
        Bytes.ofUtf8("age-encryption.org/v1\n-> scrypt " + "A".repeat(22) + " 18\n"));
  }

  @Override
  public void read(Bytes input) {
    String head = new String(input.toArray(), StandardCharsets.ISO_8859_1);
    if (head.lines().limit(2).noneMatch(line -> (line + "\n").matches("-> scrypt .*" + DEARER))) {
      opened(input);
    }
    Bytes sealed = sealed(input);
    Must.equal(Optional.of(input), opened(sealed), "what was sealed comes out as it went in");
    int cut = input.length() == 0 ? 0 : (input.get(0) & 0xff) % sealed.length();
    Must.equal(Optional.empty(), opened(sealed.slice(0, cut)), "without its end it is refused");
  }

  private static Bytes sealed(Bytes plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (AgeSeal seal =
        AgeSeal.begin(out, PASSPHRASE, target -> Arrays.fill(target, (byte) 5), WORK_FACTOR)) {
      seal.write(plain.toArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Bytes.wrap(out.toByteArray());
  }

  /** Empty when it was refused. */
  private static Optional<Bytes> opened(Bytes file) {
    try (AgeOpen open = AgeOpen.begin(new ByteArrayInputStream(file.toArray()), PASSPHRASE)) {
      return Optional.of(Bytes.wrap(open.readAllBytes()));
    } catch (AgeException refused) {
      Must.hold(!String.valueOf(refused.getMessage()).isEmpty(), "a refusal has a reason");
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
