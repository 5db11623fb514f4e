package org.skep.engine;

import java.util.List;
import org.skep.fuzz.Must;
import org.skep.fuzz.Target;
import org.skep.kernel.Bytes;

/** Lines of what is private in an export: taken, or refused in words that tell no secret. */
public final class PrivateStateTarget implements Target {
  private static final String SECRET = "B".repeat(43) + "=";
  private static final String IN_ITS_PLACE = "\"(seal|seed|key)\":\"" + SECRET + "\"";

  @Override
  public String name() {
    return "privatestate";
  }

  @Override
  public List<Bytes> seeds() {
    return List.of(
            "{\"type\":\"account\",\"account\":1,\"name\":\"Ana\",\"seal\":\"%s\",\"created_ms\":1}",
            "{\"type\":\"key\",\"account\":1,\"purpose\":\"ssb\",\"seed\":\"%s\"}",
            "{\"type\":\"identity\",\"account\":1,\"network\":\"ssb\",\"id\":\"@%s.ed25519\"}",
            "{\"type\":\"setting\",\"account\":1,\"name\":\"hold_back.seconds\",\"value\":\"60\"}",
            "{\"type\":\"address\",\"account\":1,\"network\":\"ssb\",\"address\":\"net:::1:8008\"}",
            "{\"type\":\"pin\",\"account\":1,\"blob\":\""
                + "0".repeat(64)
                + "\",\"purpose\":\"p\"}",
            "{\"type\":\"content_key\",\"account\":1,\"network\":\"ssb\",\"id\":\"x\",\"key\":\"%s\"}")
        .stream()
        .map(line -> Bytes.ofUtf8(line.formatted(SECRET)))
        .toList();
  }

  @Override
  public int lengthBytesMax() {
    return 512;
  }

  @Override
  public void read(Bytes input) {
    // Whoever writes the same where no secret belongs has told it herself.
    boolean isSecret = !input.utf8().replaceAll(IN_ITS_PLACE, "").contains(SECRET);
    try {
      PrivateState.Line line = PrivateState.parse(input.utf8());
      Must.hold(!isSecret || !line.toString().contains(SECRET), "a secret is not printed");
    } catch (IllegalArgumentException refused) {
      String words = String.valueOf(refused.getMessage());
      Must.hold(!words.isEmpty(), "a refusal has a reason");
      Must.hold(!isSecret || !words.contains(SECRET), "a refusal tells no secret");
    }
  }
}
