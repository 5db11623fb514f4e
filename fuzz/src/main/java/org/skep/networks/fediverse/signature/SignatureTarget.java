package org.skep.networks.fediverse.signature;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.skep.fuzz.Must;
import org.skep.fuzz.Target;
import org.skep.kernel.Bytes;
import org.skep.kernel.http.HttpValues;
import org.skep.wire.crypto.Ed25519;

/** The head of a signed request, a field to a line; a key in PEM besides. */
public final class SignatureTarget implements Target {
  private static final long NOW = 1_618_884_473_000L;
  private static final Bytes BODY = Bytes.ofUtf8("{\"hello\": \"world\"}");
  private static final VerifyingKey STRANGER =
      new VerifyingKey.Ed(Ed25519.publicKey(Bytes.wrap(new byte[Ed25519.SEED_BYTES])));

  @Override
  public String name() {
    return "request-signatures";
  }

  @Override
  public List<Bytes> seeds() {
    return List.of(
            "date: Tue, 20 Apr 2021 02:07:55 GMT\n"
                + "digest: SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=\n"
                + "signature: keyId=\"https://a.example/@a#main-key\",algorithm=\"rsa-sha256\","
                + "headers=\"(request-target) host date digest\",signature=\"AAAA\"",
            "digest: SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=\n"
                + "signature: keyId=\"k\",algorithm=\"hs2019\",created=1618884473,"
                + "expires=1618884573,headers=\"(request-target) host (created) (expires) digest\","
                + "signature=\"AAAA\"",
            "content-digest: sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:\n"
                + "signature-input: sig1=(\"@method\" \"@target-uri\" \"content-digest\""
                + " \"@query-param\";name=\"Pet\");created=1618884473;keyid=\"k\";alg=\"ed25519\"\n"
                + "signature: sig1=:AAAA:",
            """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
            -----END PUBLIC KEY-----
            """)
        .stream()
        .map(Bytes::ofUtf8)
        .toList();
  }

  @Override
  public void read(Bytes input) {
    String text = input.utf8();
    Optional<VerifyingKey> key = VerifyingKey.ofPem(text);
    Must.hold(
        key.filter(one -> one.verifies(BODY, BODY)).isEmpty(), "no key verifies what is none");
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (String line : text.split("\n", -1)) {
      String[] parts = line.split(":", 2);
      if (parts.length == 2) {
        fields
            .computeIfAbsent(parts[0].toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
            .add(parts[1]);
      }
    }
    RequestHead head =
        new RequestHead(
            "POST", URI.create("https://a.example/inbox?Pet=dog&a=b"), new HttpValues(fields));
    try {
      Claim claim = RequestSignatures.claim(head, BODY, NOW);
      Must.hold(!claim.keyId().isEmpty(), "it has a key");
      Must.hold(!claim.readings().isEmpty(), "and is over something");
      Must.hold(claim.untilMillis() >= NOW, "and not over yet");
      Must.hold(
          claim.untilMillis() <= NOW + 2 * Lifetime.SKEW_MILLIS + Lifetime.MAX_MILLIS,
          "and is not remembered for ever");
      Must.hold(!claim.isOf(STRANGER), "and not a stranger's");
    } catch (Refusal refused) {
      Must.hold(String.valueOf(refused.getMessage()).endsWith("."), "a refusal is a sentence");
    }
  }
}
