package org.skep.networks.scuttlebutt.message;

import java.util.List;
import org.skep.fuzz.Must;
import org.skep.fuzz.Target;
import org.skep.kernel.Bytes;

/** The file that holds an identity: only one that agrees with itself is taken. */
public final class SecretFileTarget implements Target {
  private static final Bytes SEED = Bytes.ofHex("07".repeat(32));

  @Override
  public String name() {
    return "secretfile";
  }

  @Override
  public List<Bytes> seeds() {
    SecretFile.SecretKeys keys = SecretFile.SecretKeys.ofSeed(SEED);
    Bytes key = keys.id().key().bytes();
    String json =
        "{\"curve\":\"ed25519\",\"public\":\"%s.ed25519\",\"private\":\"%s.ed25519\",\"id\":\"%s\"}"
            .formatted(key.base64(), Bytes.concat(SEED, key).base64(), keys.id());
    return List.of(
        Bytes.ofUtf8(json),
        Bytes.ofUtf8("# this is your SECRET name\n\n" + json.replace(",", ",\r\n  ") + "\n# end"),
        Bytes.ofUtf8("#"),
        Bytes.ofUtf8("{\"private\":\".ed25519\"}"));
  }

  @Override
  public void read(Bytes input) {
    switch (SecretFile.parse(input)) {
      case SecretFile.Refused(String reason) ->
          Must.hold(!reason.isEmpty() && !reason.contains("=."), "a refusal tells no secret");
      case SecretFile.Parsed(SecretFile.SecretKeys keys) ->
          Must.equal(keys, SecretFile.SecretKeys.ofSeed(keys.seed()), "the identity is its seed's");
    }
  }
}
