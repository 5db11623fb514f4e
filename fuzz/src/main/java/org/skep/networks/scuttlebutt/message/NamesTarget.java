package org.skep.networks.scuttlebutt.message;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.skep.fuzz.Must;
import org.skep.fuzz.Target;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.MultiserverAddress;

/** Names of feeds, messages and blobs, and addresses of peers: one text for each. */
public final class NamesTarget implements Target {
  @Override
  public String name() {
    return "names";
  }

  @Override
  public List<Bytes> seeds() {
    String key = "A".repeat(43) + "=";
    return List.of(
            "@" + key + ".ed25519",
            "%" + key + ".sha256",
            "&" + key + ".sha256",
            "ssb:feed/ed25519/" + key,
            "ssb:message/classic/" + key.replace('A', '-'),
            "ssb://blob/classic/" + key.replace('A', '_'),
            "net:192.168.1.7:8008~shs:" + key,
            "net:[fe80::1%eth0]:8008~shs:" + key,
            "net:fe80!:!:1:8008~shs:" + key + ";ws://a.example:80~shs:" + key,
            "net:a.example:8008~shs:" + key + ":" + key,
            "a.example:8008:@" + key + ".ed25519~" + key)
        .stream()
        .map(Bytes::ofUtf8)
        .toList();
  }

  @Override
  public int lengthBytesMax() {
    return 512;
  }

  @Override
  public void read(Bytes input) {
    String text = input.utf8();
    check(text, FeedId::parse, FeedId::ofSigil);
    check(text, MessageId::parse, MessageId::ofSigil);
    check(text, BlobId::parse, BlobId::ofSigil);
    try {
      MultiserverAddress address = MultiserverAddress.parse(text);
      Must.equal(
          address, MultiserverAddress.parse(address.toString()), "an address is read as written");
    } catch (IllegalArgumentException refused) {
      Must.hold(String.valueOf(refused.getMessage()).endsWith("."), "a refusal is a sentence");
    }
  }

  private static <T> void check(
      String text, Function<String, Optional<T>> parse, Function<String, Optional<T>> ofSigil) {
    Optional<T> parsed = parse.apply(text);
    parsed.ifPresent(name -> Must.equal(parsed, ofSigil.apply(name.toString()), "read as written"));
    Optional<T> sigil = ofSigil.apply(text);
    sigil.ifPresent(name -> Must.equal(text, name.toString(), "a name has one text"));
  }
}
